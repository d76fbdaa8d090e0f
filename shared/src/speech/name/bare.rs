//! Bare names: what a caller calls a medication, without strength and form.

/// Words with which a substance's name ends and its form begins.
const FORMS: [&str; 66] = [
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
    "sustained-release",
    "controlled-release",
    "controlled-delivery",
    "immediate-release",
    "long-acting",
    "intravenous",
    "subcutaneous",
    "sublingual",
    "buccal",
    "rectal",
    "vaginal",
    "otic",
    "transdermal",
    "chewable",
    "disintegrating",
    "syrup",
    "elixir",
    "liquid",
    "gel",
    "lotion",
    "foam",
    "shampoo",
    "aerosol",
    "nebulizer",
    "pen",
    "kit",
    "syringe",
    "auto-injector",
    "lozenge",
    "suppository",
    "suppositories",
    "per",
];
/// Salts and their like, which nobody says.
const SALTS: [&str; 21] = [
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
    "sa",
];
/// What a brand's device or its release is called, behind the brand.
const OF_BRANDS: [&str; 22] = [
    "xl",
    "xr",
    "er",
    "sr",
    "cr",
    "cd",
    "la",
    "hfa",
    "pen",
    "cf",
    "pf",
    "solostar",
    "flexpen",
    "kwikpen",
    "flextouch",
    "flexhaler",
    "diskus",
    "respimat",
    "ellipta",
    "handihaler",
    "turbuhaler",
    "auto-injector",
];

/// The names that `rest`, a name without its brands, and its brands give, in small letters.
pub(super) fn names(plain: &str, rest: &str, brands: &[String]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for brand in brands.iter().map(|brand| brand.to_lowercase()) {
        let short = short(&brand);
        names.push(brand);
        if !names.contains(&short) {
            names.push(short);
        }
    }
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
            for name in without_salts(piece) {
                add(&name);
            }
        }
    }
    names
}

/// "Lantus Solostar" as "lantus", "Toprol-XL" as "toprol".
fn short(brand: &str) -> String {
    let mut short = brand;
    while let Some((name, last)) = short.rsplit_once([' ', '-']).filter(|(_, last)| OF_BRANDS.contains(last)) {
        // Not what is left of "Q-PAP".
        if name.len() < 4 || last.is_empty() {
            break;
        }
        short = name;
    }
    short.to_owned()
}

/// The words before the first number, form or bracket, behind what opens the name: "24 HR", "1 ML".
fn substance(part: &str) -> String {
    let lower = part.to_lowercase();
    let words = lower.split_whitespace().enumerate().take_while(|(at, word)| *at == 0 || !word.starts_with('('));
    let words = words.map(|(_, word)| word.trim_matches([',', ';', '(', ')'])).collect::<Vec<_>>();
    let is_number = |word: &&&str| word.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    let opening = if words.first().is_some_and(|word| is_number(&word)) { 2 } else { 0 };
    let words = words.iter().skip(opening).take_while(|word| !is_number(word) && !FORMS.contains(*word));
    words.copied().collect::<Vec<_>>().join(" ")
}

/// "Metoprolol succinate" as "metoprolol"; of several salts one after the other.
fn without_salts(name: &str) -> Vec<String> {
    let mut words = name.split(' ').collect::<Vec<_>>();
    let mut names = Vec::new();
    while words.len() > 1 && words.last().is_some_and(|last| SALTS.contains(last)) {
        words.pop();
        names.push(words.join(" "));
    }
    names
}
