//! Fetching from a server that behaves well, and from one that misbehaves in every way.

#![allow(clippy::unwrap_used, clippy::panic)] // a test that cannot go on fails, which is what a test is for

mod feeds;
mod files;
mod layers;
mod misbehaviour;
mod renewal;
mod server;
