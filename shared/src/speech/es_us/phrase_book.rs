//! What charts write in English over and over, in Spanish: whole phrases, looked up and never put together.

/// An additional instruction: SNOMED's and pharmacies' usual ones.
pub(super) fn instruction(english: &str) -> Option<&'static str> {
    Some(match key(english).as_str() {
        "with or after food" | "take with or after food" => "con la comida o después de comer",
        "take with food" | "with food" => "con comida",
        "take with meals" | "with meals" => "con las comidas",
        "take on an empty stomach" | "on an empty stomach" => "con el estómago vacío",
        "take with plenty of water" | "with plenty of water" => "con bastante agua",
        "take before food" | "before food" => "antes de comer",
        "take at bedtime" | "taking at bedtime" | "at bedtime" => "al acostarse",
        "until finished" => "hasta terminarlo",
        "until gone" => "hasta que se acabe",
        "as directed" | "take as directed" | "use as directed" => "según las indicaciones",
        "shake well" | "shake well before use" => "agítelo bien antes de usarlo",
        "apply sparingly" => "aplique solamente una capa fina",
        "swallow whole" | "swallow whole. do not chew or crush" => "tráguelo entero, sin masticarlo ni triturarlo",
        "avoid alcohol" | "avoid alcoholic drink" => "evite las bebidas alcohólicas",
        "may cause drowsiness" => "puede causar sueño",
        "every four to six hours" => "cada 4 a 6 horas",
        "administer on alternate days" => "adminístrelo en días alternos",
        "for external use only" => "solo para uso externo",
        "warning. may cause drowsiness. if affected do not drive or operate machinery. avoid alcoholic drink" => {
            "Advertencia. Puede causar sueño. Si le da sueño, no maneje ni opere maquinaria. Evite las bebidas alcohólicas"
        }
        "take at regular intervals. complete the prescribed course unless otherwise directed" => {
            "tómelo a intervalos regulares. Complete el tratamiento recetado, a menos que le indiquen otra cosa"
        }
        _ => return None,
    })
}

/// What something is for, behind "para"; in English where there is no other word for it.
pub(super) fn reason(english: &str) -> String {
    let known = match key(english).as_str() {
        "pain" => "el dolor",
        "mild pain" => "el dolor leve",
        "moderate pain" => "el dolor moderado",
        "severe pain" => "el dolor fuerte",
        "rib pain" => "el dolor de costillas",
        "back pain" => "el dolor de espalda",
        "chest pain" => "el dolor de pecho",
        "headache" => "el dolor de cabeza",
        "migraine" => "la migraña",
        "fever" => "la fiebre",
        "cough" => "la tos",
        "nausea" => "las náuseas",
        "vomiting" => "el vómito",
        "nausea and vomiting" => "las náuseas y el vómito",
        "anxiety" => "la ansiedad",
        "depression" => "la depresión",
        "insomnia" => "el insomnio",
        "sleep" => "dormir",
        "itching" => "la comezón",
        "rash" => "el sarpullido",
        "allergies" => "las alergias",
        "shortness of breath" => "la falta de aire",
        "wheezing" => "los silbidos en el pecho",
        "asthma" => "el asma",
        "constipation" => "el estreñimiento",
        "diarrhea" => "la diarrea",
        "traveller's diarrhea" | "traveler's diarrhea" => "la diarrea del viajero",
        "heartburn" => "la acidez",
        "muscle spasms" => "los espasmos musculares",
        "dysmenorrhea" => "los cólicos menstruales",
        "restless legs" => "las piernas inquietas",
        "fibromyalgia" => "la fibromialgia",
        "hypertension" | "high blood pressure" => "la presión alta",
        "essential hypertension" => "la presión alta",
        "hypothyroidism" => "el hipotiroidismo",
        "hyperlipidemia" | "high cholesterol" => "el colesterol alto",
        "diabetes" | "diabetes mellitus" => "la diabetes",
        "type 2 diabetes mellitus" => "la diabetes tipo 2",
        "polycystic ovaries" => "los ovarios poliquísticos",
        "community acquired pneumonia" => "la neumonía adquirida en la comunidad",
        "chronic lymphoid leukemia" => "la leucemia linfocítica crónica",
        "active duodenal ulcer" => "la úlcera duodenal activa",
        "otitis media" => "la infección del oído medio",
        _ => return format!("lo siguiente, en inglés: {english}"),
    };
    known.to_owned()
}

