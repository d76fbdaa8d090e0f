//! `careline keys`.
mod cache_control;
mod in_words;
pub mod rotation;
pub mod served;
