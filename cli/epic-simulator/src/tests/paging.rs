//! Results in pages.

use std::time::Duration;

use crate::requests::Kind;

use super::*;

/// 447 requests, one of them active.
const MEDHURST: &str = "129c6ac7-8d06-89de-ad63-0204a93e76c3";

async fn walk(world: &World, parameters: &[(&str, &str)]) -> Vec<Vec<String>> {
    let owned = |answer: &Answer| answer.matches().into_iter().map(str::to_owned).collect::<Vec<_>>();
    let mut answer = world.search("MedicationRequest", parameters).await;
    let mut pages = vec![owned(&answer)];
    while let Some(next) = answer.next() {
        answer = world.follow(&next).await;
        assert_eq!(answer.status, 200);
        pages.push(owned(&answer));
    }
    pages
}

#[tokio::test]
async fn pages_hold_everything_once_and_in_order() {
    let world = World::working().await;
    let pages = walk(&world, &[("patient", MEDHURST)]).await;
    assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [100, 100, 100, 100, 47]);
    let mut all: Vec<_> = pages.concat();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 447);
    let requests = world.simulator.requests();
    assert_eq!(requests.count("MedicationRequest", Kind::Search), 1);
    assert_eq!(requests.count("MedicationRequest", Kind::Page), 4);
    assert!(requests.fhir.iter().all(|request| !request.query_parameters));
}

#[tokio::test]
async fn a_next_link_is_absolute_opaque_and_can_be_followed_again() {
    let world = World::working().await;
    let next = world.search("MedicationRequest", &[("patient", MEDHURST)]).await.next().unwrap();
    assert!(next.starts_with(&world.simulator.fhir_base_url()) && !next.contains(MEDHURST), "{next}");
    let (once, again) = (world.follow(&next).await, world.follow(&next).await);
    assert_eq!(once.matches(), again.matches());
}

#[tokio::test]
async fn count_lowers_the_sites_page_size_and_never_raises_it() {
    let world = World::working().await;
    world.simulator.control().site(|site| site.page_size = 200);
    assert_eq!(walk(&world, &[("patient", MEDHURST), ("_count", "150")]).await.len(), 3);
    assert_eq!(walk(&world, &[("patient", MEDHURST), ("_count", "1000")]).await.len(), 3);
    assert_eq!(walk(&world, &[("patient", MEDHURST)]).await[0].len(), 200);
}

#[tokio::test]
async fn a_page_session_expires() {
    let world = World::working().await;
    world.simulator.control().site(|site| site.page_session_lifetime = Duration::from_secs(60));
    let next = world.search("MedicationRequest", &[("patient", MEDHURST)]).await.next().unwrap();
    world.pass(59);
    assert_eq!(world.follow(&next).await.status, 200);
    world.pass(1);
    world.follow(&next).await.check(400, &["4113"]);
    let next = world.search("MedicationRequest", &[("patient", MEDHURST)]).await.next().unwrap();
    world.simulator.control().expire_pages();
    world.follow(&next).await.check(400, &["4113"]);
}

#[tokio::test]
async fn a_post_filter_leaves_short_and_empty_pages_with_a_next() {
    let world = World::working().await;
    world.simulator.control().site(|site| site.post_filter = true);
    let pages = walk(&world, &[("patient", MEDHURST), ("status", "active")]).await;
    let mut sizes: Vec<_> = pages.iter().map(Vec::len).collect();
    assert_eq!(sizes.len(), 5);
    sizes.sort_unstable();
    assert_eq!(sizes, [0, 0, 0, 0, 1]);
}

#[tokio::test]
async fn a_chart_restricted_between_pages_is_refused() {
    let world = World::working().await;
    let next = world.search("MedicationRequest", &[("patient", MEDHURST)]).await.next().unwrap();
    world.simulator.control().restrict(MEDHURST);
    world.follow(&next).await.check(403, &["4130"]);
}

#[tokio::test]
async fn a_page_needs_a_token_too() {
    let world = World::working().await;
    let next = world.search("MedicationRequest", &[("patient", MEDHURST)]).await.next().unwrap();
    assert_eq!(Answer::of(world.http.get(next)).await.status, 401);
}
