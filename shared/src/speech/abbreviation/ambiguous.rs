//! Abbreviations that are refused: they have several meanings, or one that is known to be misread.
//!
//! ISMP's list, and what belongs to its classes. Where the words beside one tell what it means, those are asked.

use super::{every, meaning, run_together, unit_after_number};
use crate::speech::number;

/// What stands around a word.
#[derive(Clone, Copy, Default)]
pub(in crate::speech) struct Context<'a> {
    /// The word before it.
    pub(in crate::speech) previous: Option<&'a str>,
    /// The word after it.
    pub(in crate::speech) next: Option<&'a str>,
    /// The whole text is in capitals, so that `AS` may be the word.
    pub(in crate::speech) all_capitals: bool,
}

/// Words that a letter or a Roman number belongs to: "vitamin D", "stage IV".
const NUMBERED: [&str; 17] = [
    "vitamin",
    "vitamins",
    "vit",
    "hepatitis",
    "influenza",
    "type",
    "class",
    "stage",
    "phase",
    "grade",
    "group",
    "step",
    "part",
    "plan",
    "factor",
    "schedule",
    "bottle",
];

/// Words that say how often or how a dose is taken, so that what follows may say when.
const OF_DOSING: [&str; 12] =
    ["daily", "nightly", "once", "twice", "time", "times", "mouth", "morning", "evening", "skin", "tongue", "inject"];

/// Whether a letter or a Roman number belongs to the word before it, and is nothing of a dose.
pub(in crate::speech) fn is_numbering(word: &str, previous: Option<&str>) -> bool {
    let belongs = previous.is_some_and(|previous| NUMBERED.contains(&previous.to_lowercase().as_str()));
    belongs && (word.chars().count() == 1 || word == "IV" || is_roman(word))
}

/// Whether a word of an instruction could be one of several things, or is known to be misread.
pub(in crate::speech) fn is_ambiguous(word: &str, context: Context<'_>) -> bool {
    let lower = word.to_lowercase();
    let lower = lower.as_str();
    let next = context.next.map(str::to_lowercase);
    let next = next.as_deref().unwrap_or_default();
    is_refused(lower)
        // The left eye or a leg; the right one; an arm; by inhalation. In small letters two of them are words.
        || matches!(word, "LE" | "RE" | "UE" | "IH")
        || is_roman(word)
        || is_refused_here(word, lower, next, context)
        || is_letter(word, next, context.previous)
        || is_unreadable(word)
        // Anything else that begins like "every": QD and QOD are taken for each other when they are written carelessly.
        || (lower.starts_with('q') && !lower.starts_with("qu") && !lower.contains(['/', '-']) && !is_known_with_q(lower))
        || is_of_days(word, lower)
        || (meaning(lower).is_none() && run_together(lower).is_some_and(|meaning| meaning.is_none()))
}

/// Refused wherever they stand.
fn is_refused(lower: &str) -> bool {
    match lower {
        // Eyes or once daily or overdose; ears; half-strength or bedtime; discharge or discontinue; sliding scale or one
        // half; bedtime or two times; injection or the vein; two or three times a week; morphine or magnesium.
        "od" | "os" | "ou" | "au" | "hs" | "d/c" | "dc" | "dc'd" | "d/c'd" | "ss" | "ssi" | "ssri" | "bt" | "ij"
        | "tiw" | "biw" | "mso4" | "ms04" | "mgso4" | "mgs04" | "ms" | "qn" | "u" | "iu" => true,
        // Unit dose or as directed; grain or gram; tea- or tablespoon; affected area or of each.
        "ud" | "utd" | "gr" | "tb" | "tbs" | "aa" | "aaa" => true,
        // Two times a day, or bedtime or through the skin; every other day or the end of it; at night or a month.
        "bd" | "bds" | "td" | "tds" | "eod" | "noc" | "noct" | "nocte" | "mane" | "om" => true,
        // With food or cubic centimeters; with meals; while awake; the rectum or a pulse; the vagina or a vein; millions.
        "cc" | "wm" | "wa" | "pr" | "pv" | "mu" => true,
        // A syringe or a syrup; "as directed", in part.
        "syr" | "ut" | "dict" => true,
        // An inhalation or isoniazid; an application or an applicator.
        "inh" | "appl" | "appls" => true,
        // Drugs: each is another one, too.
        "asa" | "azt" | "cpz" | "dpt" | "dto" | "hct" | "hctz" | "mtx" | "noac" | "ptu" | "tac" | "tnk" | "tpa"
        | "znso4" => true,
        // Tuesday and Thursday, or through the skin; and other days by their letters.
        "tts" | "tth" | "tths" | "tthsa" | "tuth" | "tuthsa" | "mtwtf" | "mtwthf" | "mwfs" | "mw" | "wf" | "mf" => true,
        // Without points they are other words: infective endocarditis. If needed, or a call for help.
        "ie" | "eg" | "sos" => true,
        // By mouth, in Spanish charts; an order by voice.
        "vo" => true,
        // Breakfast or breastfeeding; back to the clinic or around the clock.
        "bf" | "rtc" => true,
        // Twice a week or every two weeks; twice a month or every two months; tablets, or two of them.
        "biweekly" | "bi-weekly" | "bimonthly" | "bi-monthly" | "semiweekly" | "semi-weekly" | "semimonthly"
        | "semi-monthly" | "tt" => true,
        _ => false,
    }
}

