//! Medications that have to be read one by one, since an answer didn't bring them along.

use serde_json::json;
use shared::medications::MedicationPolicy;

use super::{CAMILA, list_of, names};
use crate::support::world::World;

/// More than are read one by one are named in the chart's order, the same each time; the rest is no whole list.
#[tokio::test]
async fn of_more_medications_than_are_read_one_by_one_the_first_are_named_and_the_list_is_not_whole() {
    const READ_ONE_BY_ONE: usize = 20;
    let world = World::working().await;
    // Hers has a name in its reference.
    let own = world.list(CAMILA).await.medications.len();
    world.epic.control().site(|site| site.includes = false);
    let policy = MedicationPolicy::parse(r#"["secretol"]"#).unwrap();
    let mut expected = Vec::new();
    for number in 0..25 {
        let medication = json!({"resourceType": "Medication", "id": format!("m{number}"),
            "code": {"text": format!("testamine-n{number} 10 mg")}});
        world.epic.control().put(medication);
        let reference = json!({"reference": format!("Medication/m{number}")});
        world
            .order(&format!("n{number}"), json!({"medicationCodeableConcept": null, "medicationReference": reference}));
        let is_read = number < READ_ONE_BY_ONE;
        expected.push(if is_read { format!("testamine-n{number} 10 milligrams") } else { String::new() });
        let list = world.list(CAMILA).await;
        assert_eq!(
            (&names(&list)[own..], list.partial),
            (&*expected.iter().map(String::as_str).collect::<Vec<_>>(), !is_read)
        );
    }
    // Where there is a list of what is not spoken, hers is read, too.
    let list = list_of(world.medications_with(CAMILA, &policy).await.unwrap());
    assert_eq!(names(&list)[own..], expected[..READ_ONE_BY_ONE - own]);
    assert!(list.withheld && list.partial);
}
