//! Instructions that are written in Spanish: read as they are, where nothing in them has to be expanded or guessed at.

mod meaning;

pub(super) use self::meaning::meaning;
use super::doubtful;
use super::es_us;
use super::number;
use super::plain_text::plain;

/// Words that only a Spanish instruction has.
const SPANISH: [&str; 49] = [
    "tome",
    "tomar",
    "tómese",
    "tableta",
    "tabletas",
    "pastilla",
    "pastillas",
    "cápsula",
    "cápsulas",
    "cada",
    "veces",
    "vez",
    "día",
    "días",
    "horas",
    "boca",
    "aplique",
    "aplicar",
    "gotas",
    "inyecte",
    "dosis",
    "por",
    "una",
    "según",
    "antes",
    "después",
    "ponga",
    "gota",
    "ojo",
    "ojos",
    "derecho",
    "izquierdo",
    "oído",
    "suspenda",
    "medicamento",
    "unidades",
    "noche",
    "mañana",
    "comida",
    "comidas",
    "acostarse",
    "dolor",
    "coloque",
    "capsula",
    "dia",
    "dias",
    "despues",
    "segun",
    "inyectar",
];
/// Words that a Spanish one has, and that may be English or a name's.
const ALSO_SPANISH: [&str; 5] = ["use", "el", "la", "con", "este"];
/// Words that an English one has.
const ENGLISH: [&str; 12] =
    ["take", "the", "daily", "mouth", "every", "needed", "with", "tablet", "tablets", "times", "apply", "day"];
/// The short words of Spanish; other short ones are abbreviations: "vo", "od", "c/8h".
const SHORT: [&str; 30] = [
    "a", "al", "con", "de", "del", "e", "el", "en", "la", "las", "le", "lo", "los", "me", "mi", "ni", "no", "o", "por",
    "que", "se", "si", "sí", "sin", "su", "sus", "te", "un", "y", "u",
];

/// Whether a word, in small letters, gives a Spanish instruction away.
pub(super) fn is_of_spanish(word: &str) -> bool {
    SPANISH.contains(&word)
}

/// Whether words are Spanish.
pub(super) fn is_spanish(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).collect::<Vec<_>>();
    let count = |wanted: &[&str]| words.iter().filter(|word| wanted.contains(word)).count();
    let spanish = count(&SPANISH);
    (spanish > 1 || (spanish == 1 && count(&ALSO_SPANISH) > 0)) && count(&ENGLISH) == 0
}

/// The words as they are read. `None`: something in them isn't a plain word, a plain number or a unit.
pub(super) fn readable(text: &str) -> Option<String> {
    let plain = plain(text)?;
    let words = plain.split_whitespace().collect::<Vec<_>>();
    let mut spoken: Vec<String> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| words.get(at)).copied().unwrap_or_default();
        let is_one = matches!(core(before).to_lowercase().as_str(), "1" | "un" | "una");
        // "Tableta(s)": one, or several.
        let word = word.replacen("(s)", if is_one { "" } else { "s" }, 1);
        let core = core(&word);
        // "2 (dos)" is said once.
        if word.starts_with('(') && es_us::is_in_words(before, core) {
            continue;
        }
        let said = match core.to_lowercase().as_str() {
            // As it is typed without accents.
            "dia" => "día",
            "dias" => "días",
            "capsula" => "cápsula",
            "capsulas" => "cápsulas",
            "despues" => "después",
            "segun" => "según",
            "via" => "vía",
            "mas" => "más",
            "mg" if is_one => "miligramo",
            "ml" if is_one => "mililitro",
            "mcg" if is_one => "microgramo",
            "mg" => "miligramos",
            "ml" => "mililitros",
            "mcg" => "microgramos",
            _ if is_plain(core) => core,
            _ => return None,
        };
        spoken.push(word.replacen(core, said, 1));
    }
    Some(es_us::agreeing(&spoken.join(" ")))
}

/// A word without what stands around it.
fn core(word: &str) -> &str {
    word.trim_matches(|c: char| matches!(c, ',' | '.' | ';' | ':' | '(' | ')' | '!' | '¡' | '?' | '¿'))
}

fn is_plain(core: &str) -> bool {
    if number::number(core).is_some() {
        return !doubtful::number(core);
    }
    let lower = core.to_lowercase();
    let is_letters = !lower.is_empty() && lower.chars().all(|c| c.is_ascii_lowercase() || "áéíóúüñ".contains(c));
    let has_vowel = lower.contains(['a', 'e', 'i', 'o', 'u', 'á', 'é', 'í', 'ó', 'ú', 'y']);
    let is_capitals = core.len() > 1 && core.chars().all(char::is_uppercase) && core.chars().count() < 5;
    is_letters && has_vowel && !is_capitals && (lower.chars().count() > 3 || is_short_word(&lower))
}

fn is_short_word(lower: &str) -> bool {
    SHORT.contains(&lower)
        || matches!(
            lower,
            "día" | "dos" | "mes" | "una" | "uno" | "use" | "vez" | "ojo" | "más" | "sus" | "tos" | "luz"
        )
        || matches!(
            lower,
            "vía" | "via" | "uso" | "mil" | "gel" | "mal" | "té" | "dé" | "dar" | "son" | "hoy" | "tan" | "sol"
        )
        || matches!(
            lower,
            "año" | "muy" | "hay" | "sea" | "ser" | "sal" | "voz" | "fin" | "pie" | "cae" | "aún" | "así"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_spanish_is_read_and_abbreviations_are_not() {
        assert!(is_spanish("Tome una tableta por la boca cada día") && !is_spanish("Take 1 tablet by mouth daily"));
        assert_eq!(
            readable("Tome 1 tableta(s) (500 mg) cada 8 horas.").as_deref(),
            Some("Tome una tableta (500 miligramos) cada 8 horas.")
        );
        for (written, read) in [
            ("Tome 2 tableta(s) por vía oral 2 (dos) veces al día.", "Tome 2 tabletas por vía oral 2 veces al día."),
            ("Tome 1 (una) tableta cada día", "Tome una tableta cada día"),
            ("Tome 1 ml cada 8 horas por 21 días", "Tome un mililitro cada 8 horas por veintiún días"),
            ("Tome 1 a 2 tabletas (1 vez al día)", "Tome una a 2 tabletas (una vez al día)"),
            ("Aplique el gel dos veces al día, no le dé con té", "Aplique el gel dos veces al día, no le dé con té"),
            ("Tome 2 tabletas (una en la mañana)", "Tome 2 tabletas (una en la mañana)"),
        ] {
            assert_eq!(readable(written).as_deref(), Some(read));
        }
        assert_eq!(
            readable("Tome 2 capsulas cada dia despues de comer").as_deref(),
            Some("Tome 2 cápsulas cada día después de comer")
        );
        for text in ["Tome 1 tab c/8h", "Tome una tableta VO cada 8 horas", "Una gota OD cada día", "Tome 0,5 tabletas"]
        {
            assert_eq!(readable(text), None, "{text}");
        }
    }
}
