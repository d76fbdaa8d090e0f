//! Every sentence a patient can hear, in Spanish.

mod appointments;
mod dialog;
mod listening;

pub use self::dialog::DIALOG;
