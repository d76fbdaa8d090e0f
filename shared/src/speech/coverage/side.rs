//! Left, right or both: of eyes, ears, nostrils, arms, in the words and in the structure.

use super::Said;
use crate::speech::fact::{Route, Side};

/// What there are two of.
const PAIRED: [&str; 36] = [
    "eye",
    "eyes",
    "eyelid",
    "eyelids",
    "lid",
    "lids",
    "ear",
    "ears",
    "nostril",
    "nostrils",
    "nare",
    "nares",
    "arm",
    "arms",
    "leg",
    "legs",
    "hand",
    "hands",
    "foot",
    "feet",
    "knee",
    "knees",
    "hip",
    "hips",
    "shoulder",
    "shoulders",
    "thigh",
    "thighs",
    "elbow",
    "elbows",
    "wrist",
    "wrists",
    "ankle",
    "ankles",
    "side",
    "sides",
];

/// Which of two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    Left,
    Right,
    Both,
}

impl Side {
    /// The way into the body that it is a side of.
    pub(super) fn route(self) -> Route {
        match self {
            Self::BothEyes | Self::LeftEye | Self::RightEye => Route::Ophthalmic,
            Self::BothEars | Self::LeftEar | Self::RightEar => Route::Otic,
            Self::EachNostril | Self::LeftNostril | Self::RightNostril => Route::Nasal,
        }
    }
}

impl Said<'_> {
    /// Whether the words say "left eye" where `way` says "both eyes".
    pub(super) fn says_another_side(&self, way: &str) -> bool {
        let way = way.to_lowercase();
        let of_way = Said::of(&way);
        let (own, said) = (of_way.sides(), self.sides());
        let (Some(own), false) = (own.first(), said.is_empty()) else { return false };
        // "The left eye in the morning and the right eye at night" are both.
        let are_both = *own == Which::Both && said.contains(&Which::Left) && said.contains(&Which::Right);
        !said.contains(own) && !are_both
    }

    fn sides(&self) -> Vec<Which> {
        (0..self.words.len()).filter_map(|at| self.side(at)).collect()
    }

    fn side(&self, at: usize) -> Option<Which> {
        let is_paired = |near: usize| (at + 1..=at + near).any(|at| PAIRED.contains(&self.word(at)));
        match self.word(at) {
            // Half a tablet is left; "2 tablets left".
            "left" => Some(Which::Left).filter(|_| !matches!(self.word(at + 1), "over" | "in" | "from")),
            "right" => {
                let is_at_once = matches!(self.word(at + 1), "away" | "before" | "after" | "now" | "at" | "when");
                Some(Which::Right).filter(|_| !is_at_once)
            }
            "bilateral" | "bilaterally" => Some(Which::Both),
            // "Both morning and night", "each day".
            "both" => Some(Which::Both).filter(|_| is_paired(3)),
            "each" | "every" => Some(Which::Both).filter(|_| is_paired(1)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_side_is_found_and_what_is_no_side_is_not() {
        for (words, way) in [
            ("1 drop in the right eye daily", "left eye"),
            ("1 drop in both eyes daily", "left eye"),
            ("1 drop in each eye daily", "right eye"),
            ("1 drop in the left eye daily", "both eyes"),
            ("1 drop in the left eye daily", "each eye"),
            ("inject into the right thigh", "Left thigh"),
            ("apply bilaterally", "left arm"),
        ] {
            assert!(Said::of(words).says_another_side(way), "{words}: {way}");
        }
        for (words, way) in [
            ("1 drop in the left eye daily", "left eye"),
            ("1 drop in both eyes each day", "each eye"),
            ("1 drop in the left eye and 1 drop in the right eye", "both eyes"),
            ("take right away, both morning and night, each day", "left arm"),
            ("1 drop daily", "left eye"),
            ("1 drop in the left eye daily", "eye"),
        ] {
            assert!(!Said::of(words).says_another_side(way), "{words}: {way}");
        }
    }
}
