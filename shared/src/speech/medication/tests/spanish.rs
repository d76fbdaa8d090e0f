//! Spanish as it is spoken: what agrees with what, and what is said in place of English words.

use super::*;

/// What is said in Spanish of a dosage, without the name.
fn said_in_spanish(dosage: &str) -> String {
    let request = request(&format!(r#"{{"dosageInstruction": [{{{dosage}}}]}}"#));
    let spoken = medication(Locale::EsUs, Some(&Phi::new("x".to_owned())), instructions(&request, false));
    spoken.sentences[1..].iter().map(|sentence| sentence.expose().as_str()).collect::<Vec<_>>().join(" ")
}

/// The instructions that are said of `dose` units so and so often.
fn instructions_said(dose: &str, repeat: &str) -> String {
    let said = said_in_spanish(&format!(r#"{dose}, "timing": {{"repeat": {{{repeat}}}}}"#));
    said.strip_prefix("Las instrucciones dicen: ").unwrap_or(&said).to_owned()
}

#[test]
fn numbers_agree_with_what_they_count_in_spanish() {
    let quantity = |value: &str, unit: &str| format!(r#""doseQuantity": {{"value": {value}, "unit": "{unit}"}}"#);
    let range = |low: &str, high: &str, unit: &str| {
        format!(
            r#""doseRange": {{"low": {{"value": {low}, "unit": "{unit}"}}, "high": {{"value": {high}, "unit": "{unit}"}}}}"#
        )
    };
    let daily = r#""frequency": 1, "period": 1, "periodUnit": "d""#;
    for (dose, repeat, said) in [
        (
            quantity("2", "tablet"),
            r#""frequency": 1, "period": 21, "periodUnit": "d""#,
            "2 tabletas, cada veintiún días.",
        ),
        (
            quantity("2", "tablet"),
            r#""frequency": 1, "period": 21, "periodUnit": "h""#,
            "2 tabletas, cada veintiuna horas.",
        ),
        (
            quantity("2", "tablet"),
            r#""frequency": 1, "period": 1, "periodMax": 2, "periodUnit": "h""#,
            "2 tabletas, cada una a dos horas.",
        ),
        (
            quantity("2", "tablet"),
            r#""frequency": 1, "period": 1, "periodMax": 2, "periodUnit": "d""#,
            "2 tabletas, cada uno a dos días.",
        ),
        (range("1", "2", "patch"), daily, "de uno a dos parches, una vez al día."),
        (range("1", "2", "tablet"), daily, "de una a dos tabletas, una vez al día."),
        (range("21", "30", "mL"), daily, "de 21 a 30 mililitros, una vez al día."),
        (range("200", "300", "U"), daily, "de doscientas a trescientas unidades, una vez al día."),
        (quantity("2500", "U"), daily, "dos mil quinientas unidades, una vez al día."),
        (quantity("1000", "mg"), daily, "mil miligramos, una vez al día."),
        (quantity("1000000", "U"), daily, "un millón de unidades, una vez al día."),
    ] {
        assert_eq!(instructions_said(&dose, repeat), said);
    }
}

#[test]
fn what_is_done_with_a_medication_is_said_as_it_is_of_its_way_in_spanish() {
    let daily = r#""frequency": 1, "period": 1, "periodUnit": "d""#;
    for (dose, unit, route, said) in [
        ("20", "U", "Subcutaneous", "aplique 20 unidades debajo de la piel, una vez al día."),
        ("1", "drop", "Ophthalmic", "aplique una gota en el ojo, una vez al día."),
        ("1", "tablet", "Sublingual", "coloque una tableta debajo de la lengua, una vez al día."),
        ("2", "puff", "Inhalation", "haga 2 inhalaciones, una vez al día."),
        ("5", "mg", "Inhalation", "inhale 5 miligramos, una vez al día."),
        ("2", "tablet", "Oral", "tome 2 tabletas por la boca, una vez al día."),
    ] {
        let dose = format!(r#""route": {{"text": "{route}"}}, "doseQuantity": {{"value": {dose}, "unit": "{unit}"}}"#);
        assert_eq!(instructions_said(&dose, daily), said);
    }
    let applied = said_in_spanish(r#""route": {"text": "Topical"}, "timing": {"code": {"text": "QD"}}"#);
    assert_eq!(applied, "Las instrucciones dicen: aplíquelo sobre la piel, una vez al día.");
}

/// "Tomar" is to swallow, and nobody knows here whether it is a cream.
#[test]
fn nobody_is_told_in_spanish_to_swallow_what_may_be_no_pill() {
    let of = |dosage: &str| said_in_spanish(dosage);
    for dosage in [
        r#""route": {"text": "Topical"}"#,
        r#""text": "Apply 1 application OD""#,
        r#""route": {"text": "Topical"}, "timing": {"repeat": {"boundsPeriod": {"end": "2020-01-01"}}}"#,
    ] {
        let said = of(dosage);
        assert!(said.contains("usar") && !said.contains("tomar"), "{said}");
    }
}

#[test]
fn an_amount_of_nothing_is_told_to_be_that_beside_english_words_too() {
    let amount = r#""doseQuantity": {"value": 1, "unit": "each"}, "timing": {"repeat": {"frequency": 4, "period": 1, "periodUnit": "d"}}"#;
    let said = said_in_spanish(&format!(r#""text": "Apply to affected areas four times daily", {amount}"#));
    assert_eq!(
        said,
        "Una parte de las instrucciones dice: una cantidad de uno, 4 veces al día. Su expediente da esa cantidad sin decir de qué. Por \
         favor pregunte a su farmacéutico. Las instrucciones escritas, en inglés, dicen: Apply to affected areas four times \
         daily. Si no entiende el inglés, pida a su farmacéutico que se lo explique en español."
    );
    let said = said_in_spanish(&format!(r#""text": "Use 1 spray four times daily", {amount}"#));
    assert!(!said.contains("sin decir de qué"), "the words say of what: {said}");
}

/// What is said beside the Spanish words `text` of a structure with a dose, a way and how often.
fn beside_spanish_words(text: &str) -> String {
    let structure = r#""doseQuantity": {"value": 2, "unit": "tablet"}, "route": {"text": "Oral"},
        "timing": {"repeat": {"frequency": 1, "period": 8, "periodUnit": "h"}}"#;
    let said = said_in_spanish(&format!(r#""text": "{text}", {structure}"#));
    let (_, beside) = said.split_once(". ").unwrap_or_default();
    beside.to_owned()
}

#[test]
fn spanish_words_are_compared_with_the_structure() {
    assert_eq!(beside_spanish_words("Tome 2 tabletas por la boca cada 8 horas."), "");
    for (text, contradiction) in [
        ("Tome 1 tableta por la boca cada 8 horas.", "2 tabletas"),
        ("Tome una tableta y media por la boca cada 8 horas.", "2 tabletas"),
        ("Tome 2 tabletas por la boca cada 6 horas.", "cada 8 horas"),
        ("Aplique 2 tabletas en la vagina cada 8 horas.", "por la boca"),
    ] {
        let said = beside_spanish_words(text);
        let expected = format!("Pero otra parte de su expediente dice: {contradiction}.");
        assert!(said.starts_with(&expected), "{text}: {said}");
    }
    let lacking = beside_spanish_words("Tome 2 tabletas cada 8 horas.");
    assert_eq!(lacking, "Su expediente dice también: por la boca.");
}

#[test]
fn beside_spanish_words_that_are_not_known_all_of_the_structure_is_said() {
    let said = beside_spanish_words("Tome 2 tabletas por la boca cada 8 horas con jugo.");
    assert_eq!(said, "Su expediente dice también: 2 tabletas, por la boca, cada 8 horas.");
}

#[test]
fn what_lacks_a_unit_is_no_decimal_with_how_often_behind_it() {
    let daily = |times: &str| format!(r#""frequency": {times}, "period": 1, "periodUnit": "d""#);
    for (dose, said) in [
        (r#""doseQuantity": {"value": 1}"#, "una cantidad de uno, 4 veces al día."),
        (r#""doseQuantity": {"value": 2}"#, "una cantidad de dos, 4 veces al día."),
        (r#""doseRange": {"low": {"value": 1}, "high": {"value": 2}}"#, "una cantidad de uno a dos, 4 veces al día."),
    ] {
        let heard = instructions_said(dose, &daily("4"));
        assert!(heard.starts_with(said), "{heard}");
    }
}

#[test]
fn an_infusions_time_is_how_long_it_takes_and_a_limit_is_so_much_a_day() {
    let infused = r#""route": {"text": "Intravenous"}, "rateQuantity": {"value": 20, "unit": "min"}"#;
    assert_eq!(
        instructions_said(infused, r#""frequency": 1, "period": 3, "periodUnit": "wk""#),
        "aplíquelo en la vena, durante 20 minutos, cada 3 semanas."
    );
    let ratio = |dose: &str| {
        format!(
            r#""route": {{"text": "Intravenous"}}, "doseQuantity": {{"value": {dose}, "unit": "mg"}}, "rateRatio":
            {{"numerator": {{"value": 30, "unit": "mg"}}, "denominator": {{"value": 20, "unit": "min"}}}}"#
        )
    };
    for (dose, said) in [
        ("30", "aplique 30 miligramos en la vena, durante 20 minutos, cada 3 semanas."),
        ("60", "aplique 60 miligramos en la vena, a una velocidad de 30 miligramos en 20 minutos, cada 3 semanas."),
    ] {
        assert_eq!(instructions_said(&ratio(dose), r#""frequency": 1, "period": 3, "periodUnit": "wk""#), said);
    }
    let limited = |count: &str, unit: &str| {
        let per = format!(
            r#"{{"numerator": {{"value": 3, "unit": "TAB"}}, "denominator": {{"value": {count}, "unit": "{unit}"}}}}"#
        );
        said_in_spanish(&format!(
            r#""doseQuantity": {{"value": 1, "unit": "TAB"}}, "timing": {{"code": {{"text": "TID"}}}}, "asNeededBoolean": true,
            "maxDosePerPeriod": {per}"#
        ))
    };
    for (count, unit, said) in [
        ("1", "d", "No más de 3 tabletas al día."),
        ("1", "wk", "No más de 3 tabletas a la semana."),
        ("24", "h", "No más de 3 tabletas en 24 horas."),
    ] {
        let heard = limited(count, unit);
        assert!(heard.ends_with(said), "{heard}");
    }
}

#[test]
fn english_words_that_lack_a_dose_and_say_no_more_than_the_structure_are_said_in_spanish() {
    let as_needed = r#""asNeededBoolean": true"#;
    let said = said_in_spanish(&format!(r#""text": "Take as needed.", {as_needed}"#));
    assert_eq!(said, "Las instrucciones dicen: según sea necesario.");
    let said = said_in_spanish(&format!(r#""text": "Take 1 tablet as needed.", {as_needed}"#));
    assert!(said.contains("en inglés, dicen: Take 1 tablet as needed."), "{said}");
    let amount = r#""doseQuantity": {"value": 1, "unit": "each"}"#;
    let said = said_in_spanish(&format!(r#""text": "Take 1 as needed.", {amount}, {as_needed}"#));
    assert!(said.contains("en inglés, dicen: Take 1 as needed."), "{said}");
}

#[test]
fn a_patch_is_put_on_the_skin() {
    let patch = r#""route": {"text": "Transdermal"}, "doseQuantity": {"value": 1, "unit": "patch"}"#;
    let said = instructions_said(patch, r#""frequency": 1, "period": 1, "periodUnit": "wk""#);
    assert_eq!(said, "aplique un parche en la piel, una vez a la semana.");
}

#[test]
fn what_epic_calls_a_usual_reason_is_said_in_spanish() {
    let reason = |english: &str| {
        let json = format!(r#"{{"reasonCode": [{{"text": "{english}"}}]}}"#);
        let request = request(&json);
        let spoken = medication(Locale::EsUs, None, instructions(&request, false));
        spoken.purpose.iter().map(|sentence| sentence.expose().as_str()).collect::<Vec<_>>().join(" ")
    };
    assert!(reason("Restless legs syndrome").ends_with("para: el síndrome de piernas inquietas."));
    assert!(reason("Essential (primary) hypertension").ends_with("para: la presión alta."));
    assert!(reason("Disorder of electrolytes").ends_with("para: un trastorno de los electrolitos."));
}

#[test]
fn what_goes_in_is_put_in_and_usual_ways_in_words_are_said_in_spanish() {
    let daily = r#""frequency": 1, "period": 1, "periodUnit": "d""#;
    for (dose, unit, way, said) in [
        (
            "1",
            "suppository",
            r#""route": {"text": "Rectal"}"#,
            "introduzca un supositorio en el recto, una vez al día.",
        ),
        (
            "1",
            "lozenge",
            r#""method": {"text": "Suck"}"#,
            "disuelva en la boca una pastilla para chupar, una vez al día.",
        ),
        ("1", "ring", r#""route": {"text": "Vaginal"}"#, "introduzca un anillo en la vagina, una vez al día."),
        ("5", "mL", r#""route": {"text": "Mouth/Throat"}"#, "5 mililitros, en la boca y la garganta, una vez al día."),
        (
            "5",
            "mL",
            r#""method": {"text": "Swish & Spit"}"#,
            "5 mililitros, enjuagándose la boca y escupiéndolo después, una vez al día.",
        ),
    ] {
        let dose = format!(r#"{way}, "doseQuantity": {{"value": {dose}, "unit": "{unit}"}}"#);
        assert_eq!(instructions_said(&dose, daily), said);
    }
}

#[test]
fn every_third_day_is_told_to_have_two_meanings_unless_the_structure_tells_which() {
    let advice = "«Cada tercer día» puede significar cada 2 días o cada 3 días.";
    let said = |period: &str| {
        let timing = format!(r#""timing": {{"repeat": {{"frequency": 1, "period": {period}}}}}"#);
        said_in_spanish(&format!(r#""text": "Tome una tableta cada tercer dia", {timing}"#))
    };
    let alone = said_in_spanish(r#""text": "Tome una tableta cada tercer día""#);
    assert!(
        alone.starts_with("Las instrucciones dicen: Tome una tableta cada tercer día.") && alone.contains(advice),
        "{alone}"
    );
    for (period, told) in [
        (r#"2, "periodUnit": "d""#, "Su expediente dice también: cada 2 días."),
        (r#"72, "periodUnit": "h""#, "Su expediente dice también: cada 72 horas."),
    ] {
        let heard = said(period);
        assert!(heard.contains(told) && !heard.contains(advice), "{heard}");
    }
    let other = said(r#"1, "periodUnit": "d""#);
    assert!(other.contains("Pero otra parte de su expediente dice: una vez al día."), "{other}");
}

#[test]
fn what_is_needed_for_one_thing_or_another_is_said_so_in_spanish() {
    let said = |reason: &str| {
        said_in_spanish(&format!(
            r#""doseQuantity": {{"value": 2, "unit": "puff"}}, "asNeededCodeableConcept": {{"text": "{reason}"}}"#
        ))
    };
    assert!(
        said("SOB/wheezing").contains("para la falta de aire o los silbidos en el pecho"),
        "{}",
        said("SOB/wheezing")
    );
    assert!(said("n/v").contains("para las náuseas o el vómito"), "{}", said("n/v"));
    assert!(said("HA").contains("para el dolor de cabeza"), "{}", said("HA"));
    assert!(said("pain or nerves").contains("en inglés: pain or nerves"), "{}", said("pain or nerves"));
}

#[test]
fn a_course_behind_a_sign_is_understood_and_an_unclear_one_is_refused_in_spanish() {
    let structure = r#""doseAndRate": [{"doseQuantity": {"value": 1, "unit": "tablet"}}], "timing": {"repeat":
        {"frequency": 1, "period": 1, "periodUnit": "d", "boundsDuration": {"value": 1, "unit": "a"}}}"#;
    let said = |text: &str| said_in_spanish(&format!(r#""text": "{text}", {structure}"#));
    assert_eq!(said("1 tab daily x 1 yr"), "Las instrucciones dicen: una tableta, una vez al día, durante un año.");
    for text in ["1 tab daily x 90 dys", "Take 2 x 500 mg daily", "1 tab daily w/ BF"] {
        assert!(said(text).starts_with("No puedo leerle con seguridad"), "{}", said(text));
    }
}
