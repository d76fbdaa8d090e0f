//! Epic's way of finding patients.

use crate::data::Data;
use crate::requests::Kind;
use crate::site::{MinimumDataSets, PhoneFormat, PostSearch};

use super::*;

const PHONE: (&str, &str) = ("telecom", "469-555-5555");
const BORN: (&str, &str) = ("birthdate", "1987-09-12");
const FEMALE: (&str, &str) = ("gender", "female");

async fn found(world: &World, parameters: &[(&str, &str)]) -> Vec<String> {
    world.search("Patient", parameters).await.matches().into_iter().map(str::to_owned).collect()
}

#[tokio::test]
async fn phone_birth_date_and_gender_find_the_patient() {
    let world = World::working().await;
    let answer = world.search("Patient", &[PHONE, BORN, FEMALE]).await;
    answer.check(200, &[]);
    assert_eq!(answer.matches(), [CAMILA]);
    assert_eq!(answer.body["total"], 1);
    assert_eq!(answer.body["entry"][0]["resource"]["birthDate"], "1987-09-12");
}

#[tokio::test]
async fn a_get_finds_what_a_post_finds() {
    let world = World::working().await;
    let answer = world.get("Patient?telecom=469-555-5555&birthdate=1987-09-12&gender=female").await;
    assert_eq!(answer.matches(), [CAMILA]);
}

#[tokio::test]
async fn a_hit_needs_most_of_the_criteria_not_all() {
    let world = World::working().await;
    assert_eq!(found(&world, &[PHONE, BORN, ("gender", "male")]).await, [CAMILA], "wrong gender");
    assert_eq!(found(&world, &[PHONE, ("birthdate", "1987-09-13"), FEMALE]).await, [CAMILA], "wrong birth date");
    let misspelt = [("family", "Lopes"), ("given", "Camila"), BORN];
    assert_eq!(found(&world, &misspelt).await, [CAMILA], "misspelt family name");
    let another = [("family", "Powell"), ("given", "Camila"), BORN];
    assert_eq!(found(&world, &another).await, [CAMILA], "another family name");
}

#[tokio::test]
async fn more_criteria_can_mean_more_hits() {
    let world = World::working().await;
    let two = found(&world, &[("family", "Medhurst46"), ("birthdate", "1927-05-21")]).await;
    let three = found(&world, &[("family", "Medhurst46"), ("birthdate", "1927-05-21"), FEMALE]).await;
    assert_eq!((two.len(), three.len()), (1, 3), "the birth date is shared by three");
}

#[tokio::test]
async fn a_wrong_number_finds_nobody() {
    let world = World::working().await;
    let answer = world.search("Patient", &[("telecom", "469-555-5556"), BORN, FEMALE]).await;
    answer.check(200, &["4101"]);
    assert_eq!(answer.body["total"], 0);
    assert_eq!(answer.body["entry"].as_array().unwrap().len(), 1);
    assert_eq!(answer.body["entry"][0]["search"]["mode"], "outcome");
    let system = &answer.body["entry"][0]["resource"]["issue"][0]["details"]["coding"][0]["system"];
    assert!(system.as_str().unwrap().ends_with("657369"));
}

#[tokio::test]
async fn home_and_mobile_numbers_and_email_are_searched_work_numbers_not() {
    let world = World::working().await;
    assert_eq!(found(&world, &[("telecom", "469-469-4321"), BORN]).await, [CAMILA]);
    assert_eq!(found(&world, &[("telecom", "test@example.org"), BORN]).await, [CAMILA]);
    assert!(found(&world, &[("telecom", "469-888-8888"), BORN]).await.is_empty());
}

#[tokio::test]
async fn a_number_is_found_in_the_sites_formats_only() {
    let world = World::working().await;
    let forms = ["469-555-5555", "4695555555", "+14695555555", "(469) 555-5555"];
    let formats = [PhoneFormat::Dashed, PhoneFormat::Digits, PhoneFormat::E164, PhoneFormat::Parenthesised];
    for (taken, format) in formats.into_iter().enumerate() {
        world.simulator.control().site(|site| site.phone_formats = vec![format]);
        for (at, form) in forms.into_iter().enumerate() {
            let found = found(&world, &[("telecom", form), BORN, FEMALE]).await;
            assert_eq!(found.len(), usize::from(at == taken), "{form} where {format:?} is taken");
        }
    }
}

#[tokio::test]
async fn legal_sex_overrides_gender() {
    let world = World::working().await;
    // The number alone is half of the weight here: the sex decides.
    let parameters = [PHONE, ("birthdate", "1950-01-01"), ("gender", "male"), ("legal-sex", "female")];
    assert_eq!(found(&world, &parameters).await, [CAMILA]);
    let parameters = [PHONE, ("birthdate", "1950-01-01"), ("gender", "female"), ("legal-sex", "male")];
    assert_eq!(found(&world, &parameters).await, Vec::<String>::new());
}

#[tokio::test]
async fn too_few_criteria_are_warned_of() {
    let world = World::working().await;
    for few in [&[PHONE][..], &[BORN], &[FEMALE], &[PHONE, FEMALE], &[BORN, FEMALE]] {
        let answer = world.search("Patient", few).await;
        answer.check(200, &["59133"]);
        assert_eq!(answer.body["total"], 0);
    }
}

