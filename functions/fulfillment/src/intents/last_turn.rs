//! What was answered last, kept as an attribute so that it can be said again: an intent, and where in the list it began. It
//! tells nothing of the patient's.

use super::IntentName;

/// An answer that can be given again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LastTurn {
    /// The intent that was answered.
    pub(crate) intent: IntentName,
    /// The index of the medication that was spoken of, or the first of them.
    pub(crate) at: Option<usize>,
}

impl LastTurn {
    /// Reads the attribute. Whoever wrote it: an intent that only stands for another is none.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (name, at) = text.split_once(':').map_or((text, None), |(name, at)| (name, Some(at)));
        let at = at.map(str::parse).transpose().ok()?;
        let intent = IntentName::parse(name);
        let stands_for_another = [IntentName::Repeat, IntentName::SpeakSlower, IntentName::MoreMedications];
        let known = intent != IntentName::Fallback && !stands_for_another.contains(&intent);
        known.then_some(Self { intent, at })
    }

    /// The attribute.
    pub(crate) fn written(self) -> String {
        let name = self.intent.as_str();
        self.at.map_or_else(|| name.to_owned(), |at| format!("{name}:{at}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_what_could_go_in_circles_is_not() {
        let list = LastTurn { intent: IntentName::ListMedications, at: Some(3) };
        assert_eq!((list.written().as_str(), LastTurn::parse("ListMedications:3")), ("ListMedications:3", Some(list)));
        let help = LastTurn { intent: IntentName::Help, at: None };
        assert_eq!((help.written().as_str(), LastTurn::parse("Help")), ("Help", Some(help)));
        for none in [
            "",
            "Repeat",
            "SpeakSlower",
            "MoreMedications:3",
            "Unknown",
            "HowToTake:x",
            "HowToTake:-1",
            "FallbackIntent",
        ] {
            assert_eq!(LastTurn::parse(none), None, "{none}");
        }
    }
}
