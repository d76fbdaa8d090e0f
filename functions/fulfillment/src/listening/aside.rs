//! Words beside the matter: a moment is asked for, or the sentence again; somebody is thanked, or calls for another; or
//! something is asked that this line doesn't answer.
//!
//! The bots know few of them. What they don't know, they take for what is nearest, and tell how a medicine is taken to who
//! asks whether to stop it, or say goodbye to who calls for his wife. So these words are looked for in what was heard, in both
//! languages, before what the bot made of it counts; but for an emergency and a person, which come before them.
//!
//! Whatever could be an answer is none of them: a short one is one where nothing else was said.

mod english;
mod spanish;

use super::pattern::{any, is_whole};

/// What is said beside the matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Aside {
    /// Somebody needs a moment.
    Moment,
    /// Somebody didn't hear.
    Again,
    /// It was too fast, or not heard well. Nothing here makes a voice louder, but slower is understood better.
    Slower,
    /// Thanks, and no more than that.
    Thanks,
    /// Is anybody there?
    Hello,
    /// Is this a machine?
    Machine,
    /// Somebody can't use keys.
    NoKeys,
    /// Why is this asked?
    Why,
    /// Somebody calls for another.
    ForAnother,
    /// What a pharmacist or a doctor has to answer.
    Clinical,
    /// What this line has nothing to do with.
    NotHere,
}

/// What is listened for, in one language.
struct Phrases {
    /// Left out before a phrase is compared with all that was said.
    fillers: &'static [&'static str],
    /// What means something where nothing else was said.
    whole: &'static [(Aside, &'static [&'static str])],
    /// What means something wherever it is said.
    anywhere: &'static [(Aside, &'static [&'static str])],
    /// What means none of these, though it sounds like it.
    not: &'static [(Aside, &'static [&'static str])],
}

const LANGUAGES: [&Phrases; 2] = [&english::PHRASES, &spanish::PHRASES];

/// What `words` are beside the matter, if they are.
pub(super) fn heard(words: &[String]) -> Option<Aside> {
    LANGUAGES.iter().find_map(|phrases| phrases.heard(words))
}

impl Phrases {
    fn heard(&self, words: &[String]) -> Option<Aside> {
        let left: Vec<String> = words.iter().filter(|word| !self.fillers.contains(&word.as_str())).cloned().collect();
        let is_all =
            |patterns: &[&str]| patterns.iter().any(|pattern| is_whole(&left, pattern) || is_whole(words, pattern));
        let whole = self.whole.iter().find(|(_, patterns)| is_all(patterns));
        let is_not = |aside: Aside| self.not.iter().any(|(not, patterns)| *not == aside && any(words, patterns));
        let anywhere = || self.anywhere.iter().find(|(aside, patterns)| any(words, patterns) && !is_not(*aside));
        whole.or_else(anywhere).map(|(aside, _)| *aside)
    }
}
