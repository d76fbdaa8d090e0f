//! What charts write in English over and over, in Spanish: whole phrases, looked up and never put together.

use super::agreement::{agreeing, and};
use super::form::FORMS;

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
        "with or without food" | "take with or without food" => "con o sin comida",
        "take with food or milk" | "with food or milk" => "con comida o con leche",
        "take with a full glass of water" | "with a full glass of water" => "con un vaso lleno de agua",
        "do not crush or chew" | "do not chew or crush" => "no lo triture ni lo mastique",
        "rinse mouth after use" | "rinse mouth after each use" => "enjuáguese la boca después de usarlo",
        "keep refrigerated" | "refrigerate" => "guárdelo en el refrigerador",
        "take in the morning" | "in the morning" => "por la mañana",
        "until finished" => "hasta terminarlo",
        "until gone" => "hasta que se acabe",
        "as directed" | "take as directed" | "use as directed" => "según las indicaciones",
        "shake well" | "shake well before use" => "agítelo bien antes de usarlo",
        "apply sparingly" => "aplique solamente una cantidad pequeña",
        "swallow whole" | "swallow whole. do not chew or crush" => "tráguelo entero, sin masticarlo ni triturarlo",
        "avoid alcohol" | "avoid alcoholic drink" => "evite las bebidas alcohólicas",
        "may cause drowsiness" => "puede causar sueño",
        "every four to six hours" => "cada 4 a 6 horas",
        "administer on alternate days" => "adminístrelo un día sí y otro no",
        "for external use only" | "external use only" => "solo para uso externo",
        "take with breakfast" | "with breakfast" => "con el desayuno",
        "take with dinner" | "with dinner" | "take with evening meal" => "con la cena",
        "take in the evening" | "in the evening" => "al anochecer",
        "take 1 hour before meals" | "take one hour before meals" => "una hora antes de las comidas",
        "take with water" | "with water" => "con agua",
        "do not take with grapefruit" | "avoid grapefruit" | "avoid grapefruit juice" => "evite la toronja y su jugo",
        "do not drink alcohol" | "do not take with alcohol" => "no tome bebidas alcohólicas",
        "may cause dizziness" => "puede causar mareos",
        "do not drive or operate machinery" => "no maneje ni opere maquinaria",
        "do not crush" => "no lo triture",
        "do not chew" => "no lo mastique",
        "chew before swallowing" => "mastíquelo antes de tragarlo",
        "dissolve under tongue" | "dissolve under the tongue" => "deje que se disuelva debajo de la lengua",
        "finish all medication" | "finish all of this medication" | "take until finished" | "take until gone" => {
            "hasta terminarlo"
        }
        "do not stop taking suddenly" => "no deje de tomarlo de repente",
        "avoid sun exposure" | "avoid direct sunlight" => "evite el sol directo",
        "rotate injection sites" | "rotate sites" => "cambie cada vez el lugar de la inyección",
        "wash hands after use" => "lávese las manos después de usarlo",
        "warning. may cause drowsiness. if affected do not drive or operate machinery. avoid alcoholic drink" => {
            "Advertencia. Puede causar sueño. Si le da sueño, no maneje ni opere maquinaria. Evite las bebidas alcohólicas"
        }
        "take at regular intervals. complete the prescribed course unless otherwise directed" => {
            "tómelo a intervalos regulares. Complete el tratamiento recetado, a menos que le indiquen otra cosa"
        }
        _ => return None,
    })
}

