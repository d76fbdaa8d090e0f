//! Codes of diagnoses, which orders carry for whoever pays: "DX E11.9", "(HCC)", "hypertension (I10)". Nobody can use them
//! by ear, and nothing of how to take a medication is in them.

use crate::speech::plain_text::NOT_SPOKEN;

/// Words that announce a code.
const ANNOUNCING: [&str; 9] = ["dx", "icd", "icd9", "icd-9", "icd10", "icd-10", "icd10-cm", "icd-10-cm", "icd-9-cm"];

/// `plain` without its codes. One that stands in the middle of a sentence is told to be there.
pub(super) fn without_codes(plain: &str) -> String {
    let words = plain.split_whitespace().collect::<Vec<_>>();
    let mut kept: Vec<String> = Vec::new();
    let mut is_announced = false;
    for (at, word) in words.iter().enumerate() {
        let core = core(word);
        let next = words.get(at + 1).map_or("", |next| self::core(next));
        let is_bracketed = word.starts_with('(') && word.trim_end_matches(['.', ',', ';']).ends_with(')');
        // "DX: E11.9", "ICD-10 code I10". "Dx: diabetes" is a diagnosis in words.
        let leads_to_code = is_code(next) || is_short_code(next) || is_one_of(next, &["code"]) || announces(next);
        let announces = (announces(core) || (is_announced && is_one_of(core, &["code"]))) && leads_to_code;
        let is_more = is_announced && (is_code(core) || is_short_code(core));
        let is_remark = is_bracketed && (is_code(core) || is_disease(core) || is_one_of(core, &["hcc"]));
        is_announced = announces || is_more;
        if is_remark {
            // What ends behind it, ends before it.
            let end = word.chars().next_back().filter(|end| matches!(end, '.' | ',' | ';'));
            if let (Some(last), Some(end)) = (kept.last_mut(), end) {
                last.push(end);
            }
        } else if !is_announced {
            kept.push(if is_code(core) || is_bare(core) { NOT_SPOKEN } else { word }.to_owned());
        }
    }
    kept.join(" ")
}

fn core(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

fn is_one_of(word: &str, words: &[&str]) -> bool {
    words.contains(&word.to_ascii_lowercase().as_str())
}

fn announces(word: &str) -> bool {
    is_one_of(word, &ANNOUNCING)
}

/// A code of ICD-10 with its point: "E11.9", "M17.11".
fn is_code(word: &str) -> bool {
    let Some((category, rest)) = word.split_once('.') else { return false };
    let is_rest = (1..=4).contains(&rest.len()) && rest.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_rest && category.len() == 3 && is_short_code(category)
}

/// One without: "I10". A vitamin, too, so that it counts only where it is announced.
fn is_short_code(word: &str) -> bool {
    let mut letters = word.chars();
    let first = letters.next().is_some_and(|c| c.is_ascii_uppercase());
    let second = letters.next().is_some_and(|c| c.is_ascii_digit());
    let rest = letters.as_str();
    first && second && (1..=5).contains(&rest.len()) && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// One without its point that is no vitamin, influenza or strain: "hypertension (I10)".
fn is_disease(word: &str) -> bool {
    is_short_code(word) && word.len() == 3 && !word.starts_with(['B', 'C', 'D', 'H', 'K', 'Q'])
}

/// One that stands without brackets: no strength or solution has these letters ("M20", "D10").
fn is_bare(word: &str) -> bool {
    word.len() == 3
        && word.starts_with(['E', 'F', 'G', 'I', 'J', 'R'])
        && word.bytes().skip(1).all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_diagnoses_are_left_out_and_nothing_else_is() {
        for (plain, spoken) in [
            ("Take 1 tablet daily DX E11.9", "Take 1 tablet daily"),
            ("Take 1 tablet daily. Dx: I10, E78.5", "Take 1 tablet daily."),
            ("ICD-10 code E11.65 Take 1 tablet", "Take 1 tablet"),
            ("for high cholesterol (E78.5).", "for high cholesterol."),
            ("Type 2 diabetes mellitus (HCC)", "Type 2 diabetes mellitus"),
            ("hypertension (I10), vitamin B12 (B12)", "hypertension, vitamin B12 (B12)"),
            ("Dx: diabetes", "Dx: diabetes"),
            ("vitamin B12 1 tablet, D2.5W, 2.5 mg", "vitamin B12 1 tablet, D2.5W, 2.5 mg"),
        ] {
            assert_eq!(without_codes(plain), spoken);
        }
        assert_eq!(without_codes("for E11.9 daily"), format!("for {NOT_SPOKEN} daily"));
        assert_eq!(without_codes("for HTN I10"), format!("for HTN {NOT_SPOKEN}"));
    }
}
