//! What a Spanish instruction says, in the English that instructions are compared in. It is never spoken: it tells whether
//! the chart's structure says the same, more, or something else.

/// An instruction in English, as far as its words are known.
pub(in crate::speech) struct Meaning {
    /// In small letters. Words that aren't known stand as they are.
    pub(in crate::speech) english: String,
    /// Whether all of them are known.
    pub(in crate::speech) is_complete: bool,
}

/// What words mean together, the longest first; then each by itself.
const PHRASES: [(&str, &str); 59] = [
    ("a la hora de acostarse", "at bedtime"),
    ("a la hora de dormir", "at bedtime"),
    ("antes de acostarse", "at bedtime"),
    ("antes de dormir", "at bedtime"),
    ("la mitad de una tableta", "1/2 tablet"),
    ("la mitad de una pastilla", "1/2 tablet"),
    ("una sola vez", "1 time only"),
    ("deje de tomar", "stop taking"),
    ("deje de usar", "stop taking"),
    ("este medicamento", "this medication"),
    // Every other day in Mexico, every third one elsewhere.
    ("cada tercer día", "every 2 to 3 days"),
    ("no todos los días", "not daily"),
    ("al acostarse", "at bedtime"),
    ("después de las comidas", "after meals"),
    ("después de cada comida", "after meals"),
    ("después de comer", "after meals"),
    ("antes de las comidas", "before meals"),
    ("antes de cada comida", "before meals"),
    ("antes de comer", "before meals"),
    ("con las comidas", "with meals"),
    ("con cada comida", "with meals"),
    ("con los alimentos", "with food"),
    ("con alimentos", "with food"),
    ("con comida", "with food"),
    ("en ayunas", "on an empty stomach"),
    ("debajo de la lengua", "under the tongue"),
    ("debajo de la piel", "under the skin"),
    ("bajo la piel", "under the skin"),
    ("sobre la piel", "on the skin"),
    ("en la piel", "on the skin"),
    ("en la nariz", "in the nose"),
    ("en la vena", "into a vein"),
    ("en el músculo", "into the muscle"),
    ("por la boca", "by mouth"),
    ("por vía oral", "by mouth"),
    ("vía oral", "by mouth"),
    ("ojo izquierdo", "left eye"),
    ("ojo derecho", "right eye"),
    ("ambos ojos", "both eyes"),
    ("los dos ojos", "both eyes"),
    ("oído izquierdo", "left ear"),
    ("oído derecho", "right ear"),
    ("ambos oídos", "both ears"),
    ("los dos oídos", "both ears"),
    ("fosa nasal", "nostril"),
    ("fosas nasales", "nostrils"),
    ("según sea necesario", "as needed"),
    ("cuando sea necesario", "as needed"),
    ("según lo necesite", "as needed"),
    ("si es necesario", "as needed"),
    ("todos los días", "daily"),
    ("al día", "a day"),
    ("por día", "a day"),
    ("a la semana", "a week"),
    ("por semana", "a week"),
    ("no más de", "no more than"),
    ("no tome más de", "no more than"),
    ("no use más de", "no more than"),
    ("al mediodía", "at noon"),
];
const WORDS: [(&str, &str); 131] = [
    ("tome", "take"),
    ("tomar", "take"),
    ("tómese", "take"),
    ("use", "use"),
    ("usar", "use"),
    ("aplique", "apply"),
    ("aplicar", "apply"),
    ("inyecte", "inject"),
    ("inyectar", "inject"),
    ("inhale", "inhale"),
    ("inhalar", "inhale"),
    ("coloque", "place"),
    ("ponga", "place"),
    ("inserte", "insert"),
    ("mastique", "chew"),
    ("disuelva", "dissolve"),
    ("trague", "swallow"),
    ("suspenda", "stop"),
    ("mil", "thousand"),
    ("cien", "100"),
    ("beba", "drink"),
    ("tableta", "tablet"),
    ("tabletas", "tablets"),
    ("pastilla", "tablet"),
    ("pastillas", "tablets"),
    ("píldora", "pill"),
    ("píldoras", "pills"),
    ("comprimido", "tablet"),
    ("comprimidos", "tablets"),
    ("cápsula", "capsule"),
    ("cápsulas", "capsules"),
    ("gota", "drop"),
    ("gotas", "drops"),
    ("parche", "patch"),
    ("parches", "patches"),
    ("cucharadita", "teaspoon"),
    ("cucharaditas", "teaspoons"),
    ("cucharada", "tablespoon"),
    ("cucharadas", "tablespoons"),
    ("inhalación", "puff"),
    ("inhalaciones", "puffs"),
    ("rociada", "spray"),
    ("rociadas", "sprays"),
    ("unidad", "unit"),
    ("unidades", "units"),
    ("supositorio", "suppository"),
    ("supositorios", "suppositories"),
    ("sobre", "packet"),
    ("sobres", "packets"),
    ("dosis", "doses"),
    ("mililitro", "milliliter"),
    ("mililitros", "milliliters"),
    ("miligramo", "milligram"),
    ("miligramos", "milligrams"),
    ("microgramo", "microgram"),
    ("microgramos", "micrograms"),
    ("gramo", "gram"),
    ("gramos", "grams"),
    ("un", "1"),
    ("uno", "1"),
    ("una", "1"),
    ("dos", "2"),
    ("tres", "3"),
    ("cuatro", "4"),
    ("cinco", "5"),
    ("seis", "6"),
    ("siete", "7"),
    ("ocho", "8"),
    ("nueve", "9"),
    ("diez", "10"),
    ("doce", "12"),
    ("medio", "1/2"),
    ("media", "1/2"),
    ("vez", "time"),
    ("veces", "times"),
    ("cada", "every"),
    ("diario", "daily"),
    ("diaria", "daily"),
    ("diariamente", "daily"),
    ("hora", "hour"),
    ("horas", "hours"),
    ("minuto", "minute"),
    ("minutos", "minutes"),
    ("día", "day"),
    ("días", "days"),
    ("semana", "week"),
    ("semanas", "weeks"),
    ("mes", "month"),
    ("meses", "months"),
    ("mañana", "morning"),
    ("tarde", "afternoon"),
    ("noche", "night"),
    ("noches", "nights"),
    ("mediodía", "noon"),
    ("desayuno", "breakfast"),
    ("almuerzo", "lunch"),
    ("cena", "dinner"),
    ("comida", "meal"),
    ("comidas", "meals"),
    ("antes", "before"),
    ("después", "after"),
    ("durante", "for"),
    ("lunes", "monday"),
    ("martes", "tuesday"),
    ("miércoles", "wednesday"),
    ("jueves", "thursday"),
    ("viernes", "friday"),
    ("sábado", "saturday"),
    ("domingo", "sunday"),
    ("máximo", "maximum"),
    ("ojo", "eye"),
    ("ojos", "eyes"),
    ("oído", "ear"),
    ("oídos", "ears"),
    ("boca", "mouth"),
    ("piel", "skin"),
    ("nariz", "nose"),
    ("oral", "oral"),
    ("intramuscular", "intramuscular"),
    ("vaginal", "vaginal"),
    ("rectal", "rectal"),
    ("nasal", "nasal"),
    ("con", "with"),
    ("para", "for"),
    ("dolor", "pain"),
    ("agua", "water"),
    ("en", "in"),
    ("y", "and"),
    ("o", "or"),
    ("no", "not"),
    ("de", "of"),
];
/// Words that say nothing by themselves.
const SILENT: [&str; 8] = ["la", "el", "los", "las", "del", "al", "por", "su"];

