//! YAML with CloudFormation's tags, as JSON.

use saphyr_parser::{Event, Parser, ScalarStyle, Tag};
use serde_json::{Map, Number, Value};

/// A text that can't be read as a template.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct YamlError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub problem: &'static str,
}

/// What YAML 1.1, which CloudFormation reads, takes for a truth and YAML 1.2 for a word.
const TRUTHS_OF_YAML_1_1: [&str; 8] = ["y", "yes", "n", "no", "on", "off", "Yes", "No"];

/// Reads one document.
pub(crate) fn parse(text: &str) -> Result<Value, YamlError> {
    let mut events = Parser::new_from_str(text);
    let mut open: Vec<Open> = Vec::new();
    let mut document = None;
    while let Some(event) = events.next_event() {
        let (event, span) = event.map_err(|error| YamlError { line: error.marker().line(), problem: "not YAML" })?;
        let failed = |problem| YamlError { line: span.start.line(), problem };
        let finished = match event {
            Event::Scalar(text, style, _, tag) => Some(scalar(&text, style, tag.as_deref()).map_err(failed)?),
            Event::SequenceStart(_, tag) => {
                open.push(Open::new(Value::Array(Vec::new()), tag.as_deref()));
                None
            }
            Event::MappingStart(_, tag) => {
                open.push(Open::new(Value::Object(Map::new()), tag.as_deref()));
                None
            }
            Event::SequenceEnd | Event::MappingEnd => open.pop().map(Open::finish),
            Event::Alias(_) => return Err(failed("CloudFormation takes no aliases")),
            _ => None,
        };
        let Some(value) = finished else { continue };
        match open.last_mut() {
            Some(within) => within.take(value).map_err(failed)?,
            None => document = Some(value),
        }
    }
    document.ok_or(YamlError { line: 1, problem: "there is nothing" })
}

/// A list or map that has begun.
struct Open {
    value: Value,
    key: Option<String>,
    tag: Option<String>,
}

impl Open {
    fn new(value: Value, tag: Option<&Tag>) -> Self {
        Self { value, key: None, tag: tag.map(|tag| tag.suffix.clone()) }
    }

    fn take(&mut self, value: Value) -> Result<(), &'static str> {
        match (&mut self.value, self.key.take()) {
            (Value::Array(items), _) => items.push(value),
            (Value::Object(fields), Some(key)) => {
                if fields.insert(key, value).is_some() {
                    return Err("a key stands twice");
                }
            }
            (Value::Object(_), None) => {
                let key = match value {
                    Value::String(key) => key,
                    Value::Number(key) => key.to_string(),
                    _ => return Err("a key is a word"),
                };
                self.key = Some(key);
            }
            _ => {}
        }
        Ok(())
    }

    fn finish(self) -> Value {
        match self.tag {
            Some(tag) => tagged(&tag, self.value),
            None => self.value,
        }
    }
}

fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Result<Value, &'static str> {
    if let Some(tag) = tag {
        let value = match tag.suffix.as_str() {
            "GetAtt" => {
                let (name, attribute) = text.split_once('.').ok_or("!GetAtt names an attribute")?;
                Value::from(vec![name, attribute])
            }
            _ => Value::from(text),
        };
        return Ok(tagged(&tag.suffix, value));
    }
    if style != ScalarStyle::Plain {
        return Ok(Value::from(text));
    }
    if TRUTHS_OF_YAML_1_1.contains(&text) {
        return Err("a word that YAML 1.1 takes for true or false stands in quotes");
    }
    Ok(match text {
        "" | "~" | "null" => Value::Null,
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        // A number with a leading zero is octal to YAML 1.1; none stands here without quotes.
        _ => match (text.parse::<i64>(), text.parse::<f64>()) {
            (Ok(whole), _) => Value::from(whole),
            (_, Ok(number)) if text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-')) => {
                Number::from_f64(number).map_or_else(|| Value::from(text), Value::Number)
            }
            _ => Value::from(text),
        },
    })
}

fn tagged(tag: &str, value: Value) -> Value {
    let name = if matches!(tag, "Ref" | "Condition") { tag.to_owned() } else { format!("Fn::{tag}") };
    Value::Object(Map::from_iter([(name, value)]))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn short_forms_are_written_out() {
        let text = "A: !Ref B\nC: !GetAtt D.E.F\nG: !Sub 'x${Y}'\nH: !If [I, !Ref J, {K: !Sub L}]\nM: !GetAtt [N, O]\n";
        let long = json!({
            "A": {"Ref": "B"},
            "C": {"Fn::GetAtt": ["D", "E.F"]},
            "G": {"Fn::Sub": "x${Y}"},
            "H": {"Fn::If": ["I", {"Ref": "J"}, {"K": {"Fn::Sub": "L"}}]},
            "M": {"Fn::GetAtt": ["N", "O"]},
        });
        assert_eq!(parse(text).unwrap(), long);
    }

    #[test]
    fn what_is_no_text_is_told_by_its_form_and_quotes_make_text() {
        let text = "a: 1\nb: 0.4\nc: true\nd: '1'\ne: 2010-09-09\nf: \"true\"\ng: |\n  two\n  lines\nh:\ni: 1.2.3\n";
        let value = json!({
            "a": 1, "b": 0.4, "c": true, "d": "1", "e": "2010-09-09", "f": "true", "g": "two\nlines\n", "h": null, "i": "1.2.3",
        });
        assert_eq!(parse(text).unwrap(), value);
    }

    #[test]
    fn what_cloudformation_reads_otherwise_is_refused() {
        let problem = |text: &str| parse(text).unwrap_err();
        assert_eq!(problem("a:\n  - yes\n").line, 2);
        assert!(problem("a: &b 1\nc: *b\n").problem.contains("aliases"));
        assert!(problem("a: 1\na: 2\n").problem.contains("twice"));
        assert_eq!(problem("a: [1\n").problem, "not YAML");
        assert!(problem("").problem.contains("nothing"));
    }
}
