//! fulfillment against AWS and Epic on loopback sockets, as the bots' code hook calls it.

mod appointments;
mod asides;
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
mod lies;
mod listening;
mod medications;
mod messages;
mod names;
mod no_person;
mod one_contact;
mod other_language;
mod phone_formats;
mod policies;
mod scripts;
mod ssml;
mod verification;
mod verification_dialog;
mod whole_calls;