/// What an instruction says, from the words that are read out.
pub(in crate::speech) fn meaning(spoken: &str) -> Meaning {
    let lower = spoken.to_lowercase();
    let words = lower.split_whitespace().collect::<Vec<_>>();
    let mut english: Vec<String> = Vec::new();
    let mut is_complete = true;
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let rest = words.get(at..).unwrap_or_default();
        if let Some((half, taken)) = half_of_day(english.last().map_or("", String::as_str), rest) {
            english.push(with_end(half, rest.get(taken - 1).copied().unwrap_or_default()));
            at += taken;
            continue;
        }
        if let Some((meaning, taken)) = phrase(rest) {
            english.push(with_end(meaning, rest.get(taken - 1).copied().unwrap_or_default()));
            at += taken;
            continue;
        }
        let next = words.get(at + 1).map_or("", |next| super::core(next));
        // "Una tableta y media" is one and a half of them.
        if *word == "y" && matches!(next, "media" | "medio") {
            let unit = english.pop_if(|last| !last.starts_with(|c: char| c.is_ascii_digit()));
            let half = words.get(at + 1).copied().unwrap_or_default();
            english.push("and".to_owned());
            english.push(if unit.is_some() { "1/2".to_owned() } else { with_end("1/2", half) });
            english.extend(unit.map(|unit| with_end(&unit, half)));
            at += 2;
            continue;
        }
        // "Treinta y cinco".
        if let (Some(tens), "y") = (tens(word), next)
            && let Some(ones) = words.get(at + 2).and_then(|ones| numeral(super::core(ones)))
        {
            let last = words.get(at + 2).copied().unwrap_or_default();
            let ones = ones.parse::<u8>().unwrap_or_default();
            english.push(with_end(&(tens + ones).to_string(), last));
            at += 3;
            continue;
        }
        let core = super::core(word);
        let is_number = |word: &str| crate::speech::number::number(word).is_some() || numeral(word).is_some();
        let is_between_numbers = is_number(next) && english.last().is_some_and(|last| is_number(last));
        let round = tens(core).map(|tens| tens.to_string());
        let meaning = match core {
            _ if round.is_some() => round.as_deref(),
            // "1 a 2 tabletas", and "a las 8".
            "a" if is_between_numbers => Some("to"),
            "a" => Some("at"),
            // "Por 7 días" is for so long.
            "por" if is_number(next) => Some("for"),
            _ if SILENT.contains(&core) => Some("the"),
            _ => WORDS.iter().find(|(spanish, _)| *spanish == core).map(|(_, english)| *english),
        };
        let is_digits = |digits: &str| crate::speech::number::number(digits).is_some();
        let is_clock = core.split_once(':').is_some_and(|(hour, minute)| is_digits(hour) && is_digits(minute));
        is_complete &= meaning.is_some() || is_clock || is_digits(core);
        english.push(word.replacen(core, meaning.unwrap_or(core), 1));
        at += 1;
    }
    Meaning { english: english.join(" "), is_complete }
}

