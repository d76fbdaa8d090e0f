//! Names as drug dictionaries write them: Medi-Span's codes of way and form ("0.5 % OP SOLN"), First Databank's strengths
//! behind each substance ("5 mg-acetaminophen 325 mg").

use std::borrow::Cow;

use crate::speech::abbreviation;
use crate::speech::number;

/// Ways, which stand before a form: "PO TABS", "IN AERS". Elsewhere these letters are words.
const WAYS: [(&str, &str); 18] = [
    ("PO", "oral"),
    ("SL", "sublingual"),
    ("BU", "buccal"),
    ("IN", "inhalation"),
    ("NA", "nasal"),
    ("OP", "ophthalmic"),
    ("OT", "otic"),
    ("EX", "topical"),
    ("TD", "transdermal"),
    ("RE", "rectal"),
    ("VA", "vaginal"),
    ("SC", "subcutaneous"),
    ("SQ", "subcutaneous"),
    ("IM", "intramuscular"),
    ("IV", "intravenous"),
    ("IJ", "injection"),
    ("MT", "mouth and throat"),
    ("CO", "combination"),
];
/// Forms. Those that are words, too, are forms in capitals only; others are Epic's with small letters in them: "Cp24".
const FORMS: [(&str, &str); 75] = [
    ("TABS", "tablets"),
    ("TAB", "tablet"),
    ("CAPS", "capsules"),
    ("CAP", "capsule"),
    ("TB12", "12 hour tablets"),
    ("TB24", "24 hour tablets"),
    ("T12A", "12 hour tablets"),
    ("T24A", "24 hour tablets"),
    ("TBCR", "controlled-release tablets"),
    ("TBEC", "enteric-coated tablets"),
    ("TBDP", "orally disintegrating tablets"),
    ("TBPK", "tablet pack"),
    ("TBSO", "tablets for suspension"),
    ("TBEF", "effervescent tablets"),
    ("CHEW", "chewable tablets"),
    ("CP12", "12 hour capsules"),
    ("CP24", "24 hour capsules"),
    ("CPCR", "controlled-release capsules"),
    ("CPDR", "delayed-release capsules"),
    ("CPEP", "delayed-release capsules"),
    ("CPSP", "sprinkle capsules"),
    ("SUBL", "tablets"),
    ("LOZG", "lozenges"),
    ("TROC", "troches"),
    ("FILM", "film"),
    ("SOLN", "solution"),
    ("SOLR", "powder for solution"),
    ("SUSP", "suspension"),
    ("SUSR", "powder for suspension"),
    ("SUER", "extended-release suspension"),
    ("LIQD", "liquid"),
    ("SYRP", "syrup"),
    ("ELIX", "elixir"),
    ("CONC", "concentrate"),
    ("EMUL", "emulsion"),
    ("POWD", "powder"),
    ("PACK", "packets"),
    ("GRAN", "granules"),
    ("AERS", "aerosol"),
    ("AERO", "aerosol"),
    ("AEPB", "powder inhaler"),
    ("INHA", "inhaler"),
    ("NEBU", "nebulizer solution"),
    ("CREA", "cream"),
    ("OINT", "ointment"),
    ("LOTN", "lotion"),
    ("GEL", "gel"),
    ("FOAM", "foam"),
    ("SHAM", "shampoo"),
    ("SUPP", "suppositories"),
    ("ENEM", "enema"),
    ("PTCH", "patch"),
    ("PT24", "24 hour patch"),
    ("PT72", "72 hour patch"),
    ("PTTW", "twice-weekly patch"),
    ("PTWK", "weekly patch"),
    ("SOPN", "pen"),
    ("SOSY", "prefilled syringe"),
    ("INPN", "pen"),
    ("PNKT", "pen kit"),
    ("PSKT", "prefilled syringe kit"),
    ("SOAJ", "auto-injector"),
    ("ATIN", "auto-injector"),
    ("SOCT", "cartridge"),
    ("SYRG", "syringe"),
    ("PGBK", "intravenous bag"),
    ("IVPB", "intravenous bag"),
    ("TBER", "extended-release tablets"),
    ("TBSR", "sustained-release tablets"),
    ("TBDR", "delayed-release tablets"),
    ("CPER", "extended-release capsules"),
    ("CPSR", "sustained-release capsules"),
    ("HFAA", "inhaler"),
    ("HFAB", "inhaler"),
    ("SPRY", "spray"),
];
/// Forms whose codes are words.
const WORDS: [&str; 11] = ["TABS", "TAB", "CAPS", "CAP", "CHEW", "FILM", "PACK", "GRAN", "GEL", "FOAM", "SHAM"];
/// What a strength is so much per so many of.
const PER: [&str; 8] = ["ml", "l", "hr", "hour", "actuation", "act", "inhalation", "spray"];
/// What stands where a name should.
const NO_NAMES: [&str; 10] = [
    "other",
    "unknown",
    "unable to find",
    "unknown medication",
    "medication not listed",
    "not in list",
    "non formulary",
    "non-formulary",
    "nonformulary",
    "misc",
];

/// Whether a name is none: the order's own words say what it is, or nobody knows.
pub(super) fn is_no_name(plain: &str) -> bool {
    NO_NAMES.contains(&plain.trim().to_lowercase().as_str())
}

/// `plain` with a dictionary's codes in words, and its joints parted.
pub(super) fn written_out(plain: &str) -> String {
    let plain = plain.replace("(part/cryst)", ", particles or crystals");
    let plain = parted(&plain);
    let words = with_base_in_its_unit(plain.split_whitespace().collect());
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    let mut written: Vec<String> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let previous = at.checked_sub(1).and_then(|at| words.get(at)).copied();
        let next = words.get(at + 1).copied().unwrap_or_default();
        written.push(one(word, previous, next));
    }
    written.join(" ")
}