fn is_refused_here(word: &str, lower: &str, next: &str, context: Context<'_>) -> bool {
    let previous = context.previous.map(str::to_lowercase);
    let previous = previous.as_deref().unwrap_or_default();
    match lower {
        // Part of a drug's name ("Pepcid AC"), fruit juice, or meals: which of them only a dose before it tells.
        "ac" | "pc" | "atc" => {
            !is_of_dosing(previous) || matches!(next, "breakfast" | "lunch" | "dinner" | "supper" | "meal" | "meals")
        }
        // "I'm", without its apostrophe.
        "im" => word != "IM" && !is_of_dosing(previous) || matches!(previous, "if" | "when" | "because" | "that"),
        // Major depression, unless a number follows.
        "mdd" => number::value(next).is_none() && !matches!(next, "equals" | "of" | "is"),
        // A headache or hyaluronic acid; a pain that breaks through or a blood product: only as what it is for.
        "ha" | "btp" => !is_before_reason(previous) && (context.previous.is_some() || context.next.is_some()),
        // The blood's sugar or a bowel's sounds.
        "bs" => {
            !is_before_reason(previous)
                && !matches!(previous, "check" | "test" | "low" | "high")
                && !matches!(next, "less" | "greater" | "at" | "above" | "below" | "over" | "under" | "is")
        }
        // A post office's; a square.
        "po" => next == "box",
        "sq" => matches!(next, "cm" | "mm" | "in" | "inch" | "inches" | "ft"),
        // Chest pain, where something is taken for it; cerebral palsy. May be repeated; a tablet that is released slowly.
        "cp" => word == "CP" && !matches!(previous, "prn" | "for" | "needed" | "no" | "if" | "of" | "with"),
        // Dialysis, where something is taken on its days; at bedtime, a large dose, a disease of nerves.
        "hd" => !(matches!(previous, "after" | "post" | "before" | "on" | "during" | "non") && word == "HD"),
        "mr" => word == "MR" && every(next).is_none(),
        // Into the nose or the spine, or the word.
        "in" | "it" => is_shouted(word, context) && is_of_dosing(previous) && !is_determiner(next),
        // "Bi weekly".
        "bi" | "semi" => matches!(next, "weekly" | "monthly"),
        // "Ad lib" is understood; alone it's the right ear.
        "ad" => !next.starts_with("lib"),
        // The left ear, or the word: capitals among small letters, or nothing that "as" could lead to.
        "as" => {
            (word == "AS" && !context.all_capitals)
                || next.is_empty()
                || next.starts_with(|c: char| c.is_ascii_digit())
                || meaning(next).is_some_and(|meaning| meaning != "as needed")
                || every(next).is_some()
                || matches!(next, "daily" | "every" | "once" | "twice" | "nightly")
        }
        _ => false,
    }
}

/// A word that leads to a complaint: "prn HA", "at onset of HA".
fn is_before_reason(lower: &str) -> bool {
    matches!(lower.replace('.', "").as_str(), "prn" | "needed" | "for" | "of" | "if" | "when")
        || matches!(lower, "mild" | "moderate" | "severe" | "migraine" | "tension")
}

/// In capitals among words in small letters.
fn is_shouted(word: &str, context: Context<'_>) -> bool {
    let is_capitals = |word: &str| word.len() > 1 && word.chars().all(char::is_uppercase);
    is_capitals(word) && !context.all_capitals && !context.next.is_some_and(is_capitals)
}

/// A word that a noun follows, which "into the nose" isn't.
fn is_determiner(lower: &str) -> bool {
    matches!(lower, "the" | "a" | "an" | "each" | "both" | "your" | "every" | "one" | "right" | "left" | "affected")
}

