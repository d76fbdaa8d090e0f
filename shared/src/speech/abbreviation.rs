//! Abbreviations of instructions, in English: expanded where they have one meaning, refused where they have several.
//!
//! After ISMP's list of error-prone abbreviations, which covers spoken communication, too. What is not here is read as
//! it is written.

pub(super) mod acronym;
pub(super) mod ambiguous;

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
            "yr" | "yrs" => ("year", "years"),
            "u" => ("unit", "units"),
            "%" => ("percent", "percent"),
            // Elsewhere a bottle has a cap, and a lid a tab to pull.
            "tab" | "tabs" => ("tablet", "tablets"),
            "cap" | "caps" => ("capsule", "capsules"),
            "supp" | "supps" => ("suppository", "suppositories"),
            "pkt" | "pkts" => ("packet", "packets"),
            "lb" | "lbs" => ("pound", "pounds"),
            // Written out: they are here so that `mg/day` and `10,000units` are understood.
            "unit" | "units" => ("unit", "units"),
            "milligram" | "milligrams" => ("milligram", "milligrams"),
            "microgram" | "micrograms" => ("microgram", "micrograms"),
            "gram" | "grams" => ("gram", "grams"),
            "milliliter" | "milliliters" => ("milliliter", "milliliters"),
            "day" | "days" => ("day", "days"),
            "hour" | "hours" => ("hour", "hours"),
            "minute" | "minutes" => ("minute", "minutes"),
            // One of them may be an ordinal: "a second dose".
            "seconds" => ("second", "seconds"),
            "week" | "weeks" => ("week", "weeks"),
            "month" | "months" => ("month", "months"),
            "year" | "years" => ("year", "years"),
            "dose" | "doses" => ("dose", "doses"),
            "spray" | "sprays" => ("spray", "sprays"),
            "puff" | "puffs" => ("puff", "puffs"),
            "drop" | "drops" => ("drop", "drops"),
            "tablet" | "tablets" => ("tablet", "tablets"),
            "capsule" | "capsules" => ("capsule", "capsules"),
            "actuation" | "actuations" => ("actuation", "actuations"),
            "inhalation" | "inhalations" => ("inhalation", "inhalations"),
            "application" | "applications" => ("application", "applications"),
            "patch" | "patches" => ("patch", "patches"),
            "packet" | "packets" => ("packet", "packets"),
            "blister" | "blisters" => ("blister", "blisters"),
            "scoop" | "scoops" => ("scoop", "scoops"),
            "suppository" | "suppositories" => ("suppository", "suppositories"),
            "teaspoon" | "teaspoons" => ("teaspoon", "teaspoons"),
            "tablespoon" | "tablespoons" => ("tablespoon", "tablespoons"),
            "time" | "times" => ("time", "times"),
            "liter" | "liters" => ("liter", "liters"),
            "kilogram" | "kilograms" => ("kilogram", "kilograms"),
            "ounce" | "ounces" => ("ounce", "ounces"),
            _ => return None,
        })
    })
}

/// A unit that, run on after a number, can be taken for a digit or another unit (10U for 100).
pub(super) fn is_unsafe_run_on(unit: &str) -> bool {
    matches!(unit.to_lowercase().as_str(), "u" | "iu")
}