/// "108 (90 BASE) MCG/ACT" is one dose, weighed twice: each weight is said with the unit, "108 MCG/ACT (90 MCG base)".
fn with_base_in_its_unit(words: Vec<&str>) -> Vec<Cow<'_, str>> {
    let mut told: Vec<Cow<'_, str>> = Vec::with_capacity(words.len());
    let mut rest = words.as_slice();
    while let [word, after @ ..] = rest {
        told.push(Cow::Borrowed(*word));
        rest = after;
        let [open, base, unit, after @ ..] = rest else { continue };
        let amount = open.strip_prefix('(').filter(|amount| number::number(amount).is_some());
        let (mass, _) = unit.split_once('/').unwrap_or((unit, ""));
        let is_base = base.trim_end_matches(')').eq_ignore_ascii_case("base") && base.ends_with(')');
        if let Some(amount) = amount.filter(|_| is_base && number::number(word).is_some())
            && abbreviation::unit(mass).is_some()
        {
            told.extend([Cow::Borrowed(*unit), format!("({amount}").into(), mass.into(), "base)".into()]);
            rest = after;
        }
    }
    told
}

fn one(word: &str, previous: Option<&str>, next: &str) -> String {
    let core = word.trim_end_matches([',', ';']);
    let after = word.get(core.len()..).unwrap_or_default();
    if let Some(way) = found(&WAYS, core).filter(|_| is_form(next)) {
        return way.to_owned();
    }
    if let Some(form) = form(core).filter(|_| previous.is_some()) {
        return format!("{form}{after}");
    }
    // "(50000 UT)".
    let counts = previous.is_some_and(|word| number::number(word.trim_start_matches('(')).is_some());
    if let Some(close) = core.strip_prefix("UT").filter(|close| counts && matches!(*close, "" | ")")) {
        return format!("units{close}{after}");
    }
    // "24hr".
    if let Some(hours) = core.strip_suffix("hr").filter(|hours| number::number(hours).is_some()) {
        return format!("{hours} hr{after}");
    }
    if core == "SL" {
        return format!("sublingual{after}");
    }
    if let Some((unit, code)) = core.rsplit_once('/')
        && let Some(each) = each(code)
    {
        return format!("{unit}/{each}{after}");
    }
    between_strengths(core, previous, next).map_or_else(|| word.to_owned(), |parted| format!("{parted}{after}"))
}

/// "mg-acetaminophen" and "mg-4.5", behind a number, are a unit and what comes next.
fn between_strengths(core: &str, previous: Option<&str>, next: &str) -> Option<String> {
    let (unit, rest) = core.split_once('-')?;
    let is_number = |word: &str| number::number(word.trim_start_matches('(')).is_some();
    let counts = previous.is_some_and(is_number) && abbreviation::unit(unit).is_some();
    let has_unit = abbreviation::unit_after_number(next).is_some();
    let is_of_number = rest.starts_with(|c: char| c.is_ascii_digit()) && (rest.len() > 1 || has_unit);
    let is_name = rest.len() > 3 && rest.starts_with(|c: char| c.is_ascii_alphabetic());
    let begins_unit = abbreviation::unit_after_number(rest.split('/').next().unwrap_or_default()).is_some();
    (counts && (is_of_number || is_name) && !begins_unit).then(|| format!("{unit} / {rest}"))
}

/// What a strength is for one of: "MCG/ACT".
fn each(code: &str) -> Option<&'static str> {
    Some(match code {
        "ACT" => "actuation",
        "INH" => "inhalation",
        "BLIST" => "blister",
        "SCOOP" => "scoop",
        "DOS" => "dose",
        _ => return None,
    })
}

/// "mg(2.5 mg base)/3 mL" and "(as carbonate)-vitamin" with what their brackets join put apart.
fn parted(text: &str) -> String {
    let mut parted = String::with_capacity(text.len());
    let letters = text.chars().collect::<Vec<_>>();
    for (at, letter) in letters.iter().enumerate() {
        let (before, next) = (at.checked_sub(1).and_then(|at| letters.get(at)), letters.get(at + 1));
        let is_digit = next.is_some_and(char::is_ascii_digit);
        let is_letter = next.is_some_and(char::is_ascii_alphabetic);
        let after_letter = before.is_some_and(|before| before.is_ascii_alphabetic());
        match letter {
            '(' if after_letter && is_digit => parted.push_str(" ("),
            '/' if matches!(before, Some(')' | ' ')) && is_digit => {
                let counted = letters.iter().skip(at + 1).skip_while(|c| !c.is_ascii_alphabetic());
                let unit: String = counted.take_while(|c| c.is_ascii_alphabetic()).collect();
                // So much in a volume or a time is a ratio; after a mass comes the next substance's.
                let is_ratio = PER.contains(&unit.to_lowercase().as_str());
                parted.push_str(if is_ratio { " per " } else { " / " });
            }
            '-' if before == Some(&')') && is_letter => parted.push_str(" / "),
            ',' if after_letter && is_digit => parted.push_str(", "),
            letter => parted.push(*letter),
        }
    }
    parted
}

fn is_form(word: &str) -> bool {
    form(word.trim_end_matches([',', ';'])).is_some()
}

fn form(code: &str) -> Option<&'static str> {
    let capitals = code.to_ascii_uppercase();
    found(&FORMS, code).or_else(|| found(&FORMS, &capitals).filter(|_| !WORDS.contains(&capitals.as_str())))
}

fn found(table: &[(&str, &'static str)], word: &str) -> Option<&'static str> {
    table.iter().find(|(code, _)| *code == word).map(|(_, words)| *words)
}

#[cfg(test)]
mod tests;
