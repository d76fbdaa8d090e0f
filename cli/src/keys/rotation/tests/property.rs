//! Whatever operators do, in whatever order and at whatever times: what the steps allow never has a key sign that some
//! copy of the set in use may lack, and never takes out one that signed within the last five minutes.
//!
//! The world of the model is as unkind as it may be: each look may meet an instance of jwks with the oldest set that it
//! may remember, every copy is kept for as long as it was allowed, and the last signature of a replaced key is made as late
//! as it can be.

use proptest::prelude::*;

use super::*;

/// How late a key may sign that was replaced.
const STRAGGLER: SignedDuration = SignedDuration::from_secs(50);
const NAMES: [&str; 4] = ["a", "b", "c", "d"];

#[derive(Debug, Clone)]
enum Act {
    Wait(i64),
    Add(usize),
    Promote(usize),
    Retire(usize),
    Look,
    /// Another `max-age` is deployed, which is seen before yet another is.
    Deploy(u32),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => prop_oneof![0_i64..90, 290_i64..420, 90_i64..7200, 7200_i64..200_000].prop_map(Act::Wait),
        2 => (0..NAMES.len()).prop_map(Act::Add),
        4 => (0..NAMES.len()).prop_map(Act::Promote),
        3 => (0..NAMES.len()).prop_map(Act::Retire),
        1 => Just(Act::Look),
        1 => prop_oneof![Just(0_u32), Just(5), Just(3600), Just(86_400), Just(200_000)].prop_map(Act::Deploy),
    ]
}

struct World {
    now: Timestamp,
    ring: KeyRing,
    /// The names in the stored ring, and since when they were: what an instance of jwks may remember.
    versions: Vec<(Timestamp, Vec<String>)>,
    max_age: u32,
    deployed_unseen: bool,
    /// Until when a copy may live that lacks the key.
    lacking_until: [Timestamp; NAMES.len()],
    last_signature_at: [Option<Timestamp>; NAMES.len()],
    /// Which of the looks meets the oldest set.
    stale: bool,
}

impl World {
    fn new(max_age: u32) -> Self {
        let mut world = Self {
            now: at(0),
            ring: added(&KeyRing::default(), NAMES[0], 0),
            // Nobody knew another key before the first: that set has always been.
            versions: vec![(Timestamp::MIN, vec![NAMES[0].to_owned()])],
            max_age,
            deployed_unseen: false,
            lacking_until: [Timestamp::MIN; NAMES.len()],
            last_signature_at: [None; NAMES.len()],
            stale: false,
        };
        world.look();
        world
    }

    /// The sets that some instance may serve now.
    fn servable(&self) -> &[(Timestamp, Vec<String>)] {
        let oldest = self.versions.iter().rposition(|(since, _)| *since < after(self.now, -JWKS_MEMORY));
        &self.versions[oldest.unwrap_or(0)..]
    }

    fn write(&mut self, ring: KeyRing) {
        let names: Vec<String> = ring.keys.iter().map(|key| key.kid().to_owned()).collect();
        if self.versions.last().map(|(_, known)| known) != Some(&names) {
            self.versions.push((self.now, names));
        }
        self.ring = ring;
    }

    /// Time goes by: whoever fetches keeps what was served for as long as was stated.
    fn pass(&mut self, seconds: i64) {
        let end = after(self.now, SignedDuration::from_secs(seconds));
        while self.now <= end {
            let kept_until = after(self.now, crate::keys::cache_control::lifetime([&*self.header()]));
            for (index, name) in NAMES.iter().enumerate() {
                if self.servable().iter().any(|(_, names)| !names.iter().any(|known| known == name)) {
                    self.lacking_until[index] = self.lacking_until[index].max(kept_until);
                }
                if self.ring.signing().is_some_and(|key| key.kid() == *name) {
                    self.last_signature_at[index] = Some(self.now);
                }
            }
            // In seconds while a set of before is about, and in one leap after.
            let step = if self.servable().len() > 1 { 1 } else { 7000 };
            let left = end.duration_since(self.now).as_secs();
            self.now = after(self.now, SignedDuration::from_secs(step.min(left).max(1)));
        }
        self.now = end;
    }

    fn header(&self) -> String {
        format!("public, max-age={}", self.max_age)
    }

    fn served(&self) -> Served {
        let sets = self.servable();
        let (_, names) = if self.stale { sets.first() } else { sets.last() }.unwrap();
        serves(&names.iter().map(String::as_str).collect::<Vec<_>>(), &self.header())
    }

    fn look(&mut self) -> Served {
        let served = self.served();
        self.ring = look(&self.ring, &served, self.now);
        self.deployed_unseen = false;
        served
    }

    fn act(&mut self, act: &Act) -> Result<(), TestCaseError> {
        match *act {
            Act::Wait(seconds) => self.pass(seconds),
            Act::Look => {
                self.look();
            }
            Act::Deploy(max_age) => {
                if !self.deployed_unseen {
                    self.max_age = max_age;
                    self.deployed_unseen = true;
                }
            }
            Act::Add(key) => {
                self.look();
                if let Some(ring) = add(&self.ring, NAMES[key], jwk(NAMES[key]), self.now) {
                    self.write(ring);
                }
            }
            Act::Promote(key) => {
                let served = self.look();
                let signed = self.ring.signing().map(|key| key.kid().to_owned());
                if let Ok(Some(ring)) = promote(&self.ring, NAMES[key], &served, self.now) {
                    prop_assert!(
                        self.lacking_until[key] <= self.now,
                        "{} signs at {}, and a copy lacks it until {}",
                        NAMES[key],
                        self.now,
                        self.lacking_until[key]
                    );
                    self.write(ring);
                    let replaced = NAMES.iter().position(|name| Some(*name) == signed.as_deref());
                    self.last_signature_at[replaced.unwrap()] = Some(after(self.now, STRAGGLER));
                }
            }
            Act::Retire(key) => {
                let served = self.look();
                if let Ok(ring) = retire(&self.ring, NAMES[key], &served, self.now) {
                    if let Some(signed_at) = self.last_signature_at[key].take() {
                        let unused = self.now.duration_since(signed_at);
                        prop_assert!(unused >= SignedDuration::from_mins(5), "{} signed {unused} ago", NAMES[key]);
                    }
                    self.write(ring);
                }
            }
        }
        // At any time: one key signs, it is published, and no copy that is in use lacks it.
        let signing: Vec<_> = self.ring.keys.iter().filter(|key| key.is_signing()).collect();
        prop_assert_eq!(signing.len(), 1);
        let index = NAMES.iter().position(|name| *name == signing[0].kid()).unwrap();
        prop_assert!(self.lacking_until[index] <= self.now);
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_allowed_step_locks_us_out(
        max_age in prop_oneof![Just(5_u32), Just(3600)],
        acts in prop::collection::vec((act(), any::<bool>()), 1..40),
    ) {
        let mut world = World::new(max_age);
        for (act, stale) in &acts {
            world.stale = *stale;
            world.act(act)?;
        }
        // And nobody is kept waiting for ever: two days after the last change, each key may sign and the others may go.
        world.stale = false;
        world.look();
        world.pass(200_000);
        let names: Vec<String> = world.ring.keys.iter().map(|key| key.kid().to_owned()).collect();
        for name in &names {
            let served = world.look();
            prop_assert!(promote(&world.ring, name, &served, world.now).is_ok(), "{name}");
            if !world.ring.key(name).unwrap().is_signing() {
                prop_assert!(retire(&world.ring, name, &served, world.now).is_ok(), "{name}");
            }
        }
    }
}
