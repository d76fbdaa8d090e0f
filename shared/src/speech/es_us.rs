//! Every sentence a patient can hear, in Spanish.

mod dialog;
mod listening;

pub use self::dialog::DIALOG;
