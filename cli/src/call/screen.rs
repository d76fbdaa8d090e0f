//! What is shown: who speaks at the left, the words at the right, steps indented between them.

use std::io::Write;

/// How wide lines are at most.
const WIDTH: usize = 100;
/// The column in which words begin.
const INDENT: usize = 9;

/// Where a call is shown.
pub(super) struct Screen<'o> {
    out: &'o mut dyn Write,
}

impl<'o> Screen<'o> {
    /// Shows on `out`.
    pub(super) fn new(out: &'o mut dyn Write) -> Self {
        Self { out }
    }

    /// A line of its own.
    pub(super) fn line(&mut self, text: &str) {
        self.write(&format!("{text}\n"));
    }

    /// Words of the caller.
    pub(super) fn caller(&mut self, words: &str) {
        self.labelled("caller", if words.is_empty() { "(silence)" } else { words });
    }

    /// Words that the caller hears.
    pub(super) fn hears(&mut self, words: &str) {
        self.labelled("hears", words);
    }

    /// Something that happened behind the call.
    pub(super) fn step(&mut self, text: &str) {
        self.line(&format!("{:INDENT$}· {text}", ""));
    }

    /// Asks the person at the terminal, who types behind it.
    pub(super) fn prompt(&mut self, label: &str) {
        self.write(&format!("{label:<INDENT$}"));
    }

    fn labelled(&mut self, label: &str, words: &str) {
        let mut label = label;
        for line in wrapped(words, WIDTH - INDENT) {
            self.line(&format!("{label:<INDENT$}{line}"));
            label = "";
        }
    }

    /// Nothing is lost but the sight of it when nobody reads any more.
    fn write(&mut self, text: &str) {
        let _ = self.out.write_all(text.as_bytes()).and_then(|()| self.out.flush());
    }
}

/// `text` in lines of at most `width` characters, broken at spaces.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let Some(line) = lines.last_mut() else { continue };
        if line.is_empty() {
            line.push_str(word);
        } else if line.chars().count() + 1 + word.chars().count() <= width {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_are_wrapped_under_themselves() {
        let mut out = Vec::new();
        Screen::new(&mut out).hears(&"medication ".repeat(12));
        let shown = String::from_utf8(out).unwrap();
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!(lines.len(), 2);
        assert!(lines[0].starts_with("hears    medication") && lines[1].starts_with("         medication"));
        assert!(lines.iter().all(|line| line.len() <= WIDTH));
    }
}
