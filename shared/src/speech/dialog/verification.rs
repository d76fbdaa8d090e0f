//! What is said while a caller is verified.

use jiff::civil::Date;

/// A question, and how it is answered: in other ways on the phone than in a chat.
///
/// Each stands here once a language. fulfillment asks it, with whatever goes before it; Lex asks it in the same words
/// (the slot's prompt in `template.yaml`, which a test compares) where it asks by itself, as after silence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// What is asked.
    pub asks: &'static str,
    /// What can be said or keyed. Empty where the question tells.
    pub on_the_phone: &'static str,
    /// What can be written. Empty where the question tells.
    pub in_writing: &'static str,
}

/// How a caller answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnsweredBy {
    /// By voice, or by keys.
    Phone,
    /// In writing, in a chat.
    Writing,
}

impl Question {
    /// How it is answered.
    pub fn hint(&self, by: AnsweredBy) -> &'static str {
        match by {
            AnsweredBy::Phone => self.on_the_phone,
            AnsweredBy::Writing => self.in_writing,
        }
    }

    /// The question, and how it is answered.
    pub fn text(&self, by: AnsweredBy) -> String {
        format!("{} {}", self.asks, self.hint(by)).trim().to_owned()
    }
}

/// The sentences of verification in one language.
///
/// Nothing in them tells what is on a chart: a date is read back as the caller gave it, before anybody is asked about it.
#[derive(Debug)]
pub struct VerificationDialog {
    /// Asks for the phone number on the chart.
    pub phone_number: Question,
    /// Asks for the birth date.
    pub birth_date: Question,
    /// What was said is no birth date: asks again.
    pub birth_date_impossible: Question,
    /// The year of the birth date was not said: asks again.
    pub birth_date_without_year: Question,
    /// Asks for the gender.
    pub gender: Question,
    /// Asks for the first name.
    pub first_name: Question,
    /// Asks for the last name.
    pub last_name: Question,
    /// Asks for the ZIP code.
    pub postal_code: Question,
    /// Asks for the last four digits of the record number.
    pub record_number: Question,
    /// Asks for the first name, letter by letter.
    pub spell_first_name: Question,
    /// Asks for the last name, letter by letter.
    pub spell_last_name: Question,
    /// What was said is no answer; the question follows.
    pub not_heard: &'static str,
    /// The birth date as understood: year, month and day, from 1.
    pub birth_date_heard: fn(Date) -> String,
    /// After [`Self::birth_date_heard`], before the next question: how to say that it is wrong.
    pub say_no: Question,
    /// As [`Self::say_no`], for a caller who keys: which key.
    pub press_four: &'static str,
    /// After [`Self::birth_date_heard`], where no question follows.
    pub is_that_right: Question,
    /// The birth date was not right; its question follows.
    pub birth_date_again: &'static str,
    /// Told with every refusal, where the site lets callers say their number.
    pub other_number: &'static str,
}
