//! Verification in Spanish.

use super::super::dialog::verification::VerificationDialog;
use super::Spanish;
use crate::speech::language::{Language as _, When};

/// The sentences.
pub(super) const VERIFICATION: VerificationDialog = VerificationDialog {
    phone_number: "¿Cuál es el número de teléfono que aparece en su expediente? Diga o marque los diez dígitos.",
    birth_date: "¿Cuál es su fecha de nacimiento? Diga el día, el mes y el año.",
    gender: "¿Qué sexo o género aparece en su expediente? Diga femenino, masculino, no binario, equis u otro. O marque 1 \
             para femenino, 2 para masculino, 3 para otro.",
    first_name: "¿Cuál es su nombre, sin el apellido?",
    last_name: "¿Cuál es su apellido? Si tiene dos en su expediente, diga los dos.",
    postal_code: "¿Cuál es el código postal de su casa? Diga o marque los cinco dígitos.",
    record_number: "¿Cuáles son los últimos cuatro dígitos de su número de expediente médico? Dígalos o márquelos.",
    spell_first_name: "Por favor deletree su nombre, sin el apellido, letra por letra.",
    spell_last_name: "Por favor deletree su apellido, letra por letra.",
    not_heard: "No le entendí.",
    birth_date_heard: |date| format!("Entendí {}.", Spanish.date(When::Day(date))),
    say_no: "Si no es correcto, diga, no.",
    press_four: "Si no es correcto, marque 4.",
    is_that_right: "¿Es correcto? Diga sí o no, o marque 1 para sí, 2 para no.",
    yes_or_no: "Por favor diga sí o no, o marque 1 para sí, 2 para no.",
    birth_date_again: "Está bien, intentémoslo otra vez.",
    other_number: "Si en su expediente hay otro número de teléfono que no es el de esta llamada, diga, otro número.",
};
