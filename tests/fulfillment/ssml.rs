//! A reader of SSML that knows nothing of the writer: XML's rules of being well-formed, and what Connect takes.

/// What was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Ssml {
    /// The elements with their attributes, in the order in which they begin.
    pub elements: Vec<(String, Vec<(String, String)>)>,
    text: String,
}

impl Ssml {
    /// The text of all elements, its entities resolved; a break is a blank.
    pub fn text(&self) -> String {
        self.text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Reads a document.
pub fn read(document: &str) -> Result<Ssml, String> {
    let mut ssml = Ssml { elements: Vec::new(), text: String::new() };
    let mut open: Vec<String> = Vec::new();
    let mut rest = document;
    if !document.starts_with("<speak>") {
        return Err("no <speak> at the beginning".to_owned());
    }
    while !rest.is_empty() {
        if open.is_empty() && !ssml.elements.is_empty() {
            return Err(format!("after the end: {rest}"));
        }
        if let Some(after) = rest.strip_prefix("</") {
            let (name, after) = after.split_once('>').ok_or("an end tag without an end")?;
            if open.pop().as_deref() != Some(name) {
                return Err(format!("</{name}> closes nothing"));
            }
            rest = after;
        } else if let Some(after) = rest.strip_prefix('<') {
            let (tag, after) = after.split_once('>').ok_or("a tag without an end")?;
            let (tag, empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
            let name = tag.split(' ').next().unwrap_or_default().to_owned();
            if name.is_empty() || !name.chars().all(|c| c.is_ascii_lowercase() || c == '-') {
                return Err(format!("an element of the name {name:?}"));
            }
            ssml.elements.push((name.clone(), attributes(tag[name.len()..].trim())?));
            if empty {
                ssml.text.push(' ');
            } else {
                open.push(name);
            }
            rest = after;
        } else if let Some(after) = rest.strip_prefix('&') {
            let (name, after) = after.split_once(';').ok_or("an & that begins no entity")?;
            ssml.text.push(match name {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                "apos" => '\'',
                other => return Err(format!("the entity {other:?}")),
            });
            rest = after;
        } else {
            let c = rest.chars().next().unwrap();
            let allowed = matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
            if !allowed || c == '>' {
                return Err(format!("the character {c:?}"));
            }
            ssml.text.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    if open.is_empty() { Ok(ssml) } else { Err(format!("{open:?} stay open")) }
}

fn attributes(text: &str) -> Result<Vec<(String, String)>, String> {
    let mut attributes = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (name, after) = rest.split_once("=\"").ok_or("an attribute without a value")?;
        let (value, after) = after.split_once('"').ok_or("a value without an end")?;
        attributes.push((name.to_owned(), value.to_owned()));
        rest = after.trim_start();
    }
    Ok(attributes)
}

/// Whether Connect takes it with every voice, and it is made for nothing else.
pub fn is_for_connect(ssml: &Ssml) -> bool {
    let taken = |(name, attributes): &(String, Vec<(String, String)>)| {
        let attributes: Vec<_> = attributes.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        match (name.as_str(), attributes.as_slice()) {
            ("speak", []) => true,
            ("break", [("time", time)]) => {
                time.strip_suffix("ms").is_some_and(|ms| ms.parse::<u32>().unwrap() <= 10_000)
            }
            ("prosody", [("rate", rate)]) => ["slow", "x-slow"].contains(rate),
            ("say-as", [("interpret-as", kind)]) => ["digits", "telephone", "characters"].contains(kind),
            _ => false,
        }
    };
    ssml.elements.iter().all(taken) && ssml.elements.iter().filter(|(name, _)| name == "speak").count() == 1
}

#[test]
fn what_is_not_well_formed_is_not_read() {
    let good = "<speak>a &amp; b<break time=\"600ms\"/><prosody rate=\"slow\">c</prosody></speak>";
    assert_eq!(read(good).unwrap().text(), "a & b c");
    for bad in [
        "",
        "a",
        "<speak>",
        "<speak>a & b</speak>",
        "<speak><p>a</speak>",
        "<speak>a</speak>b",
        "<speak>a > b</speak>",
        "<speak>&nbsp;</speak>",
        "<speak>\u{1}</speak>",
    ] {
        assert!(read(bad).is_err(), "{bad}");
    }
}
