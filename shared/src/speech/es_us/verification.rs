//! Verification in Spanish.

use super::super::dialog::verification::{Question, VerificationDialog};
use super::Spanish;
use crate::speech::language::{Language as _, When};

/// The sentences.
pub(super) const VERIFICATION: VerificationDialog = VerificationDialog {
    phone_number: Question {
        asks: "¿Qué número de teléfono aparece en su expediente?",
        on_the_phone: "Diga o marque los diez dígitos.",
        in_writing: "Escriba los diez dígitos.",
    },
    birth_date: Question {
        asks: "¿Cuál es su fecha de nacimiento?",
        on_the_phone: "Diga el día, el mes y el año, o marque dos dígitos para el mes, dos para el día y cuatro para el \
                       año, y luego oprima la tecla de número, o gato.",
        in_writing: "Escriba el día, el mes y el año, por ejemplo, 5 de enero de 1950.",
    },
    birth_date_impossible: Question {
        asks: "No entendí la fecha de nacimiento.",
        on_the_phone: "Por favor diga el día, el mes y el año, por ejemplo, cinco de enero de mil novecientos cincuenta. O \
                       marque dos dígitos para el mes, dos para el día y cuatro para el año, y luego oprima la tecla de \
                       número, o gato.",
        in_writing: "Por favor escriba el día, el mes y el año, por ejemplo, 5 de enero de 1950.",
    },
    birth_date_without_year: Question {
        asks: "También necesito el año.",
        on_the_phone: "Por favor diga el día, el mes y el año en que nació.",
        in_writing: "Por favor escriba el día, el mes y el año en que nació.",
    },
    gender: Question {
        asks: "¿Qué sexo o género aparece en su expediente?",
        on_the_phone: "Diga femenino, masculino, no binario, equis u otro. También puede oprimir 1 para femenino, 2 para \
                       masculino o 3 para otro.",
        in_writing: "Escriba femenino, masculino, no binario, equis u otro.",
    },
    first_name: Question {
        asks: "¿Cuál es su nombre, sin el apellido, tal como aparece en su expediente?",
        on_the_phone: "",
        in_writing: "",
    },
    last_name: Question {
        asks: "¿Cuál es su apellido, tal como aparece en su expediente?",
        on_the_phone: "Si tiene dos, diga los dos.",
        in_writing: "Si tiene dos, escriba los dos.",
    },
    postal_code: Question {
        asks: "¿Cuál es el código postal de su casa?",
        on_the_phone: "Diga o marque los cinco dígitos.",
        in_writing: "Escriba los cinco dígitos.",
    },
    record_number: Question {
        asks: "¿Cuáles son los últimos cuatro dígitos de su número de expediente médico?",
        on_the_phone: "Dígalos o márquelos.",
        in_writing: "Escriba solo esos cuatro.",
    },
    spell_first_name: Question {
        asks: "",
        on_the_phone: "Por favor deletree su nombre, sin el apellido, letra por letra.",
        in_writing: "Por favor escriba su nombre, sin el apellido, tal como aparece en su expediente.",
    },
    spell_last_name: Question {
        asks: "",
        on_the_phone: "Por favor deletree su apellido, letra por letra.",
        in_writing: "Por favor escriba su apellido, tal como aparece en su expediente.",
    },
    not_heard: "No le entendí.",
    birth_date_heard: |date| format!("Entendí {}.", Spanish.date(When::Day(date))),
    say_no: Question {
        asks: "",
        on_the_phone: "Si no es correcto, diga, no.",
        in_writing: "Si no es correcto, escriba no.",
    },
    press_four: "Si no es correcto, oprima 4.",
    is_that_right: Question {
        asks: "¿Es correcto?",
        on_the_phone: "Diga sí o no, u oprima 1 para sí o 2 para no.",
        in_writing: "Escriba sí o no.",
    },
    birth_date_again: "Está bien, intentémoslo otra vez.",
    other_number: "Si en su expediente hay otro número de teléfono que no es el de esta llamada, diga, otro número.",
};
