//! Verification in English.

use super::super::dialog::verification::{Question, VerificationDialog};
use super::English;
use crate::speech::language::{Language as _, When};

/// The sentences.
pub(super) const VERIFICATION: VerificationDialog = VerificationDialog {
    phone_number: Question {
        asks: "What phone number is on your chart?",
        on_the_phone: "Say or key in all ten digits.",
        in_writing: "Type all ten digits.",
    },
    birth_date: Question {
        asks: "What is your date of birth?",
        on_the_phone: "Say the month, the day and the year, or key in two digits for the month, two for the day and four \
                       for the year, then press pound.",
        in_writing: "Type the month, the day and the year, such as January 5, 1950.",
    },
    birth_date_impossible: Question {
        asks: "I didn't get a date of birth from that.",
        on_the_phone: "Please say the month, the day and the year, such as January fifth, nineteen fifty. Or key in two \
                       digits for the month, two for the day and four for the year, then press pound.",
        in_writing: "Please type the month, the day and the year, such as January 5, 1950.",
    },
    birth_date_without_year: Question {
        asks: "I need the year, too.",
        on_the_phone: "Please say the month, the day and the year you were born in.",
        in_writing: "Please type the month, the day and the year you were born in.",
    },
    gender: Question {
        asks: "What gender is on your chart?",
        on_the_phone: "Say female, male, nonbinary, X, or other. Or press 1 for female, 2 for male, 3 for other.",
        in_writing: "Type female, male, nonbinary, X, or other.",
    },
    first_name: Question { asks: "What is your first name, as it is on your chart?", on_the_phone: "", in_writing: "" },
    last_name: Question { asks: "What is your last name, as it is on your chart?", on_the_phone: "", in_writing: "" },
    postal_code: Question {
        asks: "What is the zip code of your home?",
        on_the_phone: "Say or key in its five digits.",
        in_writing: "Type its five digits.",
    },
    record_number: Question {
        asks: "What are the last four digits of your medical record number?",
        on_the_phone: "Say them or key them in.",
        in_writing: "Type just those four.",
    },
    spell_first_name: Question {
        asks: "",
        on_the_phone: "Please spell your first name, one letter at a time.",
        in_writing: "Please type your first name, as it is on your chart.",
    },
    spell_last_name: Question {
        asks: "",
        on_the_phone: "Please spell your last name, one letter at a time.",
        in_writing: "Please type your last name, as it is on your chart.",
    },
    not_heard: "I didn't get that.",
    birth_date_heard: |date| format!("I heard {}.", English.date(When::Day(date))),
    say_no: Question {
        asks: "",
        on_the_phone: "If that's not right, say, no.",
        in_writing: "If that's not right, type no.",
    },
    press_four: "If that's not right, press 4.",
    is_that_right: Question {
        asks: "Is that right?",
        on_the_phone: "Say yes or no, or press 1 for yes, 2 for no.",
        in_writing: "Type yes or no.",
    },
    birth_date_again: "All right, let's do that again.",
    other_number: "If your chart has another phone number than the one you're calling from, say, another number.",
};
