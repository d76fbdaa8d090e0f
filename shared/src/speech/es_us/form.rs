//! What the rarer forms of a medication are called in Spanish, where names have them in English.

/// Those of several words: looked for before the usual ones, which may be a part of them.
pub(super) const OF_SEVERAL_WORDS: [(&str, &str); 22] = [
    ("ophthalmic gel", "gel para los ojos"),
    ("nasal gel", "gel nasal"),
    ("topical solution", "solución para la piel"),
    ("topical foam", "espuma para la piel"),
    ("topical powder", "polvo para la piel"),
    ("transdermal system", "parche para la piel"),
    ("vaginal gel", "gel vaginal"),
    ("vaginal tablet", "tableta vaginal"),
    ("vaginal insert", "óvulo vaginal"),
    ("rectal cream", "crema rectal"),
    ("rectal ointment", "pomada rectal"),
    ("effervescent tablet", "tableta efervescente"),
    ("disintegrating oral tablet", "tableta que se deshace en la boca"),
    ("oral drops", "gotas orales"),
    ("oral gel", "gel oral"),
    ("oral paste", "pasta oral"),
    ("oral lozenge", "pastilla para chupar"),
    ("prefilled syringe", "jeringa prellenada"),
    ("pen injector", "pluma inyectora"),
    ("dry powder inhaler", "inhalador de polvo seco"),
    ("inhalation powder", "polvo para inhalar"),
    ("medicated shampoo", "champú medicinal"),
];
/// Those of one word: looked for last.
pub(super) const OF_ONE_WORD: [(&str, &str); 14] = [
    ("cream", "crema"),
    ("ointment", "pomada"),
    ("lotion", "loción"),
    ("gel", "gel"),
    ("foam", "espuma"),
    ("syrup", "jarabe"),
    ("elixir", "elixir"),
    ("patch", "parche"),
    ("inhaler", "inhalador"),
    ("suppository", "supositorio"),
    ("shampoo", "champú"),
    ("solution", "solución"),
    ("suspension", "suspensión"),
    ("drops", "gotas"),
];
