//! Instructions that are written in Spanish: read as they are, where nothing in them has to be expanded or guessed at.

use super::doubtful;
use super::number;
use super::plain_text::plain;

/// Words that only a Spanish instruction has.
const SPANISH: [&str; 31] = [
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
    "capsula",
    "dia",
    "dias",
    "despues",
    "segun",
];
/// Words that an English one has.
const ENGLISH: [&str; 12] =
    ["take", "the", "daily", "mouth", "every", "needed", "with", "tablet", "tablets", "times", "apply", "day"];
/// The short words of Spanish; other short ones are abbreviations: "vo", "od", "c/8h".
const SHORT: [&str; 30] = [
    "a", "al", "con", "de", "del", "e", "el", "en", "la", "las", "le", "lo", "los", "me", "mi", "ni", "no", "o", "por",
    "que", "se", "si", "sí", "sin", "su", "sus", "te", "un", "y", "u",
];

/// Whether words are Spanish.
pub(super) fn is_spanish(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).collect::<Vec<_>>();
    let count = |wanted: &[&str]| words.iter().filter(|word| wanted.contains(word)).count();
    count(&SPANISH) > 1 && count(&ENGLISH) == 0
}

/// The words as they are read. `None`: something in them isn't a plain word, a plain number or a unit.
pub(super) fn readable(text: &str) -> Option<String> {
    let plain = plain(text)?.replace("(s)", "s");
    let mut spoken = Vec::new();
    for word in plain.split_whitespace() {
        let core = word.trim_matches(|c: char| matches!(c, ',' | '.' | ';' | ':' | '(' | ')' | '!' | '¡' | '?' | '¿'));
        let said = match core.to_lowercase().as_str() {
            // As it is typed without accents.
            "dia" => "día",
            "dias" => "días",
            "capsula" => "cápsula",
            "capsulas" => "cápsulas",
            "despues" => "después",
            "segun" => "según",
            "mas" => "más",
            "mg" => "miligramos",
            "ml" => "mililitros",
            "mcg" => "microgramos",
            _ if is_plain(core) => core,
            _ => return None,
        };
        spoken.push(word.replacen(core, said, 1));
    }
    Some(spoken.join(" "))
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
            Some("Tome 1 tabletas (500 miligramos) cada 8 horas.")
        );
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
