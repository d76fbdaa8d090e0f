//! The dialog in Spanish, as a medical interpreter in the United States would say it: formal, plain, and with the English
//! words beside the Spanish ones where people use them.

use super::verification::VERIFICATION;
use crate::speech::dialog::Dialog;
use crate::speech::number::with_decimals;

/// The dialog.
pub const DIALOG: Dialog = Dialog {
    verified: "Gracias. Su identidad está verificada.",
    refused_try_again: "Lo siento, no pude verificar su identidad con esos datos. Intentémoslo otra vez.",
    refused: "Lo siento, no pude verificar su identidad.",
    number_not_usable: "Lo siento, en esta línea no puedo verificar la identidad de quien llama.",
    outage: "Lo siento, en este momento no puedo consultar eso.",
    to_a_person: "Le comunico con una persona que puede ayudarle.",
    call_the_clinic: "Por favor llame directamente a su clínica u hospital, y allí le ayudarán.",
    call_the_clinic_at: "Por favor llame a su clínica u hospital, al {number}, y allí le ayudarán.",
    verify_first: "Antes de hablarle de sus medicamentos, necesito verificar su identidad.",
    goodbye: "Gracias por llamar.",
    count: |count, whole| {
        let medications = if count == 1 { "medicamento" } else { "medicamentos" };
        let count = super::number::counted(count, false);
        if whole {
            format!("Hay {count} {medications} en su lista.")
        } else {
            format!("Encontré {count} {medications} en su lista.")
        }
    },
    these: |now, left, first| {
        let number = |count| match count {
            2 => "dos".to_owned(),
            3 => "tres".to_owned(),
            more => more.to_string(),
        };
        match (now, first) {
            (_, true) if now == left => None,
            (1, true) => Some("Este es el primero.".to_owned()),
            (_, true) => Some(format!("Estos son los primeros {}.", number(now))),
            (1, false) if now == left => Some("Este es el último.".to_owned()),
            (_, false) if now == left => Some(format!("Estos son los últimos {}.", number(now))),
            (1, false) => Some("Este es el siguiente.".to_owned()),
            (_, false) => Some(format!("Estos son los siguientes {}.", number(now))),
        }
    },
    none: "No hay medicamentos actuales en su lista.",
    none_read: "No pude leer ningún medicamento de su lista. Eso no significa que no haya ninguno.",
    none_spoken: "No hay medicamentos en su lista de los que pueda hablarle en esta línea.",
    partial: "No pude leer la lista completa, así que puede haber más. Por favor pregunte por los demás en su clínica o a su \
              farmacéutico.",
    withheld: "Hay algo en su lista que no puedo decirle en esta línea. Una persona sí puede: diga, una persona por favor.",
    about_the_list: "Esta lista viene del expediente de su hospital. Es posible que no tenga todo lo que usted toma. Por favor \
                     no empiece a tomar, no deje de tomar ni cambie ningún medicamento por lo que dice. Si algo no le parece correcto, pregunte a \
                     su farmacéutico o a su médico.",
    once_a_turn: &[super::IF_ENGLISH_IS_NOT_UNDERSTOOD],
    more_to_come: |left| match left {
        1 => "Queda uno más. Para escucharlo, diga, más.".to_owned(),
        left => format!("Quedan {left} más. Para escucharlos, diga, más."),
    },
    end_of_list: "Ese es el final de su lista.",
    what_next: "Puede decir, repetir, o, una persona por favor, o, adiós.",
    verification: VERIFICATION,
    name: |name| with_decimals(&super::phrase_book::name(name), super::number::decimal),
    too_long: |name| {
        let name = if name.is_empty() { "un medicamento" } else { name };
        format!(
            "Las instrucciones de {name} son demasiado largas para leerlas en esta línea. Por favor pídaselas a su \
             farmacéutico."
        )
    },
    appointments: super::appointments::APPOINTMENTS,
    listening: super::listening::LISTENING,
    aside: super::aside::ASIDE,
};