/// What leads to a reason in English.
const IN_ENGLISH: &str = "lo siguiente, en inglés:";

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
        "restless legs" | "restless legs syndrome" | "restless leg syndrome" => "el síndrome de piernas inquietas",
        "fibromyalgia" => "la fibromialgia",
        "hypertension" | "high blood pressure" => "la presión alta",
        "essential hypertension" => "la presión alta",
        "hypothyroidism" => "el hipotiroidismo",
        "hyperlipidemia" | "high cholesterol" => "el colesterol alto",
        "diabetes" | "diabetes mellitus" => "la diabetes",
        "type 2 diabetes mellitus" => "la diabetes tipo 2",
        "pcos (polycystic ovarian syndrome)" | "polycystic ovarian syndrome" | "polycystic ovary syndrome" | "pcos" => {
            "el síndrome de ovario poliquístico"
        }
        "type 1 diabetes mellitus" => "la diabetes tipo 1",
        "gerd" | "acid reflux" | "gastroesophageal reflux disease" => "el reflujo",
        "indigestion" => "la indigestión",
        "stomach pain" | "abdominal pain" => "el dolor de estómago",
        "joint pain" => "el dolor de las articulaciones",
        "nerve pain" => "el dolor de los nervios",
        "sore throat" => "el dolor de garganta",
        "infection" => "la infección",
        "urinary tract infection" => "la infección de las vías urinarias",
        "atrial fibrillation" => "la fibrilación auricular, un ritmo irregular del corazón",
        "heart failure" | "congestive heart failure" => "la insuficiencia cardíaca",
        "angina" => "la angina de pecho",
        "copd" => "la enfermedad pulmonar obstructiva crónica",
        "gout" => "la gota",
        "arthritis" => "la artritis",
        "osteoporosis" => "la osteoporosis",
        "epilepsy" => "la epilepsia",
        "seizures" => "las convulsiones",
        "swelling" | "edema" => "la hinchazón",
        "dizziness" => "los mareos",
        "glaucoma" => "el glaucoma",
        "anemia" => "la anemia",
        "benign prostatic hyperplasia" | "enlarged prostate" => "la próstata agrandada",
        "nasal congestion" | "congestion" => "la congestión nasal",
        "muscle cramps" => "los calambres",
        "contraception" | "birth control" => "evitar el embarazo",
        "polycystic ovaries" => "los ovarios poliquísticos",
        "community acquired pneumonia" => "la neumonía adquirida en la comunidad",
        "chronic lymphoid leukemia" => "la leucemia linfocítica crónica",
        "active duodenal ulcer" => "la úlcera duodenal activa",
        "otitis media" => "la infección del oído medio",
        other => match super::reason::reason(other) {
            Some(known) => known,
            None => return one_or_other(other).unwrap_or_else(|| format!("{IN_ENGLISH} {english}")),
        },
    };
    known.to_owned()
}

/// What something is for, where it is for the one or the other, and each of them has its words: "pain or fever".
fn one_or_other(english: &str) -> Option<String> {
    let (one, other) = english.split_once(" or ")?;
    let reasons = [reason(one), reason(other)];
    reasons.iter().all(|reason| !reason.starts_with(IN_ENGLISH)).then(|| reasons.join(" o "))
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
        "each nostril" | "both nostrils" => "en los dos orificios de la nariz",
        "affected areas" => "en las zonas afectadas",
        "affected area" => "en la zona afectada",
        _ => return None,
    })
}

/// A medication's name: the names stay, what the form and the strength are called is said in Spanish.
pub(super) fn name(english: &str) -> String {
    let (english, size) = without_size(english);
    let (english, pack) = without_pack(english);
    let with_forms =
        FORMS.iter().fold(format!(" {english} "), |words, (form, spanish)| replaced(&words, form, spanish, ","));
    let with_forms = with_days_behind(&with_forms);
    let behind = [pack.map(|days| format!(", paquete de {days} días")), size.map(|size| format!(", de {size}"))];
    let all = behind.into_iter().flatten().fold(with_forms.trim_end().to_owned(), |words, part| words + &part) + " ";
    let words = WORDS.iter().fold(all, |words, (word, spanish)| replaced(&words, word, spanish, ""));
    let words = agreeing(words.trim().trim_start_matches([',', ' ']));
    let words = words.split(' ').collect::<Vec<_>>();
    let said = words.iter().zip(words.iter().skip(1).chain([&""]));
    said.map(|(word, next)| if *word == "y" { and(next) } else { word }).collect::<Vec<_>>().join(" ")
}

/// A name in which the days that a form is for stand behind it: "21 day, sistema vaginal" is one of 21 days.
fn with_days_behind(words: &str) -> String {
    let found = words.rsplit_once(" day, ").and_then(|(before, form)| {
        let (before, days) = before.rsplit_once(' ')?;
        let is_number = !days.is_empty() && days.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| format!("{}, {} de {days} días ", before.trim_end_matches(','), form.trim_end()))
    });
    found.unwrap_or_else(|| words.to_owned())
}

