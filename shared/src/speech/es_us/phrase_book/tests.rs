//! Usual phrases and names in Spanish.

use super::*;

#[test]
fn a_reason_that_is_known_is_said_in_spanish_and_any_other_is_said_to_be_english() {
    assert_eq!(reason("Chronic Kidney Disease"), "la enfermedad crónica de los riñones");
    assert_eq!(reason("Essential hypertension"), "la presión alta");
    assert_eq!(reason("Pain score 4 to 6"), "lo siguiente, en inglés: Pain score 4 to 6");
}

#[test]
fn a_name_keeps_its_names_and_its_form_and_strength_are_spanish() {
    for (english, spanish) in [
        ("lisinopril 10 milligrams Oral Tablet", "lisinopril 10 miligramos, tableta oral"),
        (
            "drospirenone-ethinyl estradiol tablet 3 and 0.02 milligrams",
            "drospirenone-ethinyl estradiol, tableta de 3 y 0.02 miligramos",
        ),
        ("Vicodin 5 slash 500 Oral Tablet", "Vicodin 5 barra 500, tableta oral"),
        ("Camila 28 day Pack", "Camila, paquete de 28 días"),
        (
            "24 hour metformin 500 milligrams Extended Release Oral Tablet",
            "metformin 500 miligramos, tableta oral de liberación prolongada, de 24 horas",
        ),
        (
            "0.3 milliliters Epinephrine 1 milligram per milliliter Auto-Injector",
            "Epinephrine un miligramo por mililitro, autoinyector, de 0.3 mililitros",
        ),
        ("Aspirin 81 milligrams Oral Tablet", "Aspirin ochenta y un miligramos, tableta oral"),
        ("Vitamin D2 50,000 units Oral Capsule", "Vitamin D2 cincuenta mil unidades, cápsula oral"),
        ("insulin degludec 200 units per milliliter", "insulin degludec doscientas unidades por mililitro"),
        (
            "Percocet 5 and 325 milligrams per tablet, 2 milligrams per dose",
            "Percocet 5 y 325 miligramos por tableta, 2 miligramos por dosis",
        ),
        ("NuvaRing 0.015 milligrams per 24 hours", "NuvaRing 0.015 miligramos cada 24 horas"),
        ("Injectafer", "Injectafer"),
        (
            "60 actuations salmeterol 0.05 milligrams per actuation Dry Powder Inhaler",
            "salmeterol 0.05 miligramos por disparo, inhalador de polvo seco, de 60 disparos",
        ),
        (
            "enoxaparin 40 milligrams per 0.4 milliliters syringe",
            "enoxaparin 40 miligramos por 0.4 mililitros, jeringa",
        ),
        ("hydrocortisone 1 percent topical cream", "hydrocortisone 1 por ciento, crema para la piel"),
        ("ciclopirox 8 percent Topical Solution", "ciclopirox 8 por ciento, solución para la piel"),
        ("metoprolol extended-release 50 milligrams", "metoprolol de liberación prolongada 50 miligramos"),
        (
            "metoprolol 25 milligrams tablet, extended release 24 hour",
            "metoprolol 25 miligramos, tableta de liberación prolongada de 24 horas",
        ),
        (
            "guaifenesin 600 milligrams tablet, extended release 12 hour",
            "guaifenesin 600 miligramos, tableta de liberación prolongada de 12 horas",
        ),
        (
            "omeprazole 20 milligrams capsule, delayed release, DR/EC",
            "omeprazole 20 miligramos, cápsula de liberación retardada, con capa entérica",
        ),
        ("tamsulosin 0.4 milligrams 24 hour capsule", "tamsulosin 0.4 miligramos, cápsula de 24 horas"),
        (
            "hydrocodone-acetaminophen 5 and 325 milligrams per tablet",
            "hydrocodone-acetaminophen 5 y 325 miligramos por tableta",
        ),
        (
            "ferrous sulfate 325 milligrams, 65 milligrams iron, tablet",
            "ferrous sulfate 325 miligramos, 65 miligramos de hierro, tableta",
        ),
        (
            "semaglutide 0.25 milligrams or 0.5 milligrams pen injector",
            "semaglutide 0.25 miligramos o 0.5 miligramos, pluma inyectora",
        ),
        (
            "Omeprazole 20 milligrams oral delayed-release capsules",
            "Omeprazole 20 miligramos, cápsulas orales de liberación retardada",
        ),
        ("diclofenac 1 percent gel", "diclofenac 1 por ciento, gel"),
        (
            "hydrocodone and Ibuprofen 200 milligrams Oral Tablet",
            "hydrocodone e Ibuprofen 200 miligramos, tableta oral",
        ),
        ("acyclovir tablet 400 milligrams", "acyclovir, tableta de 400 miligramos"),
        (
            "NuvaRing 0.015 milligrams per 24 hours 21 day Vaginal System",
            "NuvaRing 0.015 miligramos cada 24 horas, sistema vaginal de veintiún días",
        ),
    ] {
        assert_eq!(name(english), spanish);
    }
}
