//! Documents: one tree, written as a page, as PDF and for a word processor.

mod docx;
mod html;
pub(in crate::outputs) mod markdown;
pub(in crate::outputs) mod marks;
mod pdf;
pub mod tree;
pub(in crate::outputs) mod widths;

pub use docx::docx;
pub(in crate::outputs) use html::fragment;
pub use html::html;
pub use pdf::{PageEnd, page_ends, pdf};
