//! Digits as people say or key them: "seven five oh four three", "seventy-five oh forty-three", "siete cinco cero cuatro
//! tres".

use super::folded::words;
use crate::number_words::{is_zero, spanish_tens, spanish_unit, tens, unit};

/// The digits of `text`, in order; what is no number is passed over.
pub(crate) fn digits(text: &str) -> String {
    let mut digits = String::new();
    // Whether the last digit is the zero of a bare ten, which a unit completes: at once in English, after "y" in Spanish.
    let mut open = Open::No;
    for word in words(text) {
        let before = std::mem::replace(&mut open, Open::No);
        if word.bytes().all(|byte| byte.is_ascii_digit()) {
            digits.push_str(&word);
        } else if is_zero(&word) {
            digits.push('0');
        } else if word == "y" && before == Open::Spanish {
            open = Open::English;
        } else if let Some(tens) = tens(&word) {
            digits.push_str(&tens.to_string());
            open = Open::English;
        } else if let Some(tens) = spanish_tens(&word) {
            digits.push_str(&tens.to_string());
            open = Open::Spanish;
        } else if let Some(number) = unit(&word).or_else(|| spanish_unit(&word)) {
            if before == Open::English && number < 10 {
                digits.pop();
            }
            digits.push_str(&number.to_string());
        }
    }
    digits
}

#[derive(PartialEq, Eq)]
enum Open {
    No,
    English,
    Spanish,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zip_code_is_heard_however_it_is_said() {
        for said in [
            "75043",
            "7 5 0 4 3",
            "seven five oh four three",
            "seven five zero four three",
            "Seventy-five oh forty-three",
            "it's 750 43",
            "siete cinco cero cuatro tres",
            "setenta y cinco cero cuarenta y tres",
            "75-0-43#",
        ] {
            assert_eq!(digits(said), "75043", "{said}");
        }
    }

    #[test]
    fn a_ten_is_completed_by_what_belongs_to_it_only() {
        assert_eq!(digits("twenty ten"), "2010");
        assert_eq!(digits("forty oh three"), "4003");
        assert_eq!(digits("treinta dos"), "302");
        assert_eq!(digits("veinte y dos"), "22");
        assert_eq!(digits("dieciséis veintidós"), "1622");
        assert_eq!(digits("I have no idea"), "");
    }
}
