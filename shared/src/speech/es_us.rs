//! Every sentence a patient can hear, in Spanish.

mod dialog;
mod verification;

pub use self::dialog::DIALOG;