/// What an abbreviation of instructions means, if it has one meaning; where it depends on its neighbours,
/// [`ambiguous::is_ambiguous`] is to be asked first. Periods within it are gone already.
pub(super) fn meaning(word: &str) -> Option<&'static str> {
    // In small letters they are other words, or a Roman four.
    match word {
        "IV" => return Some("intravenous"),
        "BP" => return Some("blood pressure"),
        "SBP" => return Some("systolic blood pressure"),
        "DBP" => return Some("diastolic blood pressure"),
        "BG" => return Some("blood glucose"),
        // Elsewhere they are a bowel's sounds, and refused.
        "BS" => return Some("blood sugar"),
        "FBS" => return Some("fasting blood sugar"),
        "FBG" => return Some("fasting blood glucose"),
        "FSBS" | "FSBG" => return Some("finger stick blood sugar"),
        "HTN" => return Some("high blood pressure"),
        "HLD" => return Some("hyperlipidemia"),
        "CHF" => return Some("congestive heart failure"),
        "UTI" => return Some("urinary tract infection"),
        "BM" => return Some("bowel movement"),
        "HD" => return Some("dialysis"),
        "CP" => return Some("chest pain"),
        "MR" => return Some("may repeat"),
        "OTC" => return Some("over the counter"),
        _ => {}
    }
    Some(match word.to_lowercase().as_str() {
        "im" => "intramuscular",
        "po" => "by mouth",
        "npo" => "nothing by mouth",
        "qd" => "daily",
        "qod" => "every other day",
        "bid" => "two times a day",
        "tid" => "three times a day",
        "qid" => "four times a day",
        "qhs" => "at bedtime",
        "qam" => "every morning",
        "qpm" => "every evening",
        "mwf" => "Monday, Wednesday and Friday",
        "prn" => "as needed",
        "ac" => "before meals",
        "pc" => "after meals",
        "achs" | "qachs" => "before meals and at bedtime",
        "atc" => "around the clock",
        "sl" => "under the tongue",
        "sc" | "sq" | "subq" | "sub-q" | "subcut" => "under the skin",
        "nte" => "not to exceed",
        "mdd" => "maximum daily dose",
        "sob" => "shortness of breath",
        "n/v" => "nausea or vomiting",
        // Elsewhere they are other things, and refused.
        "ha" => "headache",
        "btp" => "breakthrough pain",
        "etoh" => "alcohol",
        "div" => "divided",
        "wkly" => "weekly",
        "apap" => "acetaminophen",
        "oj" => "orange juice",
        "ea" => "each",
        "uad" => "use as directed",
        "tud" => "take as directed",
        "stat" => "right away",
        "appt" => "appointment",
        "neb" => "nebulizer",
        "nebs" => "nebulizer treatments",
        "dx" => "diagnosis",
        "rx" => "prescription",
        "w/" => "with",
        "w/o" => "without",
        _ => return None,
    })
}

/// `TIDAC`, `poqd`: abbreviations run together, each in its words. `Some(None)`: one of them has several meanings.
pub(super) fn run_together(word: &str) -> Option<Option<String>> {
    const PARTS: [&str; 14] =
        ["po", "bid", "tid", "qid", "qod", "qd", "qhs", "qam", "qpm", "prn", "ac", "pc", "hs", "od"];
    let lower = word.to_lowercase();
    let mut rest = lower.as_str();
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let part = PARTS.iter().find(|part| rest.starts_with(**part))?;
        parts.push(meaning(part));
        rest = rest.get(part.len()..)?;
    }
    (parts.len() > 1).then(|| parts.into_iter().collect::<Option<Vec<_>>>().map(|words| words.join(" ")))
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
        None if count.is_empty() => Some(format!("every {one}")),
        None if count == "1" => Some(format!("every 1 {one}")),
        None => is_count(count).then(|| format!("every {count} {several}")),
        Some((low, high)) => (is_count(low) && is_count(high)).then(|| format!("every {low} to {high} {several}")),
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
            ("q1d", Some("every 1 day")),
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
    fn what_runs_together_is_taken_apart_only_where_each_part_has_one_meaning() {
        for (word, meaning) in [
            ("TIDAC", Some(Some("three times a day before meals"))),
            ("bidprn", Some(Some("two times a day as needed"))),
            ("poqd", Some(Some("by mouth daily"))),
            ("TIDHS", Some(None)),
            ("bid", None),
            ("acid", None),
        ] {
            assert_eq!(run_together(word), meaning.map(|meaning| meaning.map(str::to_owned)), "{word}");
        }
    }
}
