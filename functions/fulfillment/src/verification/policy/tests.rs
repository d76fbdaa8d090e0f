use std::collections::BTreeMap;

use super::*;

const WORKING: &str = r#"{"required": ["phone", "birth_date"], "optional": ["gender"], "optional_needed": 1,
    "phone_formats": ["NNN-NNN-NNNN"], "method": "get", "country_code": "1", "minimum_age": 18}"#;

#[test]
fn the_default_requires_phone_birth_date_and_gender_of_an_adult() {
    let policy = SearchPolicy::parse(PATIENT_SEARCH.default.unwrap()).unwrap();
    assert_eq!(policy.required, [Factor::Phone, Factor::BirthDate, Factor::Gender]);
    assert_eq!((policy.minimum_age, policy.phone_formats.len()), (18, 3));
    assert_eq!(policy.method, SearchMethod::Post);
}

#[test]
fn a_site_can_make_a_factor_optional() {
    let policy = SearchPolicy::parse(WORKING).unwrap();
    assert_eq!(policy.optional, [Factor::Gender]);
    assert_eq!(policy.optional_needed, 1);
    assert_eq!(policy.method, SearchMethod::Get);
}

#[test]
fn what_is_wrong_is_told_and_never_what_was_written() {
    for (from, to, told) in [
        ("\"phone\", ", "", "requires phone (whom to search for)"),
        ("\"phone\"", "\"name\"", "requires phone (whom to search for)"),
        (", \"birth_date\"", "", "requires birth_date"),
        ("[\"gender\"]", "[\"phone\"]", "each factor once"),
        ("\"optional_needed\": 1", "\"optional_needed\": 2", "optional_needed"),
        ("\"gender\"", "\"mrn\"", "a JSON object"),
        ("\"optional\"", "\"mrn_system\": \"M R N\", \"optional\"", "mrn_system"),
        ("\"optional\"", "\"said_number\": \"gender\", \"optional\"", "said_number"),
        ("\"optional\"", "\"said_number\": \"phone\", \"optional\"", "said_number"),
        ("\"optional\"", "\"said_number\": {\"also\": []}, \"optional\"", "said_number"),
        ("\"optional\"", "\"said_number\": {\"also\": [\"name\"], \"s3cret\": 1}, \"optional\"", "a JSON object"),
        ("\"optional\"", "\"said_number\": \"anybody\", \"optional\"", "a JSON object"),
        ("\"gender\"", "\"shoe_size\"", "a JSON object"),
        ("NNN-NNN-NNNN", "NNN-NNNN", "phone_formats"),
        ("NNN-NNN-NNNN", "NNN-NNN-NNNN ext 5", "phone_formats"),
        ("[\"NNN-NNN-NNNN\"]", "[]", "phone_formats"),
        ("[\"NNN-NNN-NNNN\"]", "[\"NNN-NNN-NNNN\", \"NNN-NNN-NNNN\"]", "phone_formats"),
        ("\"country_code\": \"1\"", "\"country_code\": \"+1\"", "country_code"),
        ("18", "-1", "minimum_age"),
        ("\"minimum_age\": 18", "\"minimum_age\": 18, \"s3cret\": 1", "and nothing else"),
        (", \"minimum_age\": 18", "", "minimum_age"),
    ] {
        assert!(WORKING.contains(from), "{from}");
        let problem = SearchPolicy::parse(&WORKING.replacen(from, to, 1)).unwrap_err();
        assert!(problem.contains(told), "{from} -> {to}: {problem}");
        assert!(!problem.contains("s3cret"));
    }
}

#[test]
fn the_problem_is_noted_under_the_variables_name() {
    let environment = BTreeMap::from([("patient_search".to_owned(), "{}".to_owned())]);
    let mut reader = Reader::new(&environment);
    assert_eq!(SearchPolicy::read(&mut reader, &environment), None);
    assert!(reader.error().to_string().contains("patient_search is set, but must be a JSON object"));
}

#[test]
fn a_number_that_is_said_needs_what_the_policy_names_beside_it() {
    let policy = |said: &str, optional: &str| {
        let (from, to) = ("\"optional\": [\"gender\"]", format!("\"said_number\": {said}, \"optional\": {optional}"));
        SearchPolicy::parse(&WORKING.replacen(from, &to, 1))
    };
    let named = policy("\"name\"", "[\"gender\"]").unwrap();
    assert_eq!(named.needed(false).required, [Factor::Phone, Factor::BirthDate]);
    assert_eq!(named.needed(true).required, [Factor::Phone, Factor::BirthDate, Factor::Name]);
    let two = policy(r#"{"also": ["postal_code", "mrn_last_four"]}"#, "[\"gender\", \"postal_code\"]").unwrap();
    assert_eq!(two.needed(true).optional, [Factor::Gender]);
    assert_eq!(two.needed(true).required.len(), 4);
    // One that every caller needs already is nothing more.
    assert!(policy("\"postal_code\"", "[\"postal_code\"]").is_err());
    assert!(policy("\"postal_code\"", "[\"postal_code\", \"gender\"]").is_ok());
}

#[test]
fn who_is_not_found_by_number_is_found_by_name_and_knows_one_thing_more() {
    let by_name = |more: &str| {
        SearchPolicy::parse(&WORKING.replacen(
            r#""required": ["phone", "birth_date"], "optional": ["gender"], "optional_needed": 1,"#,
            more,
            1,
        ))
    };
    for enough in [
        r#""required": ["name", "birth_date", "postal_code"],"#,
        r#""required": ["birth_date", "mrn_last_four", "name"],"#,
        r#""required": ["name", "birth_date"], "optional": ["phone", "postal_code"], "optional_needed": 1,"#,
    ] {
        assert!(!by_name(enough).unwrap().finds_by_phone(), "{enough}");
    }
    for too_little in [
        r#""required": ["name", "birth_date"],"#,
        r#""required": ["name", "birth_date", "gender"],"#,
        r#""required": ["birth_date", "postal_code"],"#,
        r#""required": ["name", "birth_date"], "optional": ["phone"],"#,
        r#""required": ["name", "birth_date"], "optional": ["gender"], "optional_needed": 1,"#,
    ] {
        assert!(by_name(too_little).is_err(), "{too_little}");
    }
}
