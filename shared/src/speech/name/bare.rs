//! Bare names: what a caller calls a medication, without strength and form.

/// Words with which a substance's name ends and its form begins.
const FORMS: [&str; 34] = [
    "tablet",
    "tablets",
    "tab",
    "capsule",
    "capsules",
    "cap",
    "oral",
    "injection",
    "injectable",
    "solution",
    "suspension",
    "cream",
    "ointment",
    "topical",
    "nasal",
    "spray",
    "inhaler",
    "inhalation",
    "patch",
    "powder",
    "drops",
    "ophthalmic",
    "extended",
    "extended-release",
    "delayed",
    "delayed-release",
    "enteric-coated",
    "pill",
    "day",
    "metered",
    "drug",
    "in",
    "intrauterine",
    "orally",
];
/// Salts and their like, which nobody says.
const SALTS: [&str; 20] = [
    "hydrochloride",
    "hydrobromide",
    "sodium",
    "potassium",
    "calcium",
    "magnesium",
    "succinate",
    "tartrate",
    "sulfate",
    "besylate",
    "maleate",
    "fumarate",
    "phosphate",
    "acetate",
    "furoate",
    "propionate",
    "chloride",
    "monohydrate",
    "pm",
    "hfa",
];

/// The names that `rest`, a name without its brands, and its brands give, in small letters.
pub(super) fn names(plain: &str, rest: &str, brands: &[String]) -> Vec<String> {
    let mut names = brands.iter().map(|brand| brand.to_lowercase()).collect::<Vec<_>>();
    let separated = if plain.contains(" / ") { rest.replace(" and ", " / ") } else { rest.to_owned() };
    for part in separated.split(" / ") {
        let substance = substance(part);
        let mut add = |name: &str| {
            let name = name.trim();
            if name.len() > 2 && !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        };
        add(&substance);
        let of_and = substance.split(" and ").collect::<Vec<_>>();
        let joined = of_and.iter().flat_map(|name| name.split('-')).collect::<Vec<_>>();
        let pieces = if joined.iter().all(|piece| piece.len() > 3) { joined } else { of_and };
        for piece in pieces {
            add(piece);
            add(&without_salts(piece));
        }
    }
    names
}

/// The words before the first number or form, behind what opens the name: "24 HR", "1 ML".
fn substance(part: &str) -> String {
    let lower = part.to_lowercase();
    let words = lower.split_whitespace().map(|word| word.trim_matches([',', ';', '(', ')'])).collect::<Vec<_>>();
    let is_number = |word: &&&str| word.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    let opening = if words.first().is_some_and(|word| is_number(&word)) { 2 } else { 0 };
    let words = words.iter().skip(opening).take_while(|word| !is_number(word) && !FORMS.contains(*word));
    words.copied().collect::<Vec<_>>().join(" ")
}

fn without_salts(name: &str) -> String {
    let mut words = name.split(' ').collect::<Vec<_>>();
    while words.len() > 1 && words.last().is_some_and(|last| SALTS.contains(last)) {
        words.pop();
    }
    words.join(" ")
}
