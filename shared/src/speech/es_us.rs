//! Every sentence a patient can hear, in Spanish.

mod appointments;
mod dialog;
mod listening;
mod verification;

pub use self::dialog::DIALOG;
