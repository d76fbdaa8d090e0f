//! Abbreviations of instructions, in English: expanded where they have one meaning, refused where they have several.
//!
//! After ISMP's list of error-prone abbreviations, which covers spoken communication, too. What is not here is read as
//! it is written.

/// A unit: its words for one and for several.
pub(super) type Unit = (&'static str, &'static str);

/// A unit that is one wherever it stands.
pub(super) fn unit(word: &str) -> Option<Unit> {
    Some(match word.to_lowercase().as_str() {
        "mg" | "mgs" => ("milligram", "milligrams"),
        "mcg" | "mcgs" | "µg" | "μg" | "ug" => ("microgram", "micrograms"),
        "ml" | "mls" => ("milliliter", "milliliters"),
        "meq" => ("milliequivalent", "milliequivalents"),
        "mmol" => ("millimole", "millimoles"),
        "kg" => ("kilogram", "kilograms"),
        "unt" => ("unit", "units"),
        "gtt" | "gtts" => ("drop", "drops"),
        "tab" | "tabs" => ("tablet", "tablets"),
        "cap" | "caps" => ("capsule", "capsules"),
        "tsp" => ("teaspoon", "teaspoons"),
        "tbsp" => ("tablespoon", "tablespoons"),
        "oz" => ("ounce", "ounces"),
        "actuat" => ("actuation", "actuations"),
        _ => return None,
    })
}

/// A unit only where a number stands before it, or another unit beside it.
pub(super) fn unit_after_number(word: &str) -> Option<Unit> {
    unit(word).or_else(|| {
        Some(match word.to_lowercase().as_str() {
            "g" | "gm" | "gms" => ("gram", "grams"),
            "l" => ("liter", "liters"),
            "cc" => ("milliliter", "milliliters"),
            "mm" => ("millimeter", "millimeters"),
            "cm" => ("centimeter", "centimeters"),
            "m2" | "m²" => ("square meter", "square meters"),
            "iu" => ("international unit", "international units"),
            "h" | "hr" | "hrs" => ("hour", "hours"),
            "min" | "mins" => ("minute", "minutes"),
            "sec" | "secs" => ("second", "seconds"),
            "d" => ("day", "days"),
            "wk" | "wks" => ("week", "weeks"),
            "mo" | "mos" => ("month", "months"),
            "u" => ("unit", "units"),
            "%" => ("percent", "percent"),
            "supp" => ("suppository", "suppositories"),
            // Written out: they are here so that `mg/day` and `10,000units` are understood.
            "unit" | "units" => ("unit", "units"),
            "milligram" | "milligrams" => ("milligram", "milligrams"),
            "microgram" | "micrograms" => ("microgram", "micrograms"),
            "gram" | "grams" => ("gram", "grams"),
            "milliliter" | "milliliters" => ("milliliter", "milliliters"),
            "day" | "days" => ("day", "days"),
            "hour" | "hours" => ("hour", "hours"),
            "minute" | "minutes" => ("minute", "minutes"),
            "week" | "weeks" => ("week", "weeks"),
            "month" | "months" => ("month", "months"),
            "dose" | "doses" => ("dose", "doses"),
            "spray" | "sprays" => ("spray", "sprays"),
            "puff" | "puffs" => ("puff", "puffs"),
            "drop" | "drops" => ("drop", "drops"),
            "tablet" | "tablets" => ("tablet", "tablets"),
            "capsule" | "capsules" => ("capsule", "capsules"),
            _ => return None,
        })
    })
}

/// A unit that, run on after a number, can be taken for a digit or another unit (10U for 100).
pub(super) fn is_unsafe_run_on(unit: &str) -> bool {
    matches!(unit.to_lowercase().as_str(), "u" | "iu")
}

/// What an abbreviation of instructions means, if it has one meaning. Periods within it are gone already.
pub(super) fn meaning(word: &str) -> Option<&'static str> {
    if matches!(word, "IV" | "IM") {
        return Some(if word == "IV" { "intravenous" } else { "intramuscular" });
    }
    Some(match word.to_lowercase().as_str() {
        "po" => "by mouth",
        "qd" => "daily",
        "qod" => "every other day",
        "bid" => "two times a day",
        "tid" => "three times a day",
        "qid" => "four times a day",
        "qhs" => "at bedtime",
        "qam" => "every morning",
        "qpm" => "every evening",
        "prn" => "as needed",
        "ac" => "before meals",
        "pc" => "after meals",
        "sl" => "under the tongue",
        "sc" | "sq" | "subq" | "subcut" => "under the skin",
        "nte" => "not to exceed",
        "mdd" => "maximum daily dose",
        "sob" => "shortness of breath",
        "eg" => "for example",
        "ie" => "that is",
        "w/" => "with",
        "w/o" => "without",
        _ => return None,
    })
}

