//! What is heard and isn't in the source: found by tables of our own, from what is heard back to what charts write.

use serde_json::Value;

/// What may be heard, in either language, and how else charts write it, as words and as codes. Behind "=", a whole value;
/// behind "@", a field's name, where having it says so.
const THINGS: [(&str, &str); 101] = [
    // Ways.
    ("mouth|boca", "oral orally po swish rinse 421805007 421298005 26643006 260548002"),
    ("vein|intravenous|vena", "iv intravenous 47625008 255560000"),
    ("muscle|intramuscular|músculo", "im"),
    ("under the skin|debajo de la piel", "subcutaneous subcutaneously sc sq subq"),
    ("on the skin|sobre la piel", "topical"),
    ("through the skin|a través de la piel", "transdermal"),
    ("nose|nostril|nostrils|nasal|nariz", "nares nare sniff intranasal"),
    ("eye|eyes|ojo|ojos", "ophthalmic"),
    ("ear|ears|oído|oídos", "otic"),
    ("rectum|recto", "rectal"),
    ("vagina", "vaginal"),
    ("tongue|lengua", "sublingual"),
    ("cheek|mejilla", "buccal"),
    ("breathing|inhale|inhalation|inhalations|inhálelo|inhalación|inhalaciones", "puff puffs 421134003"),
    ("left|izquierdo|izquierda", ""),
    ("right|derecho|derecha", ""),
    ("both|los dos|ambos", "each"),
    // What to do with it.
    ("inject|inyecte|inyéctelo", "422145002"),
    ("swallow|trague|tráguelo|tragar", "421521009 421298005"),
    ("chew|mastique|mastíquelo", "419747000"),
    ("dissolve|disuelva|disuélvalo", "421682005"),
    ("suck|chupe|chúpelo", ""),
    ("drink|beba|bébalo", ""),
    ("infuse|infusion|infusión", "infused"),
    ("gargle|gárgaras", ""),
    ("insert|introduzca|introdúzcalo", "421257003"),
    ("instill|ponga|póngalo", ""),
    ("rub|frote|frótelo", ""),
    ("wash|lávese", ""),
    // Where.
    ("arm|brazo", ""),
    ("thigh|muslo", ""),
    ("abdomen", ""),
    ("scalp|cuero cabelludo", ""),
    ("face|cara", ""),
    ("neck|cuello", ""),
    // Units.
    ("tablet|tablets|tableta|tabletas", "tab tabs tbl"),
    ("capsule|capsules|cápsula|cápsulas", "cap caps"),
    ("milligram|milligrams|miligramo|miligramos", "mg"),
    ("microgram|micrograms|microgramo|microgramos", "mcg ug"),
    ("gram|grams|gramo|gramos", "g"),
    ("kilogram|kilograms|kilogramo|kilogramos", "kg"),
    ("milliliter|milliliters|mililitro|mililitros", "ml"),
    ("liter|liters|litro|litros", "l"),
    ("milliequivalent|milliequivalents|miliequivalente|miliequivalentes", "meq"),
    ("unit|units|unidad|unidades", "u iu"),
    ("drop|drops|gota|gotas", "gtt"),
    ("puff|puffs", ""),
    ("spray|sprays|rociada|rociadas|rocíe|rocíelo", ""),
    ("patch|patches|parche|parches", ""),
    ("suppository|suppositories|supositorio|supositorios", ""),
    ("percent|por ciento", ""),
    ("second|seconds|segundo|segundos", "s"),
    ("minute|minutes|minuto|minutos", "min @offset"),
    ("hour|hours|hora|horas", "h hr q4h"),
    ("day|days|daily|día|días", "d qd bid tid qid qod @timeofday"),
    ("week|weeks|weekly|semana|semanas", "wk"),
    ("month|months|monthly|mes|meses", "mo"),
    ("year|years|año|años", "=a @boundsperiod"),
    // Moments of the day.
    ("bedtime|acostarse", "hs bed qhs"),
    ("asleep|dormido|dormirse", "phs"),
    ("waking|despertarse", "wake"),
    ("morning|mañana", "morn am"),
    ("noon|mediodía", ""),
    ("afternoon|tarde", "aft pm"),
    ("evening|anochecer", "eve pm"),
    ("night|noche", "nightly eve pm"),
    ("breakfast|desayuno", "cm acm pcm"),
    ("lunch|almuerzo", "cd acd pcd"),
    ("dinner|cena", "cv acv pcv"),
    ("meals|comidas", "=c ac pc"),
    ("food|comida|comer", ""),
    ("with meals|con las comidas", "=c"),
    ("before meals|antes de las comidas", "ac"),
    ("after meals|después de las comidas", "pc"),
    ("with breakfast|con el desayuno", "cm"),
    ("before breakfast|antes del desayuno", "acm"),
    ("after breakfast|después del desayuno", "pcm"),
    ("with lunch|con el almuerzo", "cd"),
    ("before lunch|antes del almuerzo", "acd"),
    ("after lunch|después del almuerzo", "pcd"),
    ("with dinner|con la cena", "cv"),
    ("before dinner|antes de la cena", "acv"),
    ("after dinner|después de la cena", "pcv"),
    // Days of the week.
    ("monday|lunes", "mon"),
    ("tuesday|martes", "tue"),
    ("wednesday|miércoles", "wed"),
    ("thursday|jueves", "thu"),
    ("friday|viernes", "fri"),
    ("saturday|sábado|sábados", "sat"),
    ("sunday|domingo|domingos", "sun"),
    // Conditions and limits.
    ("as needed|según sea necesario", "prn @asneededboolean @asneededcodeableconcept"),
    ("no more than|no más de", "exceed maximum max @maxdoseperperiod @maxdoseperadministration @maxdoseperlifetime"),
    ("at least|al menos", "@low"),
    ("up to|hasta", "@high @frequencymax @end until"),
    ("each time|cada vez", "@duration @maxdoseperadministration"),
    ("in a lifetime|en toda la vida", "@maxdoseperlifetime"),
    ("in all|en total", "@count"),
    ("at a rate|a una velocidad", "@rateratio @raterange @ratequantity"),
    ("also given as|también se indica como", "@type"),
    ("alcohol|alcoholic|alcohólicas", ""),
    ("empty stomach|estómago vacío", ""),
];
/// What is said beside the chart's facts.
const REMARKS: [&str; 3] = [
    "please check with your pharmacist which is right",
    "por favor pregunte a su farmacéutico cuál es lo correcto",
    "your chart doesn t say how often to take it",
];