/// The half of the day behind an hour, "9 de la mañana", and how many words it takes. Twelve at night is neither.
fn half_of_day(hour: &str, words: &[&str]) -> Option<(&'static str, usize)> {
    if !hour.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let is_twelve = hour.starts_with("12");
    match words {
        ["de", "la", half, ..] => match super::core(half) {
            "mañana" | "madrugada" => Some(("am", 3)),
            "tarde" | "noche" if !is_twelve => Some(("pm", 3)),
            _ => None,
        },
        ["del", noon, ..] if is_twelve && super::core(noon) == "mediodía" => Some(("pm", 2)),
        _ => None,
    }
}

/// "Veinte", "treinta" … "noventa".
fn tens(word: &str) -> Option<u8> {
    const TENS: [&str; 8] = ["veinte", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"];
    let at = TENS.iter().position(|tens| *tens == word)?;
    u8::try_from(at).ok().map(|at| (at + 2) * 10)
}

fn numeral(word: &str) -> Option<&'static str> {
    let is_digit = |english: &str| english.starts_with(|c: char| c.is_ascii_digit());
    WORDS.iter().find(|(spanish, english)| *spanish == word && is_digit(english)).map(|(_, english)| *english)
}

/// The phrase that `words` begin with, and how many of them it takes.
fn phrase(words: &[&str]) -> Option<(&'static str, usize)> {
    PHRASES.iter().find_map(|(spanish, english)| {
        let wanted = spanish.split(' ').collect::<Vec<_>>();
        let (last, head) = words.get(..wanted.len())?.split_last()?;
        let (wanted_last, wanted_head) = wanted.split_last()?;
        (head == wanted_head && super::core(last) == *wanted_last).then_some((*english, wanted.len()))
    })
}

/// `english` with what ends behind `word`.
fn with_end(english: &str, word: &str) -> String {
    let end = word.trim_start_matches(|c: char| c.is_alphanumeric());
    format!("{english}{end}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_instruction_says_is_known_as_far_as_its_words_are() {
        for (spanish, english) in [
            ("Tome 2 tabletas por vía oral 2 veces al día.", "take 2 tablets by mouth 2 times a day."),
            ("Tome una tableta y media cada 8 horas.", "take 1 and 1/2 tablet every 8 hours."),
            ("Una a dos gotas en el ojo izquierdo, durante 7 días", "1 to 2 drops in the left eye, for 7 days"),
            ("una cápsula por 10 días, al acostarse.", "1 capsule for 10 days, at bedtime."),
            ("Inyecte treinta y cinco unidades, o veinte.", "inject 35 units, or 20."),
            ("Tome dos mil miligramos", "take 2 thousand milligrams"),
            ("No tome más de 4 pastillas al día", "no more than 4 tablets a day"),
            ("a las 9 de la mañana y a las 9:30 de la noche", "at the 9 am and at the 9:30 pm"),
            ("a las 12 del mediodía, con la dosis de la mañana", "at the 12 pm, with the doses of the morning"),
        ] {
            let meaning = meaning(spanish);
            assert_eq!((meaning.english.as_str(), meaning.is_complete), (english, true));
        }
        assert!(!meaning("Tome una tableta con jugo").is_complete);
    }
}