/// Days run together: by their letters or their names, `TTHSS` and `MonWedFri`.
fn is_of_days(word: &str, lower: &str) -> bool {
    const DAYS: [&str; 10] = ["mon", "tues", "tue", "wed", "thurs", "thur", "thu", "fri", "sat", "sun"];
    let by_letters = word.len() > 2
        && word.chars().all(|c| matches!(c, 'M' | 'T' | 'W' | 'H' | 'F' | 'S'))
        && !matches!(word, "TSH" | "FSH" | "MWF");
    let mut rest = lower;
    let mut names = 0;
    while let Some(day) = DAYS.iter().find(|day| rest.starts_with(**day)) {
        rest = rest.get(day.len()..).unwrap_or_default();
        names += 1;
    }
    by_letters || (names > 1 && rest.is_empty()) || is_of_short_days(word)
}

/// `MTWThFSa`, "Su": days by two letters and by one. "We", "Mo" and "Fr" alone may be something else.
fn is_of_short_days(word: &str) -> bool {
    const SHORT: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
    let mut rest = word;
    let mut has_short = false;
    let mut days = 0;
    while let Some(letter) = rest.chars().next() {
        let short = SHORT.iter().find(|day| rest.starts_with(**day));
        let one = matches!(letter, 'M' | 'T' | 'W' | 'F' | 'S').then_some(1);
        let Some(taken) = short.map(|day| day.len()).or(one) else { return false };
        has_short |= short.is_some();
        days += 1;
        rest = rest.get(taken..).unwrap_or_default();
    }
    has_short && (days > 1 || matches!(word, "Su" | "Sa" | "Tu" | "Th"))
}

/// Whether a word is of a dose or of how often it is taken: "tab", "tid", "daily", "30min".
pub(in crate::speech) fn is_of_dosing(lower: &str) -> bool {
    let letters = lower.replace('.', "");
    let lower = if lower.contains(|c: char| c.is_ascii_digit()) { lower } else { letters.as_str() };
    let unit = lower.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    OF_DOSING.contains(&lower)
        || unit_after_number(unit).is_some()
        || every(lower).is_some()
        || meaning(lower).is_some_and(|meaning| meaning.contains("day") || meaning.contains("daily"))
        || matches!(lower, "po" | "sq" | "sc" | "subq" | "subcut" | "im" | "qhs" | "qam" | "qpm" | "prn")
}

/// A letter alone: with, without, right, left, a day of the week, a Roman number. "A" and "I" are words, "x" a sign.
fn is_letter(word: &str, next: &str, previous: Option<&str>) -> bool {
    let mut letters = word.chars();
    let (Some(letter), None) = (letters.next(), letters.next()) else { return false };
    match letter {
        'a' | 'A' | 'x' | 'X' => false,
        // A temperature's scale.
        'F' | 'C' => previous.and_then(number::value).is_none(),
        // A Roman one, where what is counted or how often follows.
        'I' => {
            unit_after_number(next).is_some()
                || meaning(next).is_some()
                || every(next).is_some()
                || OF_DOSING.contains(&next)
                || matches!(next, "every" | "each")
        }
        letter => letter.is_alphabetic(),
    }
}

/// Roman numbers that are no words, and "one and a half" in that writing.
fn is_roman(word: &str) -> bool {
    // In capitals it has a meaning; see there.
    (word == "iv")
        || matches!(
            word.to_lowercase().as_str(),
            "ii" | "iii" | "vi" | "vii" | "viii" | "ix" | "xi" | "xii" | "xv" | "xx" | "xxx" | "iss" | "iiss"
        )
}

/// An abbreviation that we don't know: small letters without a vowel, which a voice tries to pronounce. It spells
/// capitals.
fn is_unreadable(word: &str) -> bool {
    let lower = word.to_lowercase();
    let is_small =
        word.chars().skip(1).all(|c| c.is_ascii_lowercase()) && word.starts_with(|c: char| c.is_alphabetic());
    word.len() > 1
        && is_small
        && !lower.contains(['a', 'e', 'i', 'o', 'u', 'y'])
        && !matches!(lower.as_str(), "mr" | "mrs" | "dr" | "st" | "vs")
        && meaning(word).is_none()
}

fn is_known_with_q(lower: &str) -> bool {
    meaning(lower).is_some()
        || every(lower).is_some()
        || run_together(lower).is_some()
        || matches!(lower, "qty" | "qvar" | "qnasl" | "qsymia")
}

