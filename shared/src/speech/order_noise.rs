//! What Epic puts behind an instruction's words: ", Starting Tue 5/28/2019, Until Wed 5/27/2020, Normal".

mod dispensing;

pub(super) use self::dispensing::without as without_dispensing;

/// An instruction without the order's own remarks, and the end that those give it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Instruction<'a> {
    /// The prescriber's words.
    pub(super) words: &'a str,
    /// What stands behind "Starting": a date, or "3 days before surgery".
    pub(super) from: Option<&'a str>,
    /// The date behind "Until".
    pub(super) until: Option<&'a str>,
}

/// How an order is sent or kept (Epic's order classes): nothing about taking it.
const ORDER_CLASSES: [&str; 12] = [
    "Normal",
    "Print",
    "No Print",
    "Local Print",
    "Phone In",
    "Fax",
    "E-Prescribe",
    "Historical",
    "Historical Med",
    "OTC",
    "Sample",
    "Routine",
];

/// Takes the order's remarks off the end of `text`. They are taken for such only where one of them can be nothing else
/// ("Starting" or "Until" a date, "Disp-30 tablet"): a lone word at the end may be the prescriber's.
pub(super) fn strip(text: &str) -> Instruction<'_> {
    let text = without_dispensing(text);
    let mut words = text;
    let (mut from, mut until) = (None, None);
    let mut known = false;
    while let Some((before, last)) = words.rsplit_once(", ") {
        let last = last.trim();
        let date = |date: &str| date.contains(|c: char| c.is_ascii_digit());
        if let Some(end) = last.strip_prefix("Until ").filter(|end| date(end)) {
            until = Some(end);
            known = true;
        } else if let Some(start) = last.strip_prefix("Starting ").filter(|start| date(start)) {
            from = Some(start);
            known = true;
        } else if last == "Until Discontinued" {
            // An order without an end.
            known = true;
        } else if is_dispensing(last) {
            known = true;
        } else if !ORDER_CLASSES.contains(&last) {
            break;
        }
        // Nobody writes a comma behind a sentence: Epic does, before the remarks.
        known |= before.ends_with('.');
        words = before;
    }
    if known {
        Instruction { words: words.trim(), from, until }
    } else {
        Instruction { words: text.trim(), from: None, until: None }
    }
}

/// `Disp-30 tablet`, `R-3`: how much the pharmacy gives, how often again.
fn is_dispensing(remark: &str) -> bool {
    ["Disp-", "R-"]
        .iter()
        .any(|name| remark.strip_prefix(name).is_some_and(|amount| amount.starts_with(|c: char| c.is_ascii_digit())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_orders_remarks_go_and_the_prescribers_words_stay() {
        assert_eq!(
            strip("Take 1 tablet by mouth 1 (one) time each day., Starting Tue 5/28/2019, Until Wed 5/27/2020, Normal"),
            Instruction {
                words: "Take 1 tablet by mouth 1 (one) time each day.",
                from: Some("Tue 5/28/2019"),
                until: Some("Wed 5/27/2020")
            }
        );
        assert_eq!(
            strip("Take 1 tablet daily, with food, Disp-30 tablet, R-3, Starting Mon 1/5/2026, Normal"),
            Instruction { words: "Take 1 tablet daily, with food", from: Some("Mon 1/5/2026"), until: None }
        );
        assert_eq!(
            strip("Take 1 tablet daily., Disp-90 tablet, R-3, Starting Tue 5/28/2019, Until Discontinued, Normal"),
            Instruction { words: "Take 1 tablet daily.", from: Some("Tue 5/28/2019"), until: None }
        );
        assert_eq!(strip("Take 1 tablet daily., Normal, Disp-90 tablet, R-3").words, "Take 1 tablet daily.");
        assert_eq!(strip("Take 1 tablet daily., Until Discontinued, Normal").words, "Take 1 tablet daily.");
        assert_eq!(strip("Take 1 tablet daily., Normal").words, "Take 1 tablet daily.");
        for text in ["Take daily, Until finished", "Apply, then dry, Normal", "Take 1 tablet, Starting today"] {
            assert_eq!(strip(text).words, text);
        }
    }
}
