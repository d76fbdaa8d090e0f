//! What charts write, and what a listener hears of it in English and in Spanish: our own tables, apart from those that
//! make the sentences.

/// How charts write something; what is heard of it in English; in Spanish.
pub(crate) type Row = (&'static str, &'static [&'static str], &'static [&'static str]);

/// Units: how charts write them; what is heard of them in English, in Spanish.
pub(crate) const UNITS: [(&[&str], &[&str], &[&str]); 24] = [
    (&["tab", "tablet", "{tbl}", "tablets"], &["tablet"], &["tableta"]),
    (&["capsule", "capsules"], &["capsule"], &["cápsula"]),
    (&["mg"], &["milligram"], &["miligramo"]),
    (&["mcg", "ug"], &["microgram"], &["microgramo"]),
    (&["g"], &["gram"], &["gramo"]),
    (&["ml"], &["milliliter"], &["mililitro"]),
    (&["u", "[iu]"], &["unit"], &["unidad"]),
    (&["drop"], &["drop"], &["gota"]),
    (&["puff"], &["puff"], &["inhalacion", "inhalación"]),
    (&["spray"], &["spray"], &["rociada"]),
    (&["patch"], &["patch"], &["parche"]),
    (&["suppository"], &["suppositor"], &["supositorio"]),
    (&["meq"], &["milliequivalent"], &["miliequivalente"]),
    (&["mg/kg"], &["milligrams per kilogram", "milligram per kilogram"], &["por kilogramo"]),
    (&["ml/hr", "ml/h"], &["per hour"], &["por hora"]),
    (&["ug/min"], &["per minute"], &["por minuto"]),
    (&["h"], &["hour"], &["hora"]),
    (&["d"], &["day", "daily"], &["día"]),
    (&["wk"], &["week"], &["semana"]),
    (&["mo"], &["month"], &["mes"]),
    (&["min"], &["minute"], &["minuto"]),
    (&["a"], &["year"], &["año"]),
    (&["s"], &["second"], &["segundo"]),
    (&["ea", ""], &[""], &[""]),
];
/// Routes, by a part of how charts write them.
pub(crate) const ROUTES: [Row; 21] = [
    ("left eye", &["left eye"], &["ojo izquierdo"]),
    ("right eye", &["right eye"], &["ojo derecho"]),
    ("both eyes", &["both eyes", "each eye"], &["los dos ojos", "ambos ojos"]),
    ("left ear", &["left ear"], &["oído izquierdo"]),
    ("right ear", &["right ear"], &["oído derecho"]),
    ("both ears", &["both ears", "each ear"], &["los dos oídos", "ambos oídos"]),
    ("left nare", &["left nostril"], &["orificio izquierdo de la nariz"]),
    ("right nare", &["right nostril"], &["orificio derecho de la nariz"]),
    ("each nare", &["each nostril", "both nostrils"], &["cada orificio de la nariz"]),
    ("oral", &["mouth", "swallow"], &["por la boca", "por vía oral"]),
    ("intravenous", &["vein", "intravenous"], &["vena"]),
    ("intramuscular", &["muscle", "intramuscular"], &["músculo"]),
    ("subcutaneous", &["under the skin", "subcutaneously"], &["debajo de la piel"]),
    ("topical", &["skin", "topical"], &["piel"]),
    ("nasal", &["nose"], &["nariz"]),
    ("ophthalmic", &["eye"], &["ojo"]),
    ("otic", &["ear"], &["oído"]),
    ("rectal", &["rectum"], &["recto"]),
    ("vaginal", &["vagina"], &["vagina"]),
    ("inhalation", &["breathing", "inhale"], &["inhal", "inhál"]),
    ("sublingual", &["under the tongue"], &["lengua"]),
];
pub(crate) const MOMENTS: [Row; 17] = [
    ("HS", &["bedtime"], &["acostarse"]),
    ("WAKE", &["waking"], &["despertarse"]),
    ("MORN", &["morning"], &["mañana"]),
    ("NOON", &["noon"], &["mediodía"]),
    ("AFT", &["afternoon"], &["tarde"]),
    ("EVE", &["evening"], &["anochecer"]),
    ("NIGHT", &["night"], &["noche"]),
    ("C", &["with meals"], &["con las comidas"]),
    ("AC", &["before meals"], &["antes de las comidas"]),
    ("PC", &["after meals"], &["después de las comidas"]),
    ("CM", &["with breakfast"], &["con el desayuno"]),
    ("ACM", &["before breakfast"], &["antes del desayuno"]),
    ("PCM", &["after breakfast"], &["después del desayuno"]),
    ("ACD", &["before lunch"], &["antes del almuerzo"]),
    ("PCD", &["after lunch"], &["después del almuerzo"]),
    ("ACV", &["before dinner"], &["antes de la cena"]),
    ("PCV", &["after dinner"], &["después de la cena"]),
];
pub(crate) const DAYS: [Row; 7] = [
    ("mon", &["monday"], &["lunes"]),
    ("tue", &["tuesday"], &["martes"]),
    ("wed", &["wednesday"], &["miércoles"]),
    ("thu", &["thursday"], &["jueves"]),
    ("fri", &["friday"], &["viernes"]),
    ("sat", &["saturday"], &["sábado"]),
    ("sun", &["sunday"], &["domingo"]),
];
/// What to do with it, by the first words or SNOMED's code. In each language one of several forms, of which every part
/// (between bars) is heard.
pub(crate) const METHODS: [(&[&str], &[&str], &[&str]); 22] = [
    (&["take", "419652001"], &["take"], &["tom"]),
    (&["administer", "give", "418283001", "419582001"], &["give", "administer"], &["dé ", "délo", "administr"]),
    (&["use", "419385000"], &["use"], &["use ", "úselo"]),
    (&["swish and swallow", "421298005"], &["swish|swallow"], &["enjuáguese|trague", "enjuáguese|tráguelo"]),
    (&["swallow", "421521009"], &["swallow"], &["trague", "tráguelo"]),
    (&["chew", "419747000"], &["chew"], &["mastique", "mastíquelo"]),
    (&["dissolve", "421682005"], &["dissolve"], &["disuelva", "disuélvalo"]),
    (&["suck", "420045007"], &["suck"], &["chupe", "chúpelo"]),
    (&["drink"], &["drink"], &["beba", "bébalo"]),
    (&["inject", "422145002"], &["inject"], &["inyecte", "inyéctelo"]),
    (&["infuse"], &["infuse", "infusion"], &["infusión"]),
    (&["inhale", "421134003"], &["inhal", "puff"], &["inhal", "inhál"]),
    (&["spray"], &["spray"], &["rocíe", "rocíelo", "rociada"]),
    (&["apply", "417924000"], &["apply"], &["aplique", "aplíquelo"]),
    (&["rub"], &["rub "], &["frote", "frótelo"]),
    (&["instill", "421538008"], &["instill"], &["ponga", "póngalo"]),
    (&["insert", "421257003"], &["insert"], &["introduzca", "introdúzcalo"]),
    (&["place", "421066005"], &["place"], &["coloque", "colóquelo"]),
    (&["gargle"], &["gargle"], &["gárgaras"]),
    (&["rinse", "swish", "421805007"], &["rinse", "swish"], &["enjuáguese"]),
    (&["sniff", "420360002"], &["sniff"], &["aspire", "aspírelo"]),
    (&["wash", "422152000"], &["wash"], &["lávese"]),
];
/// Places on the body, for who listens in Spanish.
pub(crate) const SITES: [(&str, &[&str]); 7] = [
    ("left arm", &["brazo izquierdo"]),
    ("right arm", &["brazo derecho"]),
    ("entire left upper arm", &["parte superior del brazo izquierdo"]),
    ("left eye", &["ojo izquierdo"]),
    ("abdomen", &["abdomen"]),
    ("left thigh", &["muslo izquierdo"]),
    ("scalp", &["cuero cabelludo"]),
];
/// Additional instructions: what is heard where it isn't their own words, and in Spanish. A Spanish listener hears those
/// that no row has in English.
pub(crate) const INSTRUCTIONS: [Row; 20] = [
    ("with or after food", &[], &["con la comida o después de comer", "con comida o después de comer"]),
    ("take with food", &[], &["con comida", "con la comida", "con alimentos"]),
    ("on an empty stomach", &[], &["estómago vacío"]),
    ("take with plenty of water", &[], &["bastante agua"]),
    ("take at bedtime", &["bedtime"], &["acostarse"]),
    ("taking at bedtime", &["bedtime"], &["acostarse"]),
    ("take in the morning", &["in the morning"], &["por la mañana"]),
    ("do not crush or chew", &[], &["no lo triture ni lo mastique"]),
    ("swallow whole", &[], &["entero"]),
    ("shake well", &[], &["agítelo bien"]),
    ("apply sparingly", &[], &["cantidad pequeña", "poca cantidad"]),
    ("until finished", &[], &["hasta terminarlo"]),
    ("as directed", &[], &["según las indicaciones"]),
    ("avoid alcohol", &[], &["evite las bebidas alcohólicas"]),
    ("for external use only", &[], &["uso externo"]),
    ("administer on alternate days", &[], &["un día sí y otro no"]),
    ("every four to six hours", &["every four to six hours", "every 4 to 6 hours"], &["cada 4 a 6 horas"]),
    ("take 30 min before meals", &["30 minutes before meals"], &[]),
    (
        "warning. may cause drowsiness. if affected do not drive or operate machinery. avoid alcoholic drink",
        &[],
        &["puede causar sueño. si le da sueño, no maneje ni opere maquinaria. evite las bebidas alcohólicas"],
    ),
    (
        "take at regular intervals. complete the prescribed course unless otherwise directed",
        &[],
        &["a intervalos regulares. complete el tratamiento recetado, a menos que le indiquen otra cosa"],
    ),
];
/// Words for the patient that nothing else says: they are heard as they stand, in either language.
pub(crate) const PATIENT_INSTRUCTIONS: [&str; 5] = [
    "Drink plenty of water.",
    "Do not stop suddenly",
    "Call the clinic if the rash gets worse.",
    "Bring the empty box to your next visit",
    "Skip the dose if you feel dizzy",
];
/// What limits are for, beside those for a time.
pub(crate) const LIMITS: [Row; 2] = [
    ("maxDosePerAdministration", &["each time", "at once", "per dose"], &["cada vez"]),
    ("maxDosePerLifetime", &["lifetime"], &["en toda la vida"]),
];
/// What is said where the chart has more than can be said.
pub(crate) const MORE: (&[&str], &[&str]) = (
    &["has more on how to take this one that i can't read out"],
    &["dice algo más sobre cómo usarlo que no puedo leerle"],
);
/// What is said where nothing can be said safely.
pub(crate) const NOTHING: [&str; 4] = [
    "can't safely read out the instructions",
    "no puedo leerle con seguridad",
    "can't safely read them out",
    "no puedo leérselas con seguridad",
];
/// Codes of timing, and what hospitals call them.
pub(crate) const CODES: [Row; 27] = [
    ("bed", &["bedtime"], &["acostarse"]),
    ("qhs", &["bedtime"], &["acostarse"]),
    ("at bedtime", &["bedtime"], &["acostarse"]),
    ("every morning", &["morning"], &["por la mañana", "every morning"]),
    ("bid", &["2 times a day", "two times a day", "twice a day", "twice daily"], &["2 veces al día"]),
    ("twice a day", &["2 times a day", "two times a day", "twice a day", "twice daily"], &["2 veces al día"]),
    ("tid", &["3 times a day", "three times daily", "3 times daily"], &["3 veces al día"]),
    ("three times daily", &["3 times a day", "three times daily", "3 times daily"], &["3 veces al día"]),
    ("qid", &["4 times a day", "four times daily", "4 times daily"], &["4 veces al día"]),
    ("4 times a day", &["4 times a day", "four times daily", "4 times daily"], &["4 veces al día"]),
    ("qd", &["once a day", "every day", "daily", "each day", "time a day"], &["una vez al día"]),
    ("every day", &["once a day", "every day", "daily", "each day", "time a day"], &["una vez al día"]),
    ("daily", &["once a day", "every day", "daily", "each day", "time a day"], &["una vez al día"]),
    ("qod", &["every other day", "every 2 days"], &["cada 2 días"]),
    ("every other day", &["every other day", "every 2 days"], &["cada 2 días"]),
    ("q4h", &["every 4 hours", "every four hours"], &["cada 4 horas"]),
    ("every 4 hours", &["every 4 hours", "every four hours"], &["cada 4 horas"]),
    ("q4h prn", &["every 4 hours|as needed", "every four hours|as needed"], &["every 4 hours as needed"]),
    ("q6h", &["every 6 hours"], &["cada 6 horas"]),
    ("every six hours", &["every 6 hours", "every six hours"], &["cada 6 horas"]),
    ("q8h", &["every 8 hours"], &["cada 8 horas"]),
    ("wk", &["once a week", "weekly", "each week"], &["una vez a la semana"]),
    ("weekly", &["once a week", "weekly", "each week"], &["una vez a la semana"]),
    ("mo", &["once a month", "monthly"], &["una vez al mes"]),
    ("monthly", &["once a month", "monthly"], &["una vez al mes"]),
    ("am", &["morning"], &["por la mañana"]),
    ("pm", &["afternoon or evening"], &["por la tarde o por la noche"]),
];
pub(crate) const MONTHS: [(&str, &str); 12] = [
    ("january", "enero"),
    ("february", "febrero"),
    ("march", "marzo"),
    ("april", "abril"),
    ("may", "mayo"),
    ("june", "junio"),
    ("july", "julio"),
    ("august", "agosto"),
    ("september", "septiembre"),
    ("october", "octubre"),
    ("november", "noviembre"),
    ("december", "diciembre"),
];
