//! Words of someone who wants a person.

use super::pattern::{any, is_whole};

/// Left out where nothing else but a person is named.
const FILLERS: &[&str] = &[
    "please", "hi", "hello", "hey", "um", "uh", "ok", "okay", "just", "yes", "no", "can", "could", "may", "i", "get",
    "give", "me", "want", "need", "id", "like", "ill", "to", "now", "the", "a", "an", "another", "por", "favor",
    "hola", "si", "un", "una", "el", "la", "con", "quiero", "necesito", "deme", "oiga", "bueno", "quisiera", "otra",
    "su", "my", "thanks", "gracias",
];
/// Whoever says this and no more wants one.
const ALONE: &[&str] = &[
    "?real/live/human/actual person/human/agent/operator/representative/nurse/pharmacist/receptionist/people",
    "human being",
    "someone/somebody",
    "zero",
    "cero",
    "persona/humano/agente/operador/operadora/representante/alguien/enfermera/enfermero/farmaceutico/farmaceutica/asesor/\
     asesora/secretaria",
    "persona real/viva/humana",
    "interprete/traductor/traductora",
    "ser humano",
    "recepcion/recepcionista",
    "front desk",
    "farmacia",
];
/// Whoever says this among other things wants one.
const ANYWHERE: &[&str] = &[
    "talk/speak/talking/speaking/chat ?directly to/with … person/human/agent/operator/representative/nurse/pharmacist/\
     someone/somebody/anyone/anybody/people/receptionist/doctor",
    "connect/transfer/put/pass/switch me … person/human/agent/operator/representative/nurse/pharmacist/someone/somebody/\
     desk/reception",
    "get/give me … person/human/agent/operator/representative/nurse/pharmacist",
    "want/need/like/prefer a/an/the/another ?real/live/human/actual person/human/agent/operator/representative/nurse/\
     pharmacist/receptionist",
    "real/live/actual person/human/agent",
    "is there … person/someone/somebody/operator i can",
    "customer service",
    "the front desk",
    "alguien que me ayude/pueda/atienda",
    "atencion al cliente",
    "a person please",
    "human being",
    "hablar/comunicarme/comunicar/comunica/comunique/platicar/pasarme/pasar/pasa/transferir/transfiere … con … persona/\
     humano/agente/operador/operadora/representante/alguien/enfermera/enfermero/farmaceutico/farmaceutica/recepcionista/\
     recepcion/farmacia/doctor/doctora/medico/medica/secretaria/senorita/asesor/asesora/encargado/encargada/gente",
    "comuniqueme/paseme/conecteme/pongame/transfierame … persona/humano/agente/operador/operadora/representante/alguien/\
     enfermera/enfermero/farmaceutico/farmaceutica/recepcionista/recepcion/farmacia/doctor/doctora/medico/medica/\
     secretaria/senorita/asesor/asesora/encargado/encargada/interprete/traductor/traductora",
    "alguien/persona que hable",
    "hay … alguien/persona que/ahi",
    "una persona por favor",
    "quiero/necesito/prefiero/quisiera un/una/el/la persona/humano/agente/operador/operadora/representante/enfermera/\
     farmaceutico",
    "persona de verdad",
    "persona de carne y hueso",
    "mejor ?con una persona",
    "atienda/atender/atiende … persona/humano/agente/alguien",
    "pasame/comunicame/conectame/ponme/transfiereme … persona/humano/agente/operador/operadora/representante/alguien/\
     enfermera/enfermero/farmaceutico/farmaceutica/recepcionista/farmacia/doctor/doctora/interprete",
    "me pasa/pase/comunica ?por ?favor a … persona/agente/operadora/representante/alguien/enfermera/doctor/doctora",
    "hablar/comunicarme/platicar … con … supervisor/supervisora/gerente/muchacha/muchacho/trabajadora/clinica/hospital/\
     consultorio/interprete/traductor/traductora",
    "con quien puedo hablar",
    "quiero/necesito/quisiera/tiene/tienen/deme/pongame ?a ?un ?una interprete/traductor/traductora",
    // Whoever wants no robot.
    "no quiero ?hablar ?con ?a ?un ?una ?esta maquina/grabacion/robot/computadora/contestadora",
    "servicio al cliente",
];
/// Whoever says this doesn't.
const NOT: &[&str] = &[
    "dont/not want/need/like ?to ?talk/speak ?with ?to ?a/an/any/another/the ?real/live/human/actual person/human/agent/\
     operator/representative/nurse/pharmacist/receptionist/someone/somebody/anyone/anybody/people",
    "dont/not want/need/like you to",
    "not/no a/an person/agent/operator/human/representative",
    "no quiero/necesito ?hablar ?con ?a ?ningun ?ninguna ?un ?una ?el ?la ?otra persona/humano/agente/operador/operadora/\
     representante/alguien/nadie/enfermera/enfermero/farmaceutico/doctor/doctora/interprete/traductor/traductora",
];

/// Whether `words` ask for a person.
pub(super) fn heard(words: &[String]) -> bool {
    if any(words, NOT) {
        return false;
    }
    let left: Vec<String> = words.iter().filter(|word| !FILLERS.contains(&word.as_str())).cloned().collect();
    ALONE.iter().any(|pattern| is_whole(&left, pattern)) || any(words, ANYWHERE)
}
