//! What is printed of a preview.

use std::io::{self, Write};

use serde::Serialize;
use shared::appointment_list::NotUpcoming;
use shared::medication_list::LeftOut;
use shared::medications::preview::{Preview, Previewed, Why};
use shared::speech::medication::Told;
use shared::speech::sentence::Sentence;
use shared::speech::{Locale, ssml};

use super::input::Kind;
use super::options::{Format, Options};

/// Writes what is heard to `out`, and what isn't, and why, to `remarks`.
pub(super) fn write(
    heard: &[(Kind, Preview)],
    options: &Options,
    out: &mut dyn Write,
    remarks: &mut dyn Write,
) -> io::Result<()> {
    for (_, preview) in heard {
        for resource in &preview.resources {
            if let Some(why) = remark(resource) {
                let place =
                    if preview.resources.len() > 1 { format!(" {}", resource.index + 1) } else { String::new() };
                // Whoever wrote the file chose it: what is no name of a type is not for a terminal.
                let is_name = |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
                let name = Some(resource.resource_type.as_str()).filter(|name| is_name(name)).unwrap_or("entry");
                writeln!(remarks, "{name}{place}: {why}")?;
            }
        }
    }
    let locale = options.locale.into();
    match options.format {
        Format::Json => json(heard, locale, out),
        Format::Text => paragraphs(heard, locale, out, &|sentences: &[String]| sentences.join("\n")),
        Format::Ssml => paragraphs(heard, locale, out, &ssml::speak),
    }
}

/// Whether a caller hears of `resource`. In a Bundle, a Medication only gives an order its name.
fn is_heard(kind: Kind, resource: &Previewed) -> bool {
    kind == Kind::Resources || (resource.left_out.is_none() && resource.resource_type != "Medication")
}

fn paragraphs(
    heard: &[(Kind, Preview)],
    locale: Locale,
    out: &mut dyn Write,
    form: &dyn Fn(&[String]) -> String,
) -> io::Result<()> {
    let dialog = locale.dialog();
    let mut paragraphs: Vec<Vec<String>> = Vec::new();
    for (kind, preview) in heard {
        let is_list = *kind == Kind::Bundle && !is_of_appointments(preview);
        if is_list {
            let partial = preview.partial.then(|| dialog.partial.to_owned());
            paragraphs.push([opening(preview, locale)].into_iter().chain(partial).collect());
        }
        for told in
            preview.resources.iter().filter(|resource| is_heard(*kind, resource)).filter_map(|r| r.told.as_ref())
        {
            paragraphs.push(told.sentences.iter().map(|sentence| sentence.text.expose().clone()).collect());
        }
        if is_list {
            paragraphs.push(vec![dialog.about_the_list.to_owned()]);
        }
    }
    for (index, paragraph) in paragraphs.iter().filter(|paragraph| !paragraph.is_empty()).enumerate() {
        let space = if index == 0 { "" } else { "\n" };
        writeln!(out, "{space}{}", form(paragraph))?;
    }
    Ok(())
}

/// Whether a set holds appointments, and no medications.
fn is_of_appointments(preview: &Preview) -> bool {
    let has =
        |types: &[&str]| preview.resources.iter().any(|resource| types.contains(&resource.resource_type.as_str()));
    has(&["Appointment"]) && !has(&["MedicationRequest", "MedicationStatement"])
}

/// How a list begins.
fn opening(preview: &Preview, locale: Locale) -> String {
    let dialog = locale.dialog();
    let of_the_list = |resource: &&Previewed| {
        resource.told.is_some() && is_heard(Kind::Bundle, resource) && resource.resource_type != "Appointment"
    };
    match (preview.resources.iter().filter(of_the_list).count(), preview.partial) {
        (0, true) => dialog.none_read.to_owned(),
        (0, false) => dialog.none.to_owned(),
        (count, partial) => (dialog.count)(count, !partial),
    }
}

