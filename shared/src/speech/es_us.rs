//! Every sentence a patient can hear, in Spanish.

mod appointments;
mod dialog;

pub use self::dialog::DIALOG;
