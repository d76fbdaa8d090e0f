//! Which words are a name.

use super::*;

#[test]
fn a_name_is_what_is_left_without_strength_and_form() {
    for (name, expected) in [
        ("metoprolol succinate 50 milligrams extended-release tablet", vec!["metoprolol", "succinate"]),
        ("propranolol long-acting 60 milligrams", vec!["propranolol"]),
        ("diltiazem controlled-delivery 120 milligrams capsule", vec!["diltiazem"]),
        ("Yaz", vec!["yaz"]),
        ("vitamin D3 1000 units", vec!["vitamin", "d3"]),
        ("lisinopril 10 miligramos tableta", vec!["lisinopril"]),
        ("", vec![]),
    ] {
        assert_eq!(name_words(name), expected);
    }
}

#[test]
fn what_a_caller_says_around_a_name_is_none() {
    assert_eq!(spoken_words("my lisinopril pill, please").1, ["lisinopril"]);
    assert!(spoken_words("that one").1.is_empty());
    assert!(spoken_words("8").0.is_empty());
}
