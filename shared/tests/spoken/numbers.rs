//! Numbers in a text, in digits or in words, of either language: written apart from what makes the sentences.

/// Every number that is said, as text without commas and trailing noughts.
pub(crate) fn said(text: &str) -> Vec<String> {
    let lower = text.to_lowercase().replace("1/2", "half").replace("every other ", "every 2 ");
    let words = lower.split(|c: char| c.is_whitespace() || matches!(c, '-' | '(' | ')' | ':' | ';' | '/' | '"'));
    let words = words.map(|word| word.trim_matches(['.', ',', '!', '?'])).filter(|word| !word.is_empty());
    let words = words.collect::<Vec<_>>();
    let mut numbers: Vec<String> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some((value, taken)) = whole(&words[at..]) else {
            let number = of_word(words[at]).0;
            // "1 and a half tablets", "una tableta y media".
            let joined = at > 1 && (words[at - 2..at] == ["and", "a"] || words[at - 1] == "y");
            let part = number.filter(|part| *part < 1.0);
            if let (true, Some(part), Some(before)) = (joined, part, numbers.last().cloned()) {
                numbers.push(plain(before.parse::<f64>().unwrap() + part));
            }
            numbers.extend(number.map(plain));
            at += 1;
            continue;
        };
        at += taken;
        if words.get(at).is_some_and(|word| matches!(*word, "point" | "punto")) {
            let digits = words[at + 1..].iter().map_while(|word| small(word).filter(|value| *value < 10));
            let digits = digits.map(|digit| digit.to_string()).collect::<String>();
            at += 1 + digits.len();
            numbers.push(plain(format!("{value}.{digits}").parse().unwrap()));
        } else {
            numbers.push(plain(f64::from(value)));
        }
    }
    numbers
}

/// A number as text.
pub(crate) fn plain(value: f64) -> String {
    value.to_string()
}

/// Digits, or parts of one: "half".
fn of_word(word: &str) -> Value {
    let digits = word.trim_start_matches(|c: char| !c.is_ascii_digit()).trim_end_matches(|c: char| !c.is_ascii_digit());
    if let Ok(value) = digits.replace(',', "").parse() {
        return Value::one(value);
    }
    match word {
        "half" | "media" | "medio" => Value::one(0.5),
        "quarter" | "cuarto" => Value::one(0.25),
        "quarters" | "cuartos" => Value::one(0.75),
        "once" | "primero" | "single" => Value::one(1.0),
        "twice" => Value::one(2.0),
        "noon" | "midnight" => Value::one(12.0),
        _ => Value::none(),
    }
}

/// At most one value.
struct Value(Option<f64>);

impl Value {
    fn one(value: f64) -> Self {
        Self(Some(value))
    }

    fn none() -> Self {
        Self(None)
    }
}

/// A whole number in words, and how many words it takes. Spanish ones go on behind "mil", and behind "millones".
fn whole(words: &[&str]) -> Option<(u32, usize)> {
    let (mut value, mut taken) = match words.first()? {
        &"mil" => (1, 0),
        _ => below_a_thousand(words)?,
    };
    for (of, times) in [(["millón", "millones"], 1_000_000), (["mil", "mil"], 1_000)] {
        if words.get(taken).is_some_and(|word| of.contains(word)) {
            value *= times;
            taken += 1;
            let rest = words.get(taken..).and_then(whole).filter(|(rest, _)| *rest < times);
            if let Some((rest, more)) = rest {
                return Some((value + rest, taken + more));
            }
        }
    }
    Some((value, taken))
}