/// A place on the body.
pub(super) fn site(english: &str) -> Option<&'static str> {
    Some(match key(english).as_str() {
        "left arm" => "en el brazo izquierdo",
        "right arm" => "en el brazo derecho",
        "left upper arm" | "entire left upper arm" => "en la parte superior del brazo izquierdo",
        "right upper arm" | "entire right upper arm" => "en la parte superior del brazo derecho",
        "left eye" => "en el ojo izquierdo",
        "right eye" => "en el ojo derecho",
        "both eyes" => "en los dos ojos",
        "left ear" => "en el oído izquierdo",
        "right ear" => "en el oído derecho",
        "both ears" => "en los dos oídos",
        "abdomen" => "en el abdomen",
        "left thigh" => "en el muslo izquierdo",
        "right thigh" => "en el muslo derecho",
        "scalp" => "en el cuero cabelludo",
        "face" => "en la cara",
        "affected area" => "en la zona afectada",
        _ => return None,
    })
}

/// A medication's name: the names stay, what the form and the strength are called is said in Spanish.
pub(super) fn name(english: &str) -> String {
    /// Longer ones first.
    const FORMS: [(&str, &str); 30] = [
        ("extended release oral tablet", "tableta oral de liberación prolongada"),
        ("extended release oral capsule", "cápsula oral de liberación prolongada"),
        ("delayed release oral tablet", "tableta oral de liberación retardada"),
        ("delayed release oral capsule", "cápsula oral de liberación retardada"),
        ("oral tablet", "tableta oral"),
        ("oral capsule", "cápsula oral"),
        ("oral solution", "solución oral"),
        ("oral suspension", "suspensión oral"),
        ("injectable solution", "solución inyectable"),
        ("injectable suspension", "suspensión inyectable"),
        ("inhalation solution", "solución para inhalar"),
        ("inhalation suspension", "suspensión para inhalar"),
        ("topical ointment", "pomada para la piel"),
        ("topical cream", "crema para la piel"),
        ("nasal spray", "aerosol nasal"),
        ("brand name", "de marca"),
        ("per milliliter", "por mililitro"),
        ("per milligram", "por miligramo"),
        ("milligrams", "miligramos"),
        ("milligram", "miligramo"),
        ("micrograms", "microgramos"),
        ("milliliters", "mililitros"),
        ("milliliter", "mililitro"),
        ("units", "unidades"),
        ("grams", "gramos"),
        ("tablet", "tableta"),
        ("capsule", "cápsula"),
        ("injection", "inyección"),
        ("percent", "por ciento"),
        ("hour", "horas"),
    ];
    let mut words = format!(" {english} ");
    for (form, spanish) in FORMS {
        let lower = words.to_ascii_lowercase();
        let needle = format!(" {form}");
        let mut said = String::new();
        let mut from = 0;
        for (at, found) in lower.match_indices(&needle) {
            let end = at + found.len();
            if lower.get(end..).is_some_and(|rest| rest.starts_with([' ', ',', '.'])) {
                said.push_str(words.get(from..at).unwrap_or_default());
                said.push(' ');
                said.push_str(spanish);
                from = end;
            }
        }
        said.push_str(words.get(from..).unwrap_or_default());
        words = said;
    }
    words.trim().to_owned()
}

fn key(english: &str) -> String {
    english.trim().trim_end_matches('.').to_lowercase().replace('’', "'")
}
