//! `careline doctor`: each fault that can be staged ends in one cause, and in no other.

mod calls;
mod clinic;
mod deployed;
mod documents;
mod keys;
mod letting_in;
mod own_things;
mod patients;
