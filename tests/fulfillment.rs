//! fulfillment against AWS and Epic on loopback sockets, as the bots' code hook calls it.

mod appointments;
mod attempts;
mod budget;
pub mod caller;
mod calling_number;
mod chance;
mod dialog_budget;
mod dialogue;
mod fuzz;
mod giving_up;
mod lex_events;
mod listening;
mod medications;
mod messages;
mod names;
mod one_contact;
mod phone_formats;
mod policies;
mod reread;
mod scripts;
mod ssml;
mod verification;
mod verification_dialog;
mod whole_calls;
