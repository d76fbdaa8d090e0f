//! By which way, where and at what events of the day, in the words.

use super::structure::lacking_unless;
use super::{Said, Verdict};
use crate::speech::fact::{ClockTime, Meal, Moment, Part, Relation, Route, When};

const MEALS: [&str; 9] = ["meal", "meals", "food", "eating", "breakfast", "lunch", "dinner", "supper", "snack"];

/// Whether nobody errs between two ways, or one word can mean both. An ear isn't an eye.
fn are_near(one: Route, other: Route) -> bool {
    use Route::{Buccal, Inhalation, Nasal, Ophthalmic, Oral, Otic, Rectal, Topical, Transdermal, Vaginal};
    let is_pair = |first: Route, seconds: &[Route]| {
        (one == first && seconds.contains(&other)) || (other == first && seconds.contains(&one))
    };
    // A cream is put anywhere; "under the skin" is another way than "on the skin".
    let on_skin = [Nasal, Ophthalmic, Otic, Vaginal, Rectal, Buccal];
    is_pair(Topical, &[&on_skin[..], &[Transdermal]].concat())
        || is_pair(Transdermal, &on_skin)
        || is_pair(Inhalation, &[Nasal, Oral])
}

impl Said<'_> {
    pub(super) fn route(&self, route: Route) -> Verdict {
        if self.says_route(route) {
            return Verdict::Said;
        }
        // A side's way is that of what it is a side of.
        let (way, is_other_side) = match route {
            Route::At(side) => (side.route(), side.names().iter().any(|name| self.says_another_side(name))),
            route => (route, false),
        };
        let is_another = |other: &Route| *other != way && !are_near(way, *other) && self.says_route(*other);
        let says_own = self.says_route(way);
        let says_another_way = !says_own && Route::ALL.iter().any(is_another);
        // What is applied, injected or inserted isn't swallowed.
        let is_other_deed = !says_own
            && way == Route::Oral
            && self.any_word(&["apply", "rub", "inject", "insert", "instill", "suppository", "inhale"]);
        if is_other_side || says_another_way || is_other_deed { Verdict::Contradicted } else { Verdict::Lacking }
    }

    /// Whether the words give the route, be it in plainer words.
    fn says_route(&self, route: Route) -> bool {
        let plainly: &[&str] = match route {
            Route::Oral => &["oral", "mouth", "orally", "swallow", "swish"],
            Route::Subcutaneous => &["subcutaneous", "under the skin", "beneath the skin", "subcutaneously"],
            Route::Intravenous => &["intravenous", "intravenously", "vein", "into a vein"],
            Route::Intramuscular => &["intramuscular", "intramuscularly", "muscle"],
            Route::Nasal => &["nasal", "nasally", "nostril", "nostrils", "nose"],
            Route::Ophthalmic => &["ophthalmic", "eye", "eyes"],
            Route::Otic => &["otic", "ear", "ears"],
            Route::Topical if self.phrase("under the skin") => &["topical", "topically"],
            Route::Topical => &["topical", "topically", "skin"],
            Route::Transdermal => &["transdermal", "transdermally", "through the skin"],
            Route::Sublingual => &["sublingual", "tongue"],
            Route::Buccal => &["buccal", "cheek"],
            Route::Inhalation => &["inhalation", "inhalations", "inhale", "inhaled", "inhales", "breathe"],
            Route::Rectal => &["rectal", "rectum", "rectally"],
            Route::Vaginal => &["vaginal", "vagina", "vaginally"],
            Route::At(side) => side.names(),
        };
        plainly.iter().any(|word| self.phrase(word))
    }

    /// The place on the body. The left isn't the right.
    pub(super) fn site(&self, site: &str) -> Verdict {
        if self.phrase(site) {
            Verdict::Said
        } else if self.says_another_side(site) {
            Verdict::Contradicted
        } else {
            Verdict::Lacking
        }
    }

    /// "9 AM", "9am", "0900", "21:00"; and noon.
    pub(super) fn has_time(&self, time: ClockTime) -> bool {
        let ClockTime { hour, minute } = time;
        match (hour, minute) {
            (12, 0) if self.any_word(&["noon"]) => return true,
            (0, 0) if self.any_word(&["midnight"]) => return true,
            _ => {}
        }
        let half = if hour < 12 { "am" } else { "pm" };
        let short = if hour % 12 == 0 { 12 } else { hour % 12 };
        let clock = if minute == 0 { short.to_string() } else { format!("{short}:{minute:02}") };
        let full = format!("{short}:{minute:02}");
        let run_on = [
            format!("{clock}{half}"),
            format!("{full}{half}"),
            format!("{hour:02}{minute:02}"),
            format!("{hour:02}:{minute:02}"),
        ];
        let with_half = (0..self.words.len())
            .any(|at| (self.word(at) == clock || self.word(at) == full) && self.word(at + 1) == half);
        with_half || self.words.iter().any(|word| run_on.iter().any(|own| own == word.text))
    }

    /// Whether the words say `times`, or another time of day in their place.
    pub(super) fn times(&self, times: &[ClockTime]) -> Verdict {
        if times.iter().all(|time| self.has_time(*time)) {
            return Verdict::Said;
        }
        let is_another = |at: usize| self.time_at(at).is_some_and(|said| !times.contains(&said));
        let (morning, night) = (["morning", "breakfast"], ["evening", "night", "nightly", "bedtime", "bed", "dinner"]);
        let only = |these: &[&str], others: &[&str]| self.any_word(these) && !self.any_word(others);
        // "In the morning" isn't at 9 PM.
        let is_other_half = (only(&morning, &night) && times.iter().all(|time| time.hour >= 15))
            || (only(&night, &morning) && times.iter().all(|time| (4..12).contains(&time.hour)));
        let is_contradicted = is_other_half || (0..self.words.len()).any(is_another);
        if is_contradicted { Verdict::Contradicted } else { Verdict::Lacking }
    }

    /// The time of day that is certainly one: "9 AM", "9am", "9:30pm", "at 2100", noon.
    fn time_at(&self, at: usize) -> Option<ClockTime> {
        let word = self.word(at);
        match word {
            "noon" => return Some(ClockTime { hour: 12, minute: 0 }),
            "midnight" => return Some(ClockTime { hour: 0, minute: 0 }),
            _ => {}
        }
        let run_on = |half| word.strip_suffix(half).filter(|hour| !hour.is_empty()).map(|hour| (hour, half));
        let apart = || Some((word, self.word(at + 1))).filter(|(_, half)| matches!(*half, "am" | "pm"));
        if let Some((hour, half)) = run_on("am").or_else(|| run_on("pm")).or_else(apart) {
            let (hour, minute) = hour.split_once(':').unwrap_or((hour, "0"));
            let hour = hour.parse::<u8>().ok().filter(|hour| (1..=12).contains(hour))? % 12;
            let minute = minute.parse::<u8>().ok().filter(|minute| *minute < 60)?;
            return Some(ClockTime { hour: if half == "pm" { hour + 12 } else { hour }, minute });
        }
        let behind_at = at.checked_sub(1).is_some_and(|before| matches!(self.word(before), "at" | "@"));
        let digits =
            Some(word).filter(|word| behind_at && word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit()))?;
        let (hour, minute) = (digits.get(..2)?.parse().ok()?, digits.get(2..)?.parse().ok()?);
        Some(ClockTime { hour, minute }).filter(|time| time.hour < 24 && time.minute < 60)
    }

    pub(super) fn moments(&self, moments: &[Moment]) -> Verdict {
        let said = |moment: &Moment| {
            let minutes = moment
                .offset
                .is_none_or(|minutes| self.minutes_before_events().any(|said| (said - minutes.value()).abs() < 0.001));
            minutes && self.says_moment(moment.when)
        };
        let other_offset = |moment: &Moment| {
            moment
                .offset
                .is_some_and(|_| self.says_moment(moment.when) && self.minutes_before_events().next().is_some())
        };
        let other = |moment: &Moment| match moment.when {
            When::Meal(relation, _) => {
                let others =
                    [Relation::Before, Relation::With, Relation::After].into_iter().filter(|own| *own != relation);
                let at_other = !self.at(relation, &MEALS) && others.into_iter().any(|other| self.at(other, &MEALS));
                let is_fasting = relation != Relation::Before && self.is_fasting();
                at_other || is_fasting || self.says_another_meal(moment.when)
            }
            When::Part(Part::Noon | Part::Afternoon) => {
                self.any_word(&["morning", "evening", "night", "nightly", "bedtime"])
                    && !self.any_word(&["noon", "afternoon", "lunch"])
            }
            When::Part(Part::Morning | Part::EarlyMorning) if self.is_at_night_only() => true,
            When::Part(Part::Morning | Part::EarlyMorning) => {
                self.any_word(&["evening", "bedtime", "nightly", "night"]) && !self.any_word(&["morning"])
            }
            When::Part(Part::Evening | Part::Night | Part::LateEvening) | When::Bedtime => {
                self.any_word(&["morning", "noon"])
                    && !self.any_word(&["evening", "night", "bedtime", "nightly", "bed"])
            }
            _ => false,
        };
        if moments.iter().all(said) {
            Verdict::Said
        } else {
            match moments.iter().any(|moment| other(moment) || other_offset(moment)) {
                true => Verdict::Contradicted,
                false => lacking_unless(false),
            }
        }
    }

    /// Whether it is taken without food.
    fn is_fasting(&self) -> bool {
        self.phrase("empty stomach") || self.phrase("without food")
    }

    /// Whether others say the opposite of when it is taken: with food and on an empty stomach, in the morning and at
    /// bedtime.
    pub(in crate::speech) fn opposes(&self, other: &Said<'_>) -> bool {
        let with_food = |said: &Said<'_>| said.at(Relation::With, &MEALS) || said.at(Relation::After, &MEALS);
        let is_or = |said: &Said<'_>| said.phrase("with or without");
        let by_food = |one: &Said<'_>, other: &Said<'_>| one.is_fasting() && with_food(other) && !is_or(other);
        let early = |said: &Said<'_>| said.any_word(&["morning"]);
        let late = |said: &Said<'_>| said.any_word(&["evening", "bedtime", "nightly", "night"]);
        let by_time = |one: &Said<'_>, other: &Said<'_>| early(one) && !late(one) && late(other) && !early(other);
        by_food(self, other) || by_food(other, self) || by_time(self, other) || by_time(other, self)
    }

    /// Whether the hours that the words name are all behind noon.
    fn is_at_night_only(&self) -> bool {
        let mut hours = (0..self.words.len()).filter_map(|at| self.time_at(at)).map(|time| time.hour).peekable();
        hours.peek().is_some() && hours.all(|hour| hour > 12) && !self.any_word(&["morning"])
    }

    /// The minutes of "30 minutes before breakfast" and "1 hour before bedtime".
    fn minutes_before_events(&self) -> impl Iterator<Item = f64> {
        let stands = |amount: &super::Amount| matches!(self.word(amount.unit_at + 1), "before" | "prior" | "after");
        let of = |amount: &super::Amount| match self.word(amount.unit_at) {
            "minute" | "minutes" => Some(amount.value),
            "hour" | "hours" => Some(amount.value * 60.0),
            _ => None,
        };
        self.amounts.iter().filter(move |amount| stands(amount)).filter_map(of)
    }

    /// "With breakfast" where it is with lunch.
    fn says_another_meal(&self, when: When) -> bool {
        let named = |meal: Meal| match meal {
            Meal::Any => false,
            Meal::Breakfast => self.any_word(&["breakfast"]),
            Meal::Lunch => self.any_word(&["lunch"]),
            Meal::Dinner => self.any_word(&["dinner", "supper"]),
        };
        match when {
            When::Meal(_, Meal::Any) => false,
            When::Meal(_, own) => {
                let others = [Meal::Breakfast, Meal::Lunch, Meal::Dinner].into_iter().filter(|meal| *meal != own);
                !named(own) && !self.any_word(&["meal", "meals", "food"]) && others.into_iter().any(named)
            }
            _ => false,
        }
    }

    fn says_moment(&self, when: When) -> bool {
        match when {
            When::Bedtime => self.any_word(&["bedtime", "bed", "sleep"]),
            When::Asleep => self.any_word(&["asleep"]),
            When::Waking => self.any_word(&["waking", "wake", "awakening"]),
            When::Part(Part::EarlyMorning) => self.phrase("early in the morning"),
            When::Part(Part::LateMorning) => self.phrase("late in the morning"),
            When::Part(Part::Morning) => self.any_word(&["morning"]),
            When::Part(Part::Noon) => self.any_word(&["noon"]),
            When::Part(Part::Afternoon) => self.any_word(&["afternoon"]),
            When::Part(Part::Evening) => self.any_word(&["evening"]),
            When::Part(Part::Night) => self.any_word(&["night", "nightly"]),
            When::Part(_) => false,
            When::Meal(relation, Meal::Any) => self.at(relation, &MEALS),
            When::Meal(relation, Meal::Breakfast) => self.at(relation, &["breakfast"]),
            When::Meal(relation, Meal::Lunch) => self.at(relation, &["lunch"]),
            When::Meal(relation, Meal::Dinner) => self.at(relation, &["dinner", "supper"]),
        }
    }

    /// "Before meals", "with a light snack".
    fn at(&self, relation: Relation, meals: &[&str]) -> bool {
        let when = match relation {
            Relation::Before => "before",
            Relation::With => "with",
            Relation::After => "after",
        };
        let is_near = |at: usize| (at + 1..=at + 3).any(|at| meals.contains(&self.word(at)));
        (0..self.words.len()).any(|at| self.word(at) == when && is_near(at))
    }
}
