//! The names that we know, of nobody's chart: the look-alikes, and others that a letter or three, or a second word, tell
//! apart from another's.

use super::look_alikes::LOOK_ALIKES;

const OTHERS: &str = "methazolamide albendazole mebendazole brexpiprazole armodafinil modafinil betamethasone beclomethasone \
     desonide cefepime cefixime loxapine amoxapine dasatinib lapatinib erlotinib nilotinib dolutegravir \
     raltegravir ertugliflozin etodolac ketorolac fluocinolone fluocinonide fluphenazine perphenazine \
     fludrocortisone iloperidone paliperidone trimipramine isotretinoin tretinoin posaconazole voriconazole \
     dexlansoprazole leflunomide teriflunomide ofloxacin moxifloxacin desloratadine olopatadine flurazepam \
     fluvastatin dexmethylphenidate nisoldipine protriptyline frovatriptan almotriptan nizatidine \
     desvenlafaxine restoril alogliptin formoterol arformoterol vilanterol umeclidinium aclidinium norgestimate \
     norgestrel desogestrel etonogestrel azilsartan conjugated esterified";

/// All of them, in lower case and one word each.
pub(super) fn known_names() -> impl Iterator<Item = &'static str> {
    LOOK_ALIKES.iter().copied().chain(OTHERS.split(' '))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_is_one_word_and_there_once() {
        let names: Vec<_> = known_names().collect();
        assert!(names.iter().all(|name| name.len() > 3 && name.bytes().all(|byte| byte.is_ascii_lowercase())));
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    }
}