/// Whether a unit's letters are something else before `next`: a needle's gauge, millions.
pub(in crate::speech) fn is_no_unit(word: &str, next: Option<&str>) -> bool {
    const WITH_GAUGE: [&str; 9] =
        ["x", "gauge", "needle", "needles", "syringe", "syringes", "lancet", "lancets", "pen"];
    let next = next.map(str::to_lowercase).unwrap_or_default();
    match word.trim_start_matches(|c: char| c.is_ascii_digit()) {
        "G" | "g" => WITH_GAUGE.contains(&next.as_str()),
        "MM" => next.starts_with("unit"),
        _ => false,
    }
}

/// Whether a text's "cap" may be a bottle's cap full of powder, and its "supp" a supplement.
pub(in crate::speech) fn has_doubtful_form(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words =
        lower.split(|c: char| !c.is_alphanumeric()).map(|word| word.trim_start_matches(|c: char| c.is_numeric()));
    let words = words.collect::<Vec<_>>();
    let any = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
    let stems = |wanted: &[&str]| wanted.iter().any(|wanted| words.iter().any(|word| word.starts_with(wanted)));
    let of_powder =
        any(&["g", "gm", "gms", "gram", "grams", "full", "h2o", "powder", "water", "juice", "liquid", "glass", "oz"])
            || stems(&["mix", "dissol", "stir", "ounce", "fluid", "beverage", "scoop"]);
    (any(&["cap", "caps"]) && of_powder) || (any(&["supp", "supps"]) && !stems(&["rect", "vagin", "insert", "suppos"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beside(previous: &'static str, next: &'static str) -> Context<'static> {
        Context { previous: Some(previous), next: Some(next), all_capitals: false }
    }

    #[test]
    fn what_has_two_meanings_is_ambiguous_and_plain_words_are_not() {
        for word in [
            "OD",
            "os",
            "HS",
            "D/C",
            "ss",
            "AU",
            "tiw",
            "q0d",
            "QDS",
            "qoh",
            "U",
            "T",
            "gr",
            "UD",
            "c",
            "ie",
            "eg",
            "L",
            "ii",
            "viii",
            "iss",
            "eod",
            "MTX",
            "bds",
            "TTHS",
            "MW",
            "q4hx",
            "tblt",
            "Wk",
            "cc",
            "TIDHS",
            "TTHSS",
            "MonWedFri",
            "syr",
            "i",
        ] {
            assert!(is_ambiguous(word, beside("x", "x")), "{word}");
        }
        for word in ["daily", "quick", "us", "or", "ease", "add", "in", "it", "mid", "acid", "try", "Dr", "TSH", "a"] {
            assert!(!is_ambiguous(word, beside("x", "x")), "{word}");
        }
    }

    #[test]
    fn the_words_beside_it_tell_what_an_abbreviation_means() {
        let meant = |word, previous, next| !is_ambiguous(word, beside(previous, next));
        assert!(meant("AC", "tid", "x") && meant("ac", "30min", "x") && meant("pc", "tabs", "x"));
        assert!(!meant("AC", "Pepcid", "daily") && !meant("PC", "w/", "juice") && !meant("ac", "tid", "breakfast"));
        assert!(meant("MDD", "x", "4") && !meant("MDD", "for", "x"));
        assert!(meant("im", "mL", "once") && !meant("im", "when", "dizzy") && meant("IM", "solution", "x"));
        assert!(meant("IN", "Take", "x") && meant("IN", "mL", "the") && !meant("IN", "sprays", "daily"));
        assert!(meant("TSH", "check", "x") && meant("F", "100.4", "x") && !meant("F", "x", "x"));
        assert!(meant("atc", "q6h", "x") && !meant("atc", "for", "x"));
        assert!(meant("I", "when", "feel") && !meant("I", "take", "tab") && !meant("I", "take", "daily"));
        assert!(meant("as", "x", "needed") && !meant("AS", "x", "needed") && meant("ad", "x", "lib"));
        let shouted = Context { all_capitals: true, ..beside("x", "NEEDED") };
        assert!(!is_ambiguous("AS", shouted));
        assert!(is_ambiguous("AS", Context { next: Some("BID"), ..shouted }));
        assert!(is_ambiguous("as", Context::default()));
        assert!(
            is_numbering("D", Some("vitamin")) && is_numbering("III", Some("Stage")) && !is_numbering("D", Some("5"))
        );
    }

    #[test]
    fn a_cap_with_powder_or_water_may_be_a_bottles() {
        for text in ["1 cap (17 g) in water", "1 cap full", "Mix 1 cap daily", "1 supp daily"] {
            assert!(has_doubtful_form(text), "{text}");
        }
        for text in ["1 cap daily", "1 capsule with water", "insert 1 supp", "17 g in water"] {
            assert!(!has_doubtful_form(text), "{text}");
        }
    }
}
