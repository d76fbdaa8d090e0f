use super::*;

mod property;

/// A key by its name; keys of different names differ.
fn jwk(name: &str) -> Jwk {
    let text = entry(name, name);
    shared::json::decode(text.as_bytes()).unwrap()
}

fn entry(kid: &str, x: &str) -> String {
    format!(r#"{{"kty":"EC","crv":"P-384","x":"{x}","y":"Y","alg":"ES384","use":"sig","kid":"{kid}"}}"#)
}

/// What the URL serves: keys of these names, and a `Cache-Control`.
fn serves(names: &[&str], cache_control: &str) -> Served {
    let entries: Vec<_> = names.iter().map(|name| entry(name, name)).collect();
    Served::read(format!(r#"{{"keys":[{}]}}"#, entries.join(",")).as_bytes(), [cache_control]).unwrap()
}

/// So many seconds after the tests' beginning of time.
fn at(seconds: i64) -> Timestamp {
    after("2026-11-23T10:00:00Z".parse().unwrap(), SignedDuration::from_secs(seconds))
}

fn added(ring: &KeyRing, name: &str, seconds: i64) -> KeyRing {
    add(ring, &format!("arn:{name}"), jwk(name), at(seconds)).unwrap()
}

/// A ring whose key "old" has signed since the beginning of time; the URL was seen then.
fn signing_with_old(cache_control: &str) -> KeyRing {
    look(&added(&KeyRing::default(), "old", 0), &serves(&["old"], cache_control), at(0))
}

/// "old" signs; "new" was added at 1000 s and seen at 1010 s.
fn new_beside_old(cache_control: &str) -> KeyRing {
    let ring = added(&look(&signing_with_old(cache_control), &serves(&["old"], cache_control), at(1000)), "new", 1000);
    look(&ring, &serves(&["old", "new"], cache_control), at(1010))
}

/// "new" signs in the place of "old", from `seconds` on.
fn new_signs(cache_control: &str, seconds: i64) -> KeyRing {
    let served = serves(&["old", "new"], cache_control);
    let ring = look(&new_beside_old(cache_control), &served, at(seconds));
    promote(&ring, "new", &served, at(seconds)).unwrap().unwrap()
}

/// Asserts that "new" may be promoted from then on, and not a millisecond before.
#[track_caller]
fn check_promotion(ring: &KeyRing, cache_control: &str, expected: Timestamp) {
    let served = serves(&["old", "new"], cache_control);
    let early = after(expected, SignedDuration::from_millis(-1));
    let refused = promote(&look(ring, &served, early), "new", &served, early);
    assert_eq!(refused, Err(Refusal::PromotedTooEarly { at: expected, now: early }));
    let ring = promote(&look(ring, &served, expected), "new", &served, expected).unwrap().unwrap();
    assert_eq!(ring.signing().unwrap().kid(), "new");
    assert_eq!(ring.key("old").unwrap().replaced_at, Some(expected));
}

/// Asserts that "old" may be retired from then on, and not a millisecond before.
#[track_caller]
fn check_retirement(ring: &KeyRing, cache_control: &str, expected: Timestamp) {
    let served = serves(&["old", "new"], cache_control);
    let early = after(expected, SignedDuration::from_millis(-1));
    let refused = retire(&look(ring, &served, early), "old", &served, early);
    assert_eq!(refused, Err(Refusal::RetiredTooEarly { at: expected, now: early }));
    let ring = retire(&look(ring, &served, expected), "old", &served, expected).unwrap();
    assert_eq!(ring.key("old"), None);
    assert_eq!(ring.retired, [RetiredKey { kid: "old".into(), key_id: "arn:old".into(), retired_at: expected }]);
}

#[test]
fn the_first_key_of_all_signs_at_once() {
    let ring = added(&KeyRing::default(), "old", 0);
    assert_eq!(ring.signing().unwrap().kid(), "old");
    assert_eq!(next(&ring, &ring.keys[0]), Next::Signs);
}

#[test]
fn another_key_is_published_and_does_not_sign() {
    let ring = added(&signing_with_old("max-age=3600"), "new", 1000);
    assert_eq!(ring.signing().unwrap().kid(), "old");
    assert_eq!(ring.public_keys().keys, [jwk("old"), jwk("new")]);
    assert_eq!(next(&ring, &ring.keys[1]), Next::PromoteOnceServed);
}

#[test]
fn a_key_that_is_there_is_not_added_again() {
    assert_eq!(add(&signing_with_old("max-age=5"), "arn:old", jwk("old"), at(9)), None);
}

#[test]
fn a_key_signs_once_every_copy_without_it_has_run_out() {
    // Seen at 1010 s; an instance of jwks may go on with the set of before for 30 s, and copies of that for the max-age.
    check_promotion(&new_beside_old("public, max-age=3600"), "public, max-age=3600", at(1010 + 30 + 3600));
    check_promotion(&new_beside_old("max-age=5"), "max-age=5", at(1010 + 30 + 5));
    check_promotion(&new_beside_old("max-age=86400"), "max-age=86400", at(1010 + 30 + 86_400));
    let ring = new_beside_old("max-age=3600");
    assert_eq!(next(&ring, ring.key("new").unwrap()), Next::Promote(at(1010 + 30 + 3600)));
}

#[test]
fn where_nothing_was_stated_it_takes_epics_29_hours() {
    check_promotion(&new_beside_old("public"), "public", at(1010 + 30 + 29 * 3600));
    check_promotion(&new_beside_old("max-age=31536000"), "max-age=31536000", at(1010 + 30 + 29 * 3600));
}

#[test]
fn what_nobody_may_keep_is_waited_for_no_longer_than_jwks_remembers() {
    check_promotion(&new_beside_old("no-store"), "no-store", at(1010 + 30));
    check_promotion(&new_beside_old("max-age=0"), "max-age=0", at(1010 + 30));
}

#[test]
fn the_wait_begins_when_the_key_is_seen_and_not_when_it_was_added() {
    // Nobody looked for two hours: what was served meanwhile isn't known.
    let ring = added(&signing_with_old("max-age=60"), "new", 1000);
    let served = serves(&["old", "new"], "max-age=60");
    assert_eq!(promote(&ring, "new", &served, at(8200)), Err(Refusal::NotServed));
    check_promotion(&look(&ring, &served, at(8200)), "max-age=60", at(8200 + 30 + 60));
}

#[test]
fn a_lowered_max_age_counts_once_the_higher_one_has_run_out() {
    // 86400 was served until some time before 5000 s, when 60 was first seen; 30 s later no instance serves the former.
    let ring = look(&signing_with_old("max-age=86400"), &serves(&["old"], "max-age=60"), at(5000));
    let ring = look(&added(&ring, "new", 5100), &serves(&["old", "new"], "max-age=60"), at(5110));
    check_promotion(&ring, "max-age=60", at(5000 + 30 + 86_400));

    // Lowered after the key was seen: copies without it may come from before.
    let ring = look(&new_beside_old("max-age=3600"), &serves(&["old", "new"], "max-age=5"), at(1020));
    check_promotion(&ring, "max-age=5", at(1010 + 30 + 3600));

    // It is over: the higher one ran out before.
    let ring = look(&signing_with_old("max-age=3600"), &serves(&["old"], "max-age=60"), at(5000));
    let ring = look(&added(&ring, "new", 50_000), &serves(&["old", "new"], "max-age=60"), at(50_010));
    check_promotion(&ring, "max-age=60", at(50_010 + 30 + 60));
}

#[test]
fn a_max_age_lowered_in_steps_counts_as_each_of_them() {
    let ring = look(&signing_with_old("max-age=7200"), &serves(&["old"], "max-age=3600"), at(1000));
    let ring = look(&ring, &serves(&["old"], "max-age=5"), at(2000));
    let ring = look(&added(&ring, "new", 2000), &serves(&["old", "new"], "max-age=5"), at(2010));
    check_promotion(&ring, "max-age=5", at(1000 + 30 + 7200));
}

#[test]
fn a_raised_max_age_counts_if_a_copy_without_the_key_may_have_been_served_with_it() {
    // Raised at some time between 0 and 1005 s: before the key was everywhere.
    let ring = added(&signing_with_old("max-age=5"), "new", 1000);
    let ring = look(&ring, &serves(&["old"], "max-age=3600"), at(1005));
    let ring = look(&ring, &serves(&["old", "new"], "max-age=3600"), at(1010));
    check_promotion(&ring, "max-age=3600", at(1010 + 30 + 3600));

    // Raised when everybody was given the new key for long: such copies have it.
    let ring = look(&new_beside_old("max-age=5"), &serves(&["old", "new"], "max-age=5"), at(1100));
    check_promotion_is_allowed(&look(&ring, &serves(&["old", "new"], "max-age=3600"), at(1200)), at(1200));
}

/// The last instance without the key may answer at the very moment at which another max-age begins.
#[test]
fn a_max_age_raised_at_the_end_of_the_wait_for_jwks_counts_for_the_copy_that_was_handed_out_then() {
    let ring = look(&new_beside_old("max-age=5"), &serves(&["old", "new"], "max-age=5"), at(1040));
    check_promotion(&ring, "max-age=3600", at(1040 + 3600));
}

#[track_caller]
fn check_promotion_is_allowed(ring: &KeyRing, now: Timestamp) {
    assert!(promote(ring, "new", &serves(&["old", "new"], "max-age=3600"), now).unwrap().is_some());
}

#[test]
fn what_the_url_does_not_serve_now_does_not_sign() {
    let ring = new_beside_old("max-age=5");
    let refused = |served: &Served| promote(&look(&ring, served, at(9000)), "new", served, at(9000)).unwrap_err();
    assert_eq!(refused(&serves(&["old"], "max-age=5")), Refusal::NotServed);
    assert_eq!(refused(&serves(&["old", "new", "new"], "max-age=5")), Refusal::Repeated);
    let other = format!(r#"{{"keys":[{},{}]}}"#, entry("old", "old"), entry("new", "other"));
    assert_eq!(refused(&Served::read(other.as_bytes(), ["max-age=5"]).unwrap()), Refusal::OtherMaterial);
    assert_eq!(promote(&ring, "none", &serves(&["none"], "max-age=5"), at(9000)), Err(Refusal::Unknown));
}

#[test]
fn a_key_that_was_missing_again_waits_again() {
    // 20 s after it was first seen, an instance that hasn't read the table yet is no news.
    let ring = look(&new_beside_old("max-age=60"), &serves(&["old"], "max-age=60"), at(1030));
    check_promotion(&ring, "max-age=60", at(1010 + 30 + 60));
    // Ten minutes after, it is: copies without it begin to live now.
    let ring = look(&new_beside_old("max-age=60"), &serves(&["old"], "max-age=60"), at(1610));
    assert_eq!(next(&ring, ring.key("new").unwrap()), Next::PromoteOnceServed);
    check_promotion(&look(&ring, &serves(&["old", "new"], "max-age=60"), at(1700)), "max-age=60", at(1700 + 30 + 60));
}

#[test]
fn promoting_the_key_that_signs_changes_nothing() {
    let ring = new_signs("max-age=5", 2000);
    assert_eq!(promote(&ring, "new", &serves(&["old", "new"], "max-age=5"), at(3000)), Ok(None));
    // Not even where the URL is of no use.
    assert_eq!(promote(&ring, "new", &serves(&[], "max-age=5"), at(3000)), Ok(None));
}

#[test]
fn a_key_is_retired_once_what_it_signed_is_not_presented_any_more_and_every_copy_of_before_has_run_out() {
    // A refresh that is under way signs for a minute at most, and an assertion lives for five.
    check_retirement(&new_signs("max-age=5", 2000), "max-age=5", at(2000 + 60 + 300));
    check_retirement(&new_signs("max-age=3600", 10_000), "max-age=3600", at(10_000 + 3600));
    check_retirement(&new_signs("public", 110_000), "public", at(110_000 + 29 * 3600));
}

#[test]
fn a_lowered_max_age_does_not_shorten_the_wait_of_a_key_that_was_replaced_before() {
    let ring = new_signs("max-age=3600", 10_000);
    let ring = look(&ring, &serves(&["old", "new"], "max-age=5"), at(10_100));
    check_retirement(&ring, "max-age=5", at(10_000 + 3600));
}

#[test]
fn the_key_that_signs_is_not_retired() {
    let served = serves(&["old", "new"], "max-age=5");
    assert_eq!(retire(&new_beside_old("max-age=5"), "old", &served, at(99_999)), Err(Refusal::Signs));
    assert_eq!(retire(&new_signs("max-age=5", 2000), "new", &served, at(99_999)), Err(Refusal::Signs));
}

#[test]
fn the_last_key_is_not_retired() {
    assert_eq!(retire(&signing_with_old("no-store"), "old", &serves(&["old"], "no-store"), at(9)), Err(Refusal::Last));
    assert_eq!(retire(&KeyRing::default(), "old", &serves(&[], "no-store"), at(9)), Err(Refusal::Unknown));
}

#[test]
fn a_key_that_never_signed_may_be_retired_at_any_time() {
    let ring = new_beside_old("max-age=3600");
    let ring = retire(&ring, "new", &serves(&["old", "new"], "max-age=3600"), at(1011)).unwrap();
    assert_eq!(ring.keys.len(), 1);
    // And is new when it comes back.
    let ring = added(&ring, "new", 1012);
    assert_eq!(next(&ring, ring.key("new").unwrap()), Next::PromoteOnceServed);
    assert_eq!(ring.retired, []);
}

#[test]
fn while_the_url_does_not_serve_the_key_that_signs_the_way_back_is_kept() {
    let ring = new_signs("max-age=5", 2000);
    for served in [serves(&["old"], "max-age=5"), serves(&[], "max-age=5")] {
        assert_eq!(retire(&ring, "old", &served, at(99_999)), Err(Refusal::SigningKeyNotServed));
    }
}

#[test]
fn a_replaced_key_may_be_promoted_back_at_once() {
    let served = serves(&["old", "new"], "max-age=3600");
    let ring = new_signs("max-age=3600", 10_000);
    let back = promote(&look(&ring, &served, at(10_001)), "old", &served, at(10_001)).unwrap().unwrap();
    assert_eq!(back.signing().unwrap().kid(), "old");
    assert_eq!(back.keys.iter().filter(|key| key.is_signing()).count(), 1);
    // What waited to be retired signs, and the other one waits now.
    assert_eq!(retire(&back, "old", &served, at(99_999)), Err(Refusal::Signs));
    assert_eq!(next(&back, back.key("new").unwrap()), Next::Retire(at(10_001 + 3600)));
}

#[test]
fn of_several_keys_each_waits_for_itself() {
    let ring = added(&new_beside_old("max-age=60"), "newer", 2000);
    let served = serves(&["old", "new", "newer"], "max-age=60");
    let ring = look(&ring, &served, at(2010));
    assert_eq!(next(&ring, ring.key("new").unwrap()), Next::Promote(at(1010 + 30 + 60)));
    assert_eq!(next(&ring, ring.key("newer").unwrap()), Next::Promote(at(2010 + 30 + 60)));
    let ring = promote(&ring, "new", &served, at(2010)).unwrap().unwrap();
    let ring = promote(&ring, "newer", &served, at(2100)).unwrap().unwrap();
    assert_eq!(next(&ring, ring.key("old").unwrap()), Next::Retire(at(2010 + 360)));
    assert_eq!(next(&ring, ring.key("new").unwrap()), Next::Retire(at(2100 + 360)));
    assert_eq!(next(&ring, ring.key("newer").unwrap()), Next::Signs);
}

#[test]
fn what_ran_out_is_forgotten() {
    let mut ring = signing_with_old("max-age=3600");
    for (seconds, max_age) in [(1000, 60), (2000, 5), (3000, 5), (300_000, 7)] {
        ring = look(&ring, &serves(&["old"], &format!("max-age={max_age}")), at(seconds));
    }
    let kept = |seconds, first, last| ServedMaxAge { seconds, first_seen_at: at(first), last_seen_at: at(last) };
    // What followed 5 s was seen only now, so that 5 s counts still; 60 s ran out long ago.
    assert_eq!(ring.served, [kept(5, 2000, 3000), kept(7, 300_000, 300_000)]);
}

#[test]
fn a_refusal_says_when_it_may_be_done() {
    let served = serves(&["old", "new"], "max-age=3600");
    let refusal = promote(&new_beside_old("max-age=3600"), "new", &served, at(1010 + 30 + 3600 - 41 * 60)).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "copies of the set without it may be in use until then; it may be promoted at 2026-11-23T11:17:20Z, in 41 minutes"
    );
    let refusal = retire(&new_signs("max-age=5", 2000), "old", &served, at(2001)).unwrap_err();
    assert!(refusal.to_string().ends_with("it may be retired at 2026-11-23T10:39:20Z, in 6 minutes"), "{refusal}");
}
