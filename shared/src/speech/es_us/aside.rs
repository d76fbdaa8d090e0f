//! What answers words beside the matter, in Spanish.

use crate::speech::dialog::aside::AsideDialog;

/// The sentences.
pub(super) const ASIDE: AsideDialog = AsideDialog {
    moment: "Tómese su tiempo.",
    thanks: "Con mucho gusto.",
    here: "Aquí estoy.",
    machine: "Soy un sistema automático, no una persona.",
    no_keys: "No se preocupe. No necesita usar teclas.",
    only_yourself: "En esta línea solo puedo hablarle a cada persona de sus propios medicamentos.",
    ask_a_pharmacist: "Eso no lo puedo contestar en esta línea. Por favor pregunte a su farmacéutico o a su médico.",
    not_here: "En esta línea no puedo ayudarle con eso. Puedo decirle qué medicamentos hay en su lista y cómo se toman.",
    a_person_can: "Para hablar con una persona, diga, una persona por favor.",
    from_the_start: "Le vuelvo a preguntar desde el principio.",
};