fn below_a_thousand(words: &[&str]) -> Option<(u32, usize)> {
    // Alone, it is English, and one.
    let is_eleven = words.first() == Some(&"once") && matches!(words.get(1), Some(&"punto" | &"mil"));
    let first = if is_eleven { 11 } else { small(words.first()?)? };
    let second = |at: usize| words.get(at).and_then(|word| small(word));
    if words.get(1) == Some(&"hundred") {
        return Some(match second(2) {
            Some(rest) => (first * 100 + rest, 3),
            None => (first * 100, 2),
        });
    }
    if first >= 100 {
        return Some(match below_a_thousand(&words[1..]).filter(|(rest, _)| *rest < 100) {
            Some((rest, taken)) => (first + rest, 1 + taken),
            None => (first, 1),
        });
    }
    if first >= 20 && first % 10 == 0 {
        let joint = usize::from(words.get(1) == Some(&"y"));
        if let Some(rest) = second(1 + joint).filter(|rest| (1..10).contains(rest)) {
            return Some((first + rest, 2 + joint));
        }
    }
    Some((first, 1))
}

fn small(word: &str) -> Option<u32> {
    const ENGLISH: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const SPANISH: [&str; 30] = [
        "cero",
        "uno",
        "dos",
        "tres",
        "cuatro",
        "cinco",
        "seis",
        "siete",
        "ocho",
        "nueve",
        "diez",
        "-",
        "doce",
        "trece",
        "catorce",
        "quince",
        "dieciséis",
        "diecisiete",
        "dieciocho",
        "diecinueve",
        "veinte",
        "veintiuno",
        "veintidós",
        "veintitrés",
        "veinticuatro",
        "veinticinco",
        "veintiséis",
        "veintisiete",
        "veintiocho",
        "veintinueve",
    ];
    const TENS: [(&str, u32); 31] = [
        ("twenty", 20),
        ("thirty", 30),
        ("forty", 40),
        ("fifty", 50),
        ("sixty", 60),
        ("seventy", 70),
        ("eighty", 80),
        ("ninety", 90),
        ("treinta", 30),
        ("cuarenta", 40),
        ("cincuenta", 50),
        ("sesenta", 60),
        ("setenta", 70),
        ("ochenta", 80),
        ("noventa", 90),
        ("cien", 100),
        ("ciento", 100),
        ("doscientos", 200),
        ("trescientos", 300),
        ("cuatrocientos", 400),
        ("quinientos", 500),
        ("veintiún", 21),
        ("veintiuna", 21),
        ("doscientas", 200),
        ("trescientas", 300),
        ("cuatrocientas", 400),
        ("quinientas", 500),
        ("ochocientas", 800),
        ("una", 1),
        ("un", 1),
        ("ochocientos", 800),
    ];
    let of = |list: &[&str]| list.iter().position(|own| *own == word).and_then(|at| u32::try_from(at).ok());
    let tens = TENS.iter().find(|(own, _)| *own == word).map(|(_, value)| *value);
    of(&ENGLISH).or_else(|| of(&SPANISH)).or(tens)
}

#[test]
fn numbers_are_heard_in_digits_and_in_words() {
    for (text, numbers) in [
        ("Take 1 to 2 tablets, 1,000 milligrams", vec!["1", "2", "1000"]),
        ("zero point two five milligrams, thirty-three point three three hours", vec!["0.25", "33.33"]),
        ("treinta y tres punto tres tres horas, una vez al día", vec!["33.33", "1"]),
        ("half a tablet, 9:30 PM", vec!["0.5", "9", "30"]),
        ("1/2 tablet every other day", vec!["0.5", "2"]),
        ("ciento doce punto cinco", vec!["112.5"]),
        ("once punto dos cinco parches, once a day", vec!["11.25", "1"]),
        ("15 minutos antes del almuerzo y 15 minutos antes de la cena", vec!["15", "15"]),
        ("mil doscientas cincuenta unidades, mil gotas, dos mil gotas, tres veces", vec!["1250", "1000", "2000", "3"]),
        ("cien mil una y dos millones cuatrocientas mil unidades, un millón de", vec!["100001", "2400000", "1000000"]),
    ] {
        assert_eq!(said(text), numbers, "{text}");
    }
}
