//! Pieces of sentences and ids.

pub(super) use crate::units::{decimal, slug, thousands};
