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
        ],
    );
}

#[test]
fn who_does_not_ask_for_a_person_gets_none_in_spanish() {
    all(None, &["no quiero hablar con nadie", "no necesito a nadie", "no quiero nada más"]);
}