/// The things that are heard in `heard` and aren't in `source`.
pub(crate) fn added(source: &Value, heard: &str) -> Vec<&'static str> {
    let heard = without_times(&REMARKS.iter().fold(words(heard), |heard, remark| heard.replace(remark, "")));
    let source = words_of(source);
    let has = |words: &str, form: &str| words.contains(form) && words.contains(&format!(" {form} "));
    let is_heard = |forms: &str| forms.split('|').any(|form| has(&heard, form));
    let is_known = |forms: &str, codes: &str| {
        forms.split('|').any(|form| has(&source, form)) || codes.split_whitespace().any(|code| has(&source, code))
    };
    let things = THINGS.iter().filter(|(forms, codes)| is_heard(forms) && !is_known(forms, codes));
    things.map(|(forms, _)| *forms).collect()
}

/// The words of a text in small letters, digits apart from letters, with a blank at either end.
fn words(text: &str) -> String {
    let mut words = String::from(" ");
    let mut last = ' ';
    for letter in text.to_lowercase().replace('%', " percent ").chars() {
        let letter = if letter.is_alphanumeric() { letter } else { ' ' };
        if last.is_ascii_digit() != letter.is_ascii_digit() && !words.ends_with(' ') {
            words.push(' ');
        }
        if letter != ' ' || !words.ends_with(' ') {
            words.push(letter);
        }
        last = letter;
    }
    words.trim_end().to_owned() + " "
}

/// Every word and code of a source, and the names of its fields.
fn words_of(source: &Value) -> String {
    match source {
        Value::String(text) => format!("{} ={} ", words(text), text.to_lowercase()),
        Value::Array(items) => items.iter().map(words_of).collect(),
        Value::Object(fields) => {
            let fields = fields.iter().filter(|(name, value)| *name != "system" && **value != Value::Bool(false));
            fields.map(|(name, value)| format!(" @{} {}", name.to_lowercase(), words_of(value))).collect()
        }
        other => format!(" {other} "),
    }
}

/// Without the half of the day or the noon behind a time, which is a number's: "a las 9 de la mañana".
fn without_times(words: &str) -> String {
    let list = words.split_whitespace().collect::<Vec<_>>();
    let is_number = |at: usize| list.get(at).is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    let is_of_time = |at: usize| {
        let before = |back: usize, word: &str| at >= back && list[at - back] == word;
        let is_half = matches!(list[at], "mañana" | "tarde" | "noche" | "madrugada" | "medianoche");
        (is_half && before(1, "la") && before(2, "de") && at >= 3 && (is_number(at - 3) || before(3, "una")))
            || (list[at] == "mediodía" && before(1, "del") && at >= 2 && is_number(at - 2))
            || (matches!(list[at], "noon" | "midnight") && at >= 1 && is_number(at - 1))
    };
    let kept = (0..list.len()).filter(|at| !is_of_time(*at)).map(|at| list[at]).collect::<Vec<_>>();
    format!(" {} ", kept.join(" "))
}

#[test]
fn what_is_heard_and_not_in_the_source_is_found() {
    let source = serde_json::json!({
        "text": "1 tab PO q4h prn",
        "timing": {"repeat": {"when": ["ACM"], "timeOfDay": ["09:00"]}},
    });
    for (heard, things) in [
        ("Take 1 tablet by mouth every 4 hours as needed, before breakfast, at 9 AM.", vec![]),
        ("Tome una tableta por la boca, a las 9 de la mañana y a las 12 del mediodía, según sea necesario", vec![]),
        ("por la mañana", vec!["morning|mañana"]),
        (
            "2 capsules after breakfast",
            vec!["capsule|capsules|cápsula|cápsulas", "after breakfast|después del desayuno"],
        ),
        ("in the left eye", vec!["eye|eyes|ojo|ojos", "left|izquierdo|izquierda"]),
    ] {
        assert_eq!(added(&source, heard), things, "{heard}");
    }
}
