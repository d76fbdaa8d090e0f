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
