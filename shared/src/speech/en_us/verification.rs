//! Verification in English.

use super::super::dialog::verification::VerificationDialog;
use super::English;
use crate::speech::language::{Language as _, When};

/// The sentences.
pub(super) const VERIFICATION: VerificationDialog = VerificationDialog {
    phone_number: "What is the phone number on your chart? Say or key in all ten digits.",
    birth_date: "What is your date of birth? Say the month, the day and the year.",
    gender: "What gender is on your chart? Say female, male, nonbinary, X, or other. Or press 1 for female, 2 for male, \
             3 for other.",
    first_name: "What is your first name?",
    last_name: "What is your last name?",
    postal_code: "What is the ZIP code of your home? Say or key in five digits.",
    record_number: "What are the last four digits of your medical record number? Say them or key them in.",
    spell_first_name: "Please spell your first name, one letter at a time.",
    spell_last_name: "Please spell your last name, one letter at a time.",
    not_heard: "I didn't get that.",
    birth_date_heard: |date| format!("I heard {}.", English.date(When::Day(date))),
    say_no: "If that's not right, say, no.",
    key_again: "If that's not right, key it in again.",
    is_that_right: "Is that right? Say yes or no, or press 1 for yes, 2 for no.",
    yes_or_no: "Please say yes or no, or press 1 for yes, 2 for no.",
    birth_date_again: "All right, let's do that again.",
    other_number: "If your chart has another phone number than the one you're calling from, say, another number.",
};
