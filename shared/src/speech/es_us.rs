//! Every sentence a patient can hear, in Spanish.

mod dialog;

pub use self::dialog::DIALOG;