/// A name without the size that stands before it: "24 hour", "0.3 milliliters", "60 actuations". In Spanish it follows: before the name it
/// would be heard as how often, or as how much.
fn without_size(english: &str) -> (&str, Option<&str>) {
    let mut words = english.splitn(3, ' ');
    let (Some(number), Some(unit), Some(name)) = (words.next(), words.next(), words.next()) else {
        return (english, None);
    };
    let is_size = number.starts_with(|c: char| c.is_ascii_digit())
        && matches!(unit, "hour" | "milliliter" | "milliliters" | "actuations")
        && name.starts_with(char::is_alphabetic);
    let size = english.get(..number.len() + 1 + unit.len());
    if is_size { (name, size) } else { (english, None) }
}

/// A name without the pack at its end, and how many days it is for.
fn without_pack(english: &str) -> (&str, Option<&str>) {
    const PACK: &str = " day pack";
    let at = english.len().saturating_sub(PACK.len());
    let before = english.get(..at).filter(|_| english.get(at..).is_some_and(|end| end.eq_ignore_ascii_case(PACK)));
    match before.and_then(|before| before.rsplit_once(' ')) {
        Some((name, days)) if days.bytes().all(|byte| byte.is_ascii_digit()) => (name, Some(days)),
        _ => (english, None),
    }
}

/// What stands between names, numbers and forms.
const WORDS: [(&str, &str); 48] = [
    ("milligrams magnesium", "miligramos de magnesio"),
    ("milligrams calcium", "miligramos de calcio"),
    ("milligrams iron", "miligramos de hierro"),
    ("milligrams base", "miligramos de base"),
    ("micrograms base", "microgramos de base"),
    ("brand name", "de marca"),
    ("per milliliter", "por mililitro"),
    ("per milligram", "por miligramo"),
    ("per gram", "por gramo"),
    ("per actuation", "por disparo"),
    ("per scoop", "por cucharada medidora"),
    ("per dose", "por dosis"),
    ("dose", "dosis"),
    ("per blister", "por blíster"),
    ("blister", "blíster"),
    ("per hour", "por hora"),
    ("per 12", "cada 12"),
    ("per 24", "cada 24"),
    ("per 72", "cada 72"),
    ("per", "por"),
    ("kilograms", "kilogramos"),
    ("milligrams", "miligramos"),
    ("milligram", "miligramo"),
    ("micrograms", "microgramos"),
    ("microgram", "microgramo"),
    ("milliliters", "mililitros"),
    ("milliliter", "mililitro"),
    ("milliequivalents", "miliequivalentes"),
    ("milliequivalent", "miliequivalente"),
    ("liter", "litro"),
    ("international units", "unidades internacionales"),
    ("units", "unidades"),
    ("unit", "unidad"),
    ("actuations", "disparos"),
    ("actuation", "disparo"),
    ("grams", "gramos"),
    ("gram", "gramo"),
    ("percent", "por ciento"),
    ("24 hour", "24 horas"),
    ("12 hour", "12 horas"),
    ("hours", "horas"),
    ("normal saline", "de solución salina"),
    ("day", "días"),
    ("and", "y"),
    ("or", "o"),
    ("in", "en"),
    ("slash", "barra"),
    ("dash", "guion"),
];

/// `words` with each `english` as `spanish`, behind `joint` where something stands before it.
fn replaced(words: &str, english: &str, spanish: &str, joint: &str) -> String {
    let lower = words.to_ascii_lowercase();
    let mut said = String::new();
    let mut from = 0;
    for (at, found) in lower.match_indices(&format!(" {english}")) {
        let end = at + found.len();
        if lower.get(end..).is_some_and(|rest| rest.starts_with([' ', ',', '.'])) {
            said.push_str(words.get(from..at).unwrap_or_default());
            // "Tableta de liberación prolongada", "325 miligramos por tableta": what qualifies follows without a pause.
            let is_thing = !["de ", "con ", "por "].iter().any(|word| spanish.starts_with(word));
            if !joint.is_empty() && !is_thing {
                said.truncate(said.trim_end_matches(',').len());
            } else if !said.trim().is_empty() && !said.ends_with(',') {
                said.push_str(joint);
            }
            said.push(' ');
            said.push_str(spanish);
            from = end;
            // "Tableta de 500 miligramos".
            let rest = lower.get(end..).unwrap_or_default().trim_start_matches(' ');
            if !joint.is_empty() && is_thing && rest.starts_with(|c: char| c.is_ascii_digit()) {
                said.push_str(" de");
            }
        }
    }
    said.push_str(words.get(from..).unwrap_or_default());
    said
}

fn key(english: &str) -> String {
    english.trim().trim_end_matches('.').to_lowercase().replace('’', "'")
}

#[cfg(test)]
mod tests;