#[tokio::test]
async fn a_site_with_epics_default_sets_wants_names() {
    let world = World::working().await;
    world.simulator.control().site(|site| site.minimum_data_sets = MinimumDataSets::EpicDefault);
    world.search("Patient", &[PHONE, BORN, FEMALE]).await.check(200, &["59133"]);
    let name = [("given", "Camila"), ("family", "Lopez")];
    assert_eq!(found(&world, &[name[0], name[1], BORN]).await, [CAMILA]);
    assert_eq!(found(&world, &[name[0], name[1], FEMALE, PHONE]).await, [CAMILA]);
    assert_eq!(found(&world, &[("name", "Camila Lopez"), BORN]).await, [CAMILA]);
    assert_eq!(found(&world, &[("identifier", "EPI|203713")]).await, [CAMILA]);
    assert_eq!(found(&world, &[("_id", CAMILA), ("birthdate", "1900-01-01")]).await, [CAMILA]);
}

#[tokio::test]
async fn no_criterion_is_an_error() {
    let world = World::working().await;
    world.search("Patient", &[]).await.check(400, &["4110"]);
    world.get("Patient").await.check(400, &["4110"]);
}

#[tokio::test]
async fn a_malformed_birth_date_is_an_error() {
    let world = World::working().await;
    world.search("Patient", &[PHONE, ("birthdate", "09/12/1987")]).await.check(400, &["4100"]);
}

#[tokio::test]
async fn an_unknown_parameter_is_warned_of() {
    let world = World::working().await;
    let answer = world.search("Patient", &[PHONE, BORN, ("shoe-size", "38")]).await;
    answer.check(200, &["59100"]);
    assert_eq!(answer.matches(), [CAMILA]);
}

#[tokio::test]
async fn more_than_a_hundred_hits_are_an_error() {
    let crowd = (0..101).fold(Data::empty(), |data, number| {
        data.with_resource(json!({
            "resourceType": "Patient",
            "id": format!("p{number}"),
            "birthDate": "1987-09-12",
            "telecom": [{"system": "phone", "use": "home", "value": "469-555-5555"}],
        }))
    });
    let world = World::with(|settings| settings.data = crowd).await;
    world.search("Patient", &[PHONE, BORN]).await.check(400, &["4127"]);
    world.simulator.control().remove("Patient", "p0");
    assert_eq!(found(&world, &[PHONE, BORN]).await.len(), 100);
}

#[tokio::test]
async fn phone_and_active_are_applied_after_the_page_was_fetched() {
    let world = World::working().await;
    let answer = world.search("Patient", &[PHONE, BORN, ("active", "false")]).await;
    assert!(answer.matches().is_empty());
    assert_eq!(found(&world, &[PHONE, BORN, ("phone", "469-469-4321"), ("active", "true")]).await, [CAMILA]);
}

async fn post_with_query(world: &World, query: &str, body: &str) -> Answer {
    let url = format!("{}/Patient/_search?{query}", world.simulator.fhir_base_url());
    let request = world.http.post(url).bearer_auth(world.simulator.control().issue_token());
    Answer::of(request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(body.to_owned())).await
}

#[tokio::test]
async fn since_february_2026_a_post_reads_its_body_only() {
    let world = World::working().await;
    let criteria = "telecom=469-555-5555&birthdate=1987-09-12";
    assert_eq!(post_with_query(&world, "_format=json&birthdate=1900-01-01", criteria).await.matches(), [CAMILA]);
    post_with_query(&world, criteria, "").await.check(400, &["4110"]);
}

#[tokio::test]
async fn before_february_2026_a_post_ignores_its_body() {
    let world = World::working().await;
    world.simulator.control().site(|site| site.post_search = PostSearch::IgnoresBody);
    world.search("Patient", &[PHONE, BORN, FEMALE]).await.check(400, &["4110"]);
    let criteria = "telecom=469-555-5555&birthdate=1987-09-12";
    assert_eq!(post_with_query(&world, criteria, "").await.matches(), [CAMILA]);
    world.simulator.control().site(|site| site.post_search = PostSearch::IgnoresBodyUnfiltered);
    assert_eq!(found(&world, &[PHONE, BORN, FEMALE]).await.len(), 14, "everybody");
}

#[tokio::test]
async fn a_post_is_a_form() {
    let world = World::working().await;
    let url = format!("{}/Patient/_search", world.simulator.fhir_base_url());
    let request = world.http.post(url).bearer_auth(world.simulator.control().issue_token());
    Answer::of(request.header(header::CONTENT_TYPE, "application/json").body("{}")).await.check(400, &["4100"]);
}

#[tokio::test]
async fn what_was_asked_is_recorded() {
    let world = World::working().await;
    world.search("Patient", &[PHONE, BORN, FEMALE]).await;
    world.get("Patient?_id=x").await;
    let requests = world.simulator.requests();
    assert_eq!(requests.count("Patient", Kind::Search), 2);
    let [post, get] = requests.fhir.as_slice() else { panic!("{requests:?}") };
    assert_eq!((post.method.as_str(), post.query_parameters, post.status), ("POST", false, Some(200)));
    assert_eq!(post.parameters, ["telecom", "birthdate", "gender"]);
    assert_eq!((get.method.as_str(), get.query_parameters, get.status), ("GET", true, Some(200)));
}
