//! What answers a caller who is not understood, asks for help, or is in danger, in Spanish.

use crate::speech::dialog::listening::ListeningDialog;

/// The sentences.
pub(super) const LISTENING: ListeningDialog = ListeningDialog {
    emergency: "Si esto es una emergencia, cuelgue y marque el {number}.",
    poison_control: "Si usted u otra persona tomó demasiado de algo, también puede llamar al Centro de Control de \
                     Envenenamiento, al {number}.",
    crisis_lifeline: "Si usted u otra persona está pensando en el suicidio o en hacerse daño, también puede llamar a la Línea de \
                      Prevención del Suicidio y Crisis, al {number}, a cualquier hora.",
    not_understood: "No le entendí. Puede decir, ayuda, o, una persona por favor.",
    not_understood_again: "Lo siento, sigo sin entender.",
    help_unverified: "Para escuchar sus medicamentos, diga, comenzar. Para hablar con una persona, diga, una persona por \
                      favor. Para terminar la llamada, diga, adiós.",
    keys_unverified: "O use las teclas: 1 para verificar su identidad, 9 para terminar la llamada, 0 para una persona.",
    help_verified: "Puede decir, medicamentos, o, más, repetir, más despacio, deletrear, cuántos son, o, cuándo es mi próxima \
                    cita. De un medicamento puede preguntar, cómo lo tomo, o, para qué es, con su nombre. Para hablar con una \
                    persona, diga, una persona por favor. Para terminar la llamada, diga, adiós.",
    keys_verified: "O use las teclas: 1 para sus medicamentos, 2 para más, 3 para escucharlo otra vez, 4 para su próxima cita, \
                    5 para ir más despacio, 6 para deletrear el nombre, 7 para saber cuántos son, 8 para saber cómo tomar el \
                    último, 9 para terminar la llamada, 0 para una persona.",
    help_in_a_question: "Le pregunto esto para confirmar quién es usted. Para hablar con una persona, diga, una persona por \
                         favor.",
    stopped: "Está bien.",
    to_hear_them: "Para escuchar la lista, diga, medicamentos.",
    which_medication: "¿De qué medicamento me habla? Por favor diga el nombre.",
    not_on_the_list: "No encuentro un medicamento con ese nombre en su lista. Para escuchar la lista, diga, medicamentos.",
    which_of_two: "¿Se refiere a {name}, o a {other}? Por favor diga cuál.",
    which_of_many: "Varios medicamentos de su lista suenan así. Por favor diga el nombre completo del que le interesa.",
    about: "Sobre {name}.",
    this_medication: "este medicamento",
    purpose_unknown: "Su expediente no me dice para qué es {name}. Por favor pregunte a su farmacéutico o a su médico.",
    spelled: "{name} se deletrea {letters}.",
    not_spelled: "No tengo ningún nombre que deletrear. Diga, medicamentos, para escuchar primero su lista.",
};
