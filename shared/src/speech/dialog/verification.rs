//! What is said while a caller is verified.

use jiff::civil::Date;

/// The sentences of verification in one language. What the bots ask by themselves (each slot's own prompt) stands in their
/// definition; these are said where something goes before the question.
///
/// Nothing in them tells what is on a chart: a date is read back as the caller gave it, before anybody is asked about it.
#[derive(Debug)]
pub struct VerificationDialog {
    /// Asks for the phone number on the chart.
    pub phone_number: &'static str,
    /// Asks for the birth date.
    pub birth_date: &'static str,
    /// Asks for the gender.
    pub gender: &'static str,
    /// Asks for the first name.
    pub first_name: &'static str,
    /// Asks for the last name.
    pub last_name: &'static str,
    /// Asks for the ZIP code.
    pub postal_code: &'static str,
    /// Asks for the last four digits of the record number.
    pub record_number: &'static str,
    /// Asks for the first name, letter by letter.
    pub spell_first_name: &'static str,
    /// Asks for the last name, letter by letter.
    pub spell_last_name: &'static str,
    /// What was said is no answer; the question follows.
    pub not_heard: &'static str,
    /// The birth date as understood: year, month and day, from 1.
    pub birth_date_heard: fn(Date) -> String,
    /// After [`Self::birth_date_heard`], before the next question: how to say that it is wrong.
    pub say_no: &'static str,
    /// As [`Self::say_no`], for a caller who keys.
    pub key_again: &'static str,
    /// After [`Self::birth_date_heard`], where no question follows.
    pub is_that_right: &'static str,
    /// The answer must be yes or no.
    pub yes_or_no: &'static str,
    /// The birth date was not right; its question follows.
    pub birth_date_again: &'static str,
    /// Told with every refusal, where the site lets callers say their number.
    pub other_number: &'static str,
}
