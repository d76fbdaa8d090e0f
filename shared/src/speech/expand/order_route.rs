//! Epic's routes within an instruction: "Instill 1 spray by Each Nostril route daily".

/// Epic's phrase, and what a person says. What doesn't apply isn't said.
const ROUTES: [(&str, &str); 21] = [
    (" by each nostril route", " in each nostril"),
    (" by both nostrils route", " in each nostril"),
    (" by left nostril route", " in the left nostril"),
    (" by right nostril route", " in the right nostril"),
    (" by both eyes route", " in both eyes"),
    (" by left eye route", " in the left eye"),
    (" by right eye route", " in the right eye"),
    (" by both ears route", " in both ears"),
    (" by left ear route", " in the left ear"),
    (" by right ear route", " in the right ear"),
    (" by oral route", " by mouth"),
    (" by nasal route", " into the nose"),
    (" by subcutaneous route", " under the skin"),
    (" by sublingual route", " under the tongue"),
    (" by topical route", " on the skin"),
    (" by cutaneous route", " on the skin"),
    (" by inhalation route", " by inhalation"),
    (" by does not apply route", ""),
    (" by miscellaneous route", ""),
    (" by other route", ""),
    (" by misc.(non-drug; combo route) route", ""),
];

/// `plain` with Epic's routes in words.
pub(super) fn in_words(plain: &str) -> String {
    ROUTES.iter().fold(plain.to_owned(), |text, (route, words)| {
        // Small letters of ASCII are as long as capitals.
        match text.to_ascii_lowercase().find(route) {
            Some(at) => {
                let (before, after) = text.split_at(at);
                format!("{before}{words}{}", after.get(route.len()..).unwrap_or_default())
            }
            None => text,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_of_epics_is_said_as_a_person_says_it() {
        for (plain, words) in [
            ("Instill 1 spray by Each Nostril route daily", "Instill 1 spray in each nostril daily"),
            ("1 each by Does not apply route daily.", "1 each daily."),
            ("1 drop by LEFT EYE route", "1 drop in the left eye"),
            ("Take by the scenic route", "Take by the scenic route"),
        ] {
            assert_eq!(in_words(plain), words);
        }
    }
}
