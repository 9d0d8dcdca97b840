//! Documents: one tree, written as a page, as PDF and for a word processor.

pub mod docx;
pub mod tree;
