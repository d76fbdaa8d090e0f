//! Words of Spanish names that are too unlike the English ones of a chart to be told by their letters: "insulina",
//! "cloruro de potasio". Without them, "metoprolol tartrato" would be any metoprolol.

/// A word of names, without accents, and what it is in a chart.
const WORDS: [(&str, &str); 25] = [
    ("acetato", "acetate"),
    ("acido", "acid"),
    ("aceite", "oil"),
    ("calcio", "calcium"),
    ("carbonato", "carbonate"),
    ("citrato", "citrate"),
    ("clorhidrato", "hydrochloride"),
    ("cloruro", "chloride"),
    ("ferroso", "ferrous"),
    ("folico", "folic"),
    ("fosfato", "phosphate"),
    ("fumarato", "fumarate"),
    ("gluconato", "gluconate"),
    ("hidrocloruro", "hydrochloride"),
    ("hierro", "iron"),
    ("insulina", "insulin"),
    ("magnesio", "magnesium"),
    ("maleato", "maleate"),
    ("oxido", "oxide"),
    ("pescado", "fish"),
    ("potasio", "potassium"),
    ("sodio", "sodium"),
    ("succinato", "succinate"),
    ("sulfato", "sulfate"),
    ("tartrato", "tartrate"),
];
/// What stands before the metal in Spanish, and behind it in English.
const BEFORE_A_METAL: [&str; 9] =
    ["acetato", "carbonato", "citrato", "cloruro", "fosfato", "gluconato", "oxido", "sulfato", "aceite"];
/// What stands behind it.
const METALS: [&str; 6] = ["calcio", "hierro", "magnesio", "pescado", "potasio", "sodio"];

/// The words of a name as a chart has them.
pub(super) fn as_charted(mut words: Vec<String>) -> Vec<String> {
    if let Some(at) = words.windows(2).position(is_turned) {
        words.swap(at, at + 1);
    }
    let charted = |word: String| match WORDS.iter().find(|(spanish, _)| *spanish == word) {
        Some((_, english)) => (*english).to_owned(),
        None => word,
    };
    words.into_iter().map(charted).collect()
}

fn is_turned(pair: &[String]) -> bool {
    matches!(pair, [one, other] if BEFORE_A_METAL.contains(&one.as_str()) && METALS.contains(&other.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spanish_name_has_the_words_and_their_order_of_a_chart() {
        for (said, charted) in [
            (vec!["cloruro", "potasio"], vec!["potassium", "chloride"]),
            (vec!["sulfato", "ferroso"], vec!["sulfate", "ferrous"]),
            (vec!["metoprolol", "tartrato"], vec!["metoprolol", "tartrate"]),
            (vec!["insulina"], vec!["insulin"]),
            (vec!["lisinopril"], vec!["lisinopril"]),
        ] {
            assert_eq!(as_charted(said.into_iter().map(str::to_owned).collect()), charted);
        }
    }
}
