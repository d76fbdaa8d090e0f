//! The same in Spanish, as people from many countries say it.

use super::*;

#[test]
fn too_much_or_something_wrong_was_taken_in_spanish() {
    all(
        POISONING,
        &[
            "me tomé la pastilla por error",
            "le di la medicina por accidente",
            "me puse insulina de más",
            "me puse el doble de insulina",
            "me pasé de insulina",
            "se me fue la mano con la insulina",
            "me equivoqué de insulina",
            "me tomé dos en vez de una",
            "me tomé las pastillas de mi esposa",
            "me tomé la medicina de otra persona",
            "tomé unas pastillas que no eran mías",
            "el niño se comió mis pastillas",
            "se tragó unas pastillas",
            "se tomó mis pastillas mi sobrino",
            "me tomé toda la caja",
            "se tomó el frasco entero",
            "mi nieta tomó lejía",
            "se tomó el Fabuloso",
            "mezclé las pastillas con alcohol",
            "me picó un alacrán",
            "respiré gas",
            "le dieron de más",
        ],
    );
}

#[test]
fn someone_is_in_danger_in_spanish() {
    all(
        DANGER,
        &[
            "no puedo ni respirar",
            "no alcanzo a respirar",
            "no me entra el aire",
            "batallo mucho para respirar",
            "me falta la respiración",
            "me estoy quedando sin aire",
            "se me va el aire",
            "se está poniendo morado",
            "se atragantó",
            "está desmayada",
            "perdió la conciencia",
            "mi papá no me responde",
            "no tiene pulso",
            "me caí y no puedo pararme",
            "me pegué en la cabeza",
            "estoy echando sangre",
            "le está saliendo mucha sangre",
            "se me hinchó la lengua",
            "se me cerró la garganta",
            "se me está hinchando la cara",
            "huele a gas",
            "le dio un ataque",
            "se le torció la boca",
            "se me durmió el brazo",
            "no siento el brazo",
            "mi esposo no puede hablar",
            "arrastra las palabras",
            "marque al nueve uno uno",
            "quiero una ambulancia",
            "auxilio, mi esposo",
            "tengo falta de aire",
            "me duele el corazón",
            "me duele aquí en el pecho",
            "tengo punzadas en el pecho",
            "dolor en el brazo izquierdo",
            "convulsionó",
            "Socorro",
        ],
    );
}

#[test]
fn a_question_about_a_medicine_is_no_emergency_in_spanish() {
    all(
        None,
        &[
            "cuál es la medicina para la falta de aire",
            "dice que la tome dos veces al día",
            "la tomo con alimentos",
            "no puede hablar más despacio",
            "cuándo tomo las pastillas de mi presión",
            "ya se me acabaron las pastillas",
            "puedo mezclarla con jugo",
            "me toca la insulina",
            "cómo me pongo la insulina",
            "dígame más",
        ],
    );
}

#[test]
fn a_person_is_asked_for_in_spanish() {
    all(
        PERSON,
        &[
            "me puede comunicar con alguien",
            "me comunica con una enfermera",
            "me puede pasar con alguien",
            "páseme con la señorita",
            "quiero hablar con mi médico",
            "páseme a la farmacia",
            "comuníqueme con el doctor",
            "quiero alguien que hable español",
            "no quiero hablar con una máquina, quiero hablar con una persona",
            "hay alguien ahí",
            "pásame con un intérprete",
        ],
    );
}

#[test]
fn who_does_not_ask_for_a_person_gets_none_in_spanish() {
    all(None, &["no quiero hablar con nadie", "no necesito a nadie", "no quiero nada más", "no necesito intérprete"]);
}

#[test]
fn a_dose_taken_twice_or_in_anothers_place_is_heard_in_other_words_in_spanish() {
    all(
        POISONING,
        &[
            "me tomé dos veces la pastilla",
            "me la tomé dos veces",
            "me tome la pastilla dos veces",
            "se la tomó dos veces",
            "me puse dos veces la insulina",
            "me inyecté tres veces",
            "me tomé otra vez la pastilla",
            "volví a tomar la pastilla",
            "me tomé cuatro en vez de dos",
            "tomé más de la cuenta",
            "tomé más pastillas de las que debía",
            "me tomé muchas",
            "tomé muchas pastillas",
            "se tomó muchas pastillas",
            "mi mamá tomó muchas pastillas",
            "me tomé todas juntas",
            "se tomó toda la medicina",
            "me acabé el frasco",
            "me confundí de pastilla",
            "confundí las pastillas",
            "me tomé una pastilla que no era",
            "me eché las gotas que no eran",
            "mi nieto agarró mis pastillas",
            "el bebé se metió una pastilla a la boca",
            "ingirió cloro",
            "tomé pastillas con alcohol",
            "se me fue la mano",
            "creo que me intoxiqué",
            "la tomé dos veces por error",
        ],
    );
}

#[test]
fn danger_is_heard_in_other_words_in_spanish() {
    all(
        DANGER,
        &[
            "ataque cardíaco",
            "no me llega el aire",
            "se me cierra el pecho",
            "tengo el pecho apretado",
            "no puede hablar mi esposo",
            "se le cae la cara",
            "se le paralizó la cara",
            "se me paralizó el lado izquierdo",
            "se cayó y no se mueve",
            "no me puedo mover",
            "mi mamá no responde",
            "no puedo despertar a mi esposo",
            "no lo puedo despertar",
            "se quedó tieso",
            "me voy a desmayar",
            "mi mamá se muere",
            "es emergencia",
            "es una urgencia",
            "no es una emergencia",
            "me golpeé la cabeza",
            "me balearon",
        ],
    );
}

/// How often a pill is taken, how many there are, and what is no emergency.
#[test]
fn what_is_said_of_a_list_is_no_emergency_in_spanish() {
    all(
        None,
        &[
            "esto no es una emergencia",
            "no, no es una emergencia",
            "no es ninguna emergencia",
            "no tengo ninguna emergencia",
            "la tomo dos veces por día",
            "me la tomo dos veces al día",
            "la tomo 2 veces por semana",
            "me la tomo tres veces a la semana",
            "tomo muchas pastillas",
            "tengo muchas medicinas",
            "tomo muchos medicamentos y no sé cuáles son",
            "se me acabó el frasco",
            "me pegó un dolor de cabeza",
            "cuál es la medicina para las convulsiones",
            "qué me toca tomar",
            "puedo tomar alcohol con mis pastillas",
            "qué hago si se me olvida una pastilla",
            "me confundo con mis pastillas",
            "me equivoqué de fecha",
            "no le entendí",
        ],
    );
}

#[test]
fn an_interpreter_and_no_machine_are_a_person_in_spanish() {
    all(
        PERSON,
        &[
            "un intérprete, por favor",
            "necesito un intérprete",
            "tiene un traductor",
            "no quiero hablar con una máquina",
            "no quiero una grabación",
            "quiero que me atienda una persona",
            "me puede atender alguien",
            "pásame con alguien",
            "comunícame con una persona",
            "me pasa a alguien",
            "quiero hablar con un supervisor",
            "quiero hablar con la clínica",
            "con quién puedo hablar",
            "mejor una persona",
            "una persona de carne y hueso",
        ],
    );
    all(None, &["quién me atiende en mi cita", "mejor más despacio", "la clínica", "no quiero hablar con una persona"]);
}