/// `q4h`, `q4-6h`, `q12hr`, `qwk`: every so many hours, days, weeks.
pub(super) fn every(word: &str) -> Option<String> {
    let rest = word.to_lowercase();
    let rest = rest.strip_prefix('q')?;
    let letters = rest.find(|c: char| c.is_ascii_alphabetic())?;
    let (count, unit) = rest.split_at(letters);
    let (one, several) = match unit {
        "h" | "hr" | "hrs" | "hour" | "hours" => ("hour", "hours"),
        "d" | "day" | "days" if !count.is_empty() || unit == "day" => ("day", "days"),
        "wk" | "wks" | "week" | "weeks" | "w" if !count.is_empty() || unit != "w" => ("week", "weeks"),
        "mo" | "month" | "months" => ("month", "months"),
        "min" => ("minute", "minutes"),
        _ => return None,
    };
    let is_count = |text: &str| {
        (1..=2).contains(&text.len()) && !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit())
    };
    match count.split_once('-') {
        None if count.is_empty() || count == "1" => Some(format!("every {one}")),
        None => is_count(count).then(|| format!("every {count} {several}")),
        Some((low, high)) => (is_count(low) && is_count(high)).then(|| format!("every {low} to {high} {several}")),
    }
}

/// Whether a word of an instruction could be one of several things, or is known to be misread. `all_capitals`: the whole
/// text is in capitals, so that `AS` may be the word; `next` is the word after it.
pub(super) fn is_ambiguous(word: &str, all_capitals: bool, next: Option<&str>) -> bool {
    let lower = word.to_lowercase();
    match lower.as_str() {
        // Eyes or once daily or overdose; ears; half-strength or bedtime; discharge or discontinue; sliding scale or one
        // half; bedtime or two times; injection or the vein; two or three times a week; morphine or magnesium.
        "od" | "os" | "ou" | "au" | "hs" | "d/c" | "dc" | "dc'd" | "d/c'd" | "ss" | "ssi" | "ssri" | "bt" | "ij"
        | "tiw" | "biw" | "mso4" | "mgso4" | "qn" | "u" | "iu" => true,
        // Unit dose or as directed; grain or gram; tea- or tablespoon; affected area or of each; 4 or intravenous.
        "ud" | "gr" | "t" | "tb" | "tbs" | "aa" | "aaa" | "iv" => true,
        // Medical Latin's with, without, after, and the letters.
        "c" | "s" | "p" => word == lower,
        // Roman numbers, or the word and the letter.
        "i" | "ii" | "iii" | "v" => next.is_some_and(|next| unit_after_number(next).is_some()),
        // "Ad lib" is understood; alone it's the right ear.
        "ad" => !next.is_some_and(|next| next.to_lowercase().starts_with("lib")),
        // The left ear, or the word: capitals among small letters, or nothing that "as" could lead to.
        "as" => {
            (word == "AS" && !all_capitals)
                || next.is_none_or(|next| {
                    let next = next.to_lowercase();
                    next.chars().next().is_some_and(|c| c.is_ascii_digit())
                        || meaning(&next).is_some_and(|meaning| meaning != "as needed")
                        || every(&next).is_some()
                        || matches!(next.as_str(), "daily" | "every" | "once" | "twice" | "nightly")
                })
        }
        // Anything else that begins like "every": QD and QOD are taken for each other when they are written carelessly.
        _ => {
            lower.starts_with('q')
                && !lower.starts_with("qu")
                && lower.chars().filter(|c| c.is_ascii_alphanumeric()).count() <= 5
                && !matches!(lower.as_str(), "qty" | "qvar")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_so_often() {
        for (word, meaning) in [
            ("q4h", Some("every 4 hours")),
            ("Q4-6H", Some("every 4 to 6 hours")),
            ("q12hr", Some("every 12 hours")),
            ("q1d", Some("every day")),
            ("qwk", Some("every week")),
            ("qd", None),
            ("q0d", None),
            ("q6pm", None),
            ("q", None),
            ("q100h", None),
        ] {
            assert_eq!(every(word).as_deref(), meaning, "{word}");
        }
    }

    #[test]
    fn what_has_two_meanings_is_ambiguous_and_plain_words_are_not() {
        for word in ["OD", "os", "HS", "D/C", "ss", "AU", "tiw", "q0d", "QDS", "qoh", "U", "T", "gr", "UD", "c"] {
            assert!(is_ambiguous(word, false, Some("x")), "{word}");
        }
        for word in ["daily", "quick", "us", "or", "ease", "add"] {
            assert!(!is_ambiguous(word, false, Some("x")), "{word}");
        }
        assert!(is_ambiguous("ii", false, Some("tabs")) && !is_ambiguous("I", false, Some("feel")));
        assert!(!is_ambiguous("as", false, Some("needed")));
        assert!(!is_ambiguous("AS", true, Some("NEEDED")));
        assert!(is_ambiguous("AS", false, Some("needed")));
        assert!(is_ambiguous("AS", true, Some("BID")));
        assert!(is_ambiguous("as", false, None));
        assert!(!is_ambiguous("ad", false, Some("lib")));
    }
}
