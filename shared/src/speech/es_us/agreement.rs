//! Numbers in a text, in agreement with what they count. A voice reads digits without regard for that: "ochenta y uno
//! miligramos", "uno tableta".

use super::number::counted;

/// What is counted in names and in instructions that are written in Spanish, one of it, and its ending for several.
const MASCULINE: [(&str, &str); 25] = [
    ("kilogramo", "s"),
    ("gramo", "s"),
    ("miligramo", "s"),
    ("microgramo", "s"),
    ("litro", "s"),
    ("mililitro", "s"),
    ("miliequivalente", "s"),
    ("milimol", "es"),
    ("comprimido", "s"),
    ("disparo", "s"),
    ("parche", "s"),
    ("sobre", "s"),
    ("supositorio", "s"),
    ("óvulo", "s"),
    ("vial", "es"),
    ("frasco", "s"),
    ("anillo", "s"),
    ("enema", "s"),
    ("segundo", "s"),
    ("minuto", "s"),
    ("día", "s"),
    ("mes", "es"),
    ("año", "s"),
    ("gránulo", "s"),
    ("ciclo", "s"),
];
/// The same of what is feminine.
const FEMININE: [(&str, &str); 26] = [
    ("tableta", "s"),
    ("pastilla", "s"),
    ("píldora", "s"),
    ("cápsula", "s"),
    ("gota", "s"),
    ("unidad", "es"),
    ("cucharada", "s"),
    ("cucharadita", "s"),
    ("onza", "s"),
    ("libra", "s"),
    ("rociada", "s"),
    ("inhalaci", ""),
    ("aplicaci", ""),
    ("inyecci", ""),
    ("ampolleta", "s"),
    ("ampolla", "s"),
    ("jeringa", "s"),
    ("pluma", "s"),
    ("lámina", "s"),
    ("dosis", ""),
    ("hora", "s"),
    ("semana", "s"),
    ("ve", ""),
    ("noche", "s"),
    ("comida", "s"),
    ("toma", "s"),
];

/// `text` with each whole number in digits before something that it counts as a person says it: "81 miligramos" as "ochenta y
/// un miligramos", "1 a 2 tabletas" as "una a 2 tabletas".
pub(in crate::speech) fn agreeing(text: &str) -> String {
    let words = text.split(' ').collect::<Vec<_>>();
    let said = words.iter().enumerate().map(|(at, word)| {
        let after = |steps: usize| words.get(at + steps).copied().unwrap_or_default();
        let (before, digits) = word.split_at(word.len() - word.trim_start_matches('(').len());
        let Some(count) = whole(digits) else { return (*word).to_owned() };
        let said = match gender(after(1)) {
            Some(feminine) => Some(counted(count, feminine)),
            // "1 a 2 tabletas": apart from what it counts, only a feminine number differs from its digits.
            None if matches!(after(1), "a" | "o") && whole(after(2)).is_some() => {
                gender(after(3)).filter(|feminine| *feminine).map(|_| counted(count, true))
            }
            None => None,
        };
        said.map_or_else(|| (*word).to_owned(), |said| format!("{before}{said}"))
    });
    said.collect::<Vec<_>>().join(" ")
}

/// "And" before this word: "y", which is "e" before the same sound.
pub(super) fn and(next: &str) -> &'static str {
    let lower = next.to_lowercase();
    let is_i = lower.starts_with(['i', 'í']) || (lower.starts_with("hi") && !lower.starts_with("hie"));
    if is_i { "e" } else { "y" }
}

/// Whether "or" before this word is "u": before the same sound.
pub(super) fn begins_with_o(word: &str) -> bool {
    let lower = word.to_lowercase();
    lower.starts_with(['o', 'ó']) || lower.starts_with("ho")
}

/// A whole number in digits, and nothing else. "007" is none, and neither is "0".
fn whole(word: &str) -> Option<usize> {
    let grouped = word.split(',').skip(1).all(|group| group.len() == 3);
    let is_number = word.starts_with(|c: char| matches!(c, '1'..='9')) && grouped;
    word.replace(',', "").parse().ok().filter(|_| is_number)
}

/// Whether what a word names is feminine. `None`: nothing that is counted here.
fn gender(word: &str) -> Option<bool> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let is = |(one, ending): &(&str, &str)| {
        word.strip_prefix(one).is_some_and(|end| match *one {
            "ve" => matches!(end, "z" | "ces"),
            one if one.ends_with("ci") => matches!(end, "ón" | "ones"),
            _ => end.is_empty() || end == *ending,
        })
    };
    if FEMININE.iter().any(is) { Some(true) } else { MASCULINE.iter().any(is).then_some(false) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn and_and_or_are_not_heard_as_a_part_of_the_word_behind_them() {
        assert_eq!(["insulin", "Hidalgo", "hierro", "naproxen"].map(and), ["e", "e", "y", "y"]);
        assert_eq!(["Ozempic", "Yaz"].map(begins_with_o), [true, false]);
    }

    #[test]
    fn a_number_agrees_with_what_it_counts() {
        for (text, said) in [
            ("Aspirin 81 miligramos", "Aspirin ochenta y un miligramos"),
            ("1 miligramo por mililitro, de 1 mililitro", "un miligramo por mililitro, de un mililitro"),
            (
                "en 1 litro. (1 tableta) 200 unidades, 300 miligramos",
                "en un litro. (una tableta) doscientas unidades, 300 miligramos",
            ),
            ("50,000 unidades, 1,500 miligramos", "cincuenta mil unidades, mil quinientos miligramos"),
            ("1 a 2 tabletas o 1 o 2 parches", "una a 2 tabletas o 1 o 2 parches"),
            ("21 días, 1 vez, 2 veces, 31 inhalaciones", "veintiún días, una vez, 2 veces, treinta y una inhalaciones"),
            (
                "B 12 x, 0.5 tabletas, 007 tabletas, 1,5 tabletas, 5 barra 500",
                "B 12 x, 0.5 tabletas, 007 tabletas, 1,5 tabletas, 5 barra 500",
            ),
        ] {
            assert_eq!(agreeing(text), said);
        }
    }
}