/// What is printed as JSON: its fields in this order.
#[derive(Serialize)]
struct Document<'a> {
    locale: Locale,
    /// Whether what was given says that it may lack something.
    partial: bool,
    resources: Vec<Resource<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Resource<'a> {
    resource_type: &'a str,
    /// Its place among the entries, from 0.
    index: usize,
    /// Whether a caller hears of it.
    heard: bool,
    /// Why a list leaves it out.
    left_out: Option<Why>,
    #[serde(flatten)]
    medication: Option<Medication<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Medication<'a> {
    name: &'a str,
    also_called: Vec<&'a str>,
    readable: bool,
    sentences: Vec<Said<'a>>,
    /// What is said when the caller asks what it is for.
    purpose: Vec<Said<'a>>,
}

#[derive(Serialize)]
struct Said<'a> {
    text: &'a str,
    /// Where in the resource it stands.
    sources: &'a [String],
}

impl<'a> Said<'a> {
    fn all(sentences: &'a [Sentence]) -> Vec<Self> {
        sentences.iter().map(|own| Self { text: own.text.expose(), sources: &own.sources }).collect()
    }
}

impl<'a> Medication<'a> {
    fn of(told: &'a Told) -> Self {
        Self {
            name: told.name.expose(),
            also_called: told.also_called.iter().map(|name| name.expose().as_str()).collect(),
            readable: told.readable,
            sentences: Said::all(&told.sentences),
            purpose: Said::all(&told.purpose),
        }
    }
}

fn json(heard: &[(Kind, Preview)], locale: Locale, out: &mut dyn Write) -> io::Result<()> {
    let resources = heard.iter().flat_map(|(kind, preview)| preview.resources.iter().map(|resource| (*kind, resource)));
    let resources = resources.map(|(kind, resource)| Resource {
        resource_type: &resource.resource_type,
        index: resource.index,
        heard: resource.told.is_some() && is_heard(kind, resource),
        left_out: resource.left_out,
        medication: resource.told.as_ref().map(Medication::of),
    });
    let partial = heard.iter().any(|(_, preview)| preview.partial);
    let document = Document { locale, partial, resources: resources.collect() };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

/// What standard error says of a resource.
fn remark(resource: &Previewed) -> Option<&'static str> {
    let Some(reason) = resource.left_out else {
        return resource.told.is_none().then_some("nothing is said of a resource of this type");
    };
    Some(match reason {
        Why::Medication(LeftOut::Malformed) | Why::Appointment(NotUpcoming::Malformed) => {
            "it is not a resource that can be read; a list would say that it may not be whole"
        }
        Why::NoStart(NotUpcoming::NotBooked) => {
            "it has no start that could be told; a list leaves it out: it is not booked"
        }
        Why::NoStart(_) => "it has no start with a date, a time and a zone; a list would say that it may not be whole",
        Why::Medication(LeftOut::NotCurrentStatus) => "a list leaves it out: its status is neither active nor on-hold",
        Why::Medication(LeftOut::NotAnOrder) => "a list leaves it out: its intent is not an order's",
        Why::Medication(LeftOut::NotAtHome) => "a list leaves it out: by its category it is not taken at home",
        Why::Medication(LeftOut::DoNotPerform) => "a list leaves it out: it is an order not to take it",
        Why::Medication(LeftOut::NotSpokenHere) => "a list says only that there is more: it is labelled as restricted",
        Why::Medication(LeftOut::NotTaken) => "a list leaves it out: it says that the medication is not taken",
        Why::Appointment(NotUpcoming::NotBooked) => "a list leaves it out: it is not booked",
        Why::Appointment(NotUpcoming::Restricted) => {
            "a list says only that it may not be whole: it is labelled as restricted"
        }
        Why::Appointment(NotUpcoming::Past) => "a list leaves it out: it has begun",
        Why::Medication(_) | Why::Appointment(_) => "a list leaves it out",
    })
}
