//! A script's stage directions: comments that the hospital follows, and `careline call` reads over.

/// What the hospital does before the caller says the next thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Epic answers nothing from now on: `# epic: down`.
    EpicDown,
    /// It does again: `# epic: up`.
    EpicUp,
    /// The list is not read ahead of the question, as when the queue is slow: `# prefetch: late`.
    PrefetchLate,
    /// It is again: `# prefetch: in time`.
    PrefetchInTime,
    /// `# clock: an hour later`.
    AnHourLater,
}

impl Direction {
    /// The directions of a script, each with its line from 1.
    pub fn of(text: &str) -> Vec<(usize, Self)> {
        (1..).zip(text.lines()).filter_map(|(number, line)| Some((number, Self::parse(line)?))).collect()
    }

    fn parse(line: &str) -> Option<Self> {
        let (name, value) = line.strip_prefix('#')?.trim().split_once(": ")?;
        match (name, value) {
            ("epic", "down") => Some(Self::EpicDown),
            ("epic", "up") => Some(Self::EpicUp),
            ("prefetch", "late") => Some(Self::PrefetchLate),
            ("prefetch", "in time") => Some(Self::PrefetchInTime),
            ("clock", "an hour later") => Some(Self::AnHourLater),
            ("epic" | "prefetch" | "clock", _) => panic!("no such direction: {line}"),
            _ => None,
        }
    }
}
