//! Capitals that are read as they stand: acronyms that patients know by their letters, and short words that are stressed.

/// Whether a word in capitals is one that patients know: "COPD", "FOOD". Of several, too: "NSAIDs".
pub(in crate::speech) fn is_known(word: &str) -> bool {
    let one = word.strip_suffix('s').filter(|one| one.len() > 1).unwrap_or(word);
    ACRONYMS.contains(&one) || WORDS.contains(&one) || WORDS.contains(&word)
}

/// What patients call by its letters: diseases, tests, people and places, and what stands on a drug's package.
const ACRONYMS: [&str; 117] = [
    // Diseases.
    "ADD", "ADHD", "AIDS", "ALS", "ASD", "BPH", "BV", "CAD", "CHF", "CKD", "COPD", "CVD", "DKA", "DVT", "ED", "ESRD",
    "GAD", "GERD", "GI", "HBV", "HCV", "HIV", "HPV", "HSV", "HTN", "IBD", "IBS", "JIA", "MDS", "MRSA", "NASH", "OAB",
    "OCD", "OSA", "PAD", "PAH", "PCOS", "PE", "PMDD", "PMS", "PTSD", "RA", "RLS", "RSV", "SAD", "SLE", "STD", "STI",
    "TB", "TIA", "TMJ", "URI", "UTI", "VTE", // Tests and what they measure.
    "ANC", "BMI", "BMP", "BUN", "CBC", "CMP", "CRP", "CT", "ECG", "EEG", "EKG", "FSH", "GFR", "HCG", "HDL", "INR",
    "LDL", "MRI", "PET", "PSA", "PTH", "TSH", "WBC", // People, places and things.
    "CPAP", "ER", "GP", "HRT", "ICU", "IUD", "IVF", "LPN", "MD", "NG", "NP", "NS", "PA", "PCP", "PEG", "PICC", "RN",
    "TPN", // What packages have: releases, forms, ingredients.
    "CBD", "CR", "DHA", "DNA", "DR", "DS", "EC", "EPA", "FDA", "HCL", "HFA", "IR", "LA", "MCT", "ODT", "SPF", "SR",
    "THC", "UPC", "USP", "XL", "XR",
];

/// Short words of instructions, which some hands write in capitals among small letters.
const WORDS: [&str; 470] = [
    "ACHE", "ACID", "ADD", "AGE", "AGO", "AID", "AIR", "ALL", "ALSO", "AM", "AN", "AND", "ANY", "APR", "ARE", "AREA",
    "ARM", "ARMS", "AS", "ASAP", "ASK", "AT", "AUG", "AWAY", "BABY", "BACK", "BAD", "BAG", "BAND", "BAR", "BASE",
    "BATH", "BE", "BED", "BEEN", "BEER", "BEST", "BID", "BIG", "BITE", "BODY", "BOTH", "BOWL", "BOX", "BRAN", "BULK",
    "BUMP", "BURN", "BUT", "BUY", "BY", "CALL", "CALM", "CAN", "CANE", "CAP", "CAPS", "CAR", "CARE", "CASE", "CELL",
    "CHEW", "CHIN", "CLOT", "COLA", "COLD", "COME", "COOL", "COPY", "CORN", "COST", "CUP", "CUPS", "CURE", "CUT",
    "CUTS", "DAB", "DARK", "DATE", "DAY", "DAYS", "DEC", "DEEP", "DIAL", "DID", "DIET", "DIP", "DISK", "DO", "DOES",
    "DONE", "DOSE", "DOWN", "DRAW", "DROP", "DRUG", "DRY", "DUE", "DUST", "EACH", "EAR", "EARS", "EASE", "EASY", "EAT",
    "EGG", "EGGS", "ELSE", "END", "ENDS", "EVEN", "EVER", "EYE", "EYES", "FACE", "FALL", "FAR", "FAST", "FAT", "FEB",
    "FEED", "FEEL", "FEET", "FELT", "FEW", "FILL", "FIND", "FINE", "FIRM", "FISH", "FIVE", "FLAT", "FLU", "FOAM",
    "FOLD", "FOOD", "FOOT", "FOR", "FORM", "FOUR", "FREE", "FRI", "FROM", "FULL", "GAS", "GEL", "GET", "GETS", "GIVE",
    "GLUE", "GO", "GOES", "GOOD", "GOUT", "GUM", "GUMS", "HAD", "HAIR", "HALF", "HAND", "HARD", "HAS", "HAVE", "HE",
    "HEAD", "HEAL", "HEAT", "HELD", "HELP", "HER", "HERE", "HIGH", "HIM", "HIP", "HIPS", "HIS", "HIVE", "HOLD", "HOME",
    "HOT", "HOUR", "HOW", "HURT", "ICE", "IF", "ILL", "IN", "INCH", "INTO", "IS", "IT", "ITCH", "ITS", "JAN", "JAR",
    "JAW", "JUL", "JUN", "JUST", "KEEP", "KIT", "KNEE", "KNOW", "LAB", "LABS", "LAST", "LATE", "LEAD", "LEFT", "LEG",
    "LEGS", "LESS", "LET", "LICE", "LIE", "LIFE", "LIKE", "LINE", "LIP", "LIPS", "LIST", "LONG", "LOOK", "LOSE",
    "LOSS", "LOT", "LOTS", "LOW", "LUMP", "LUNG", "MADE", "MAKE", "MAR", "MASK", "MAX", "MAY", "MEAL", "MEAT", "MED",
    "MEDS", "MEN", "MILD", "MILK", "MIN", "MINT", "MISS", "MIST", "MIX", "MOLE", "MON", "MOOD", "MORE", "MOST", "MUCH",
    "MUST", "MY", "NAIL", "NAP", "NEAR", "NECK", "NEED", "NEW", "NEXT", "NINE", "NO", "NON", "NONE", "NOON", "NOR",
    "NOSE", "NOT", "NOTE", "NOV", "NOW", "NUMB", "OCT", "ODOR", "OF", "OFF", "OIL", "OK", "OKAY", "OLD", "ON", "ONCE",
    "ONE", "ONES", "ONLY", "OPEN", "OR", "ORAL", "OUR", "OUT", "OVER", "OWN", "PACK", "PAD", "PADS", "PAIN", "PALM",
    "PART", "PAST", "PAT", "PEA", "PEAK", "PEEL", "PEN", "PENS", "PER", "PET", "PICK", "PILL", "PINK", "PLAN", "PLUS",
    "PM", "POST", "POUR", "PRE", "PUFF", "PULL", "PUMP", "PUS", "PUSH", "PUT", "QTY", "RARE", "RASH", "RATE", "RAW",
    "READ", "RED", "REST", "RICE", "RING", "RISE", "RUB", "RUN", "SAFE", "SALT", "SAME", "SAT", "SAY", "SCAB", "SEA",
    "SEE", "SEEK", "SEEN", "SELF", "SENT", "SEP", "SEPT", "SET", "SEX", "SHE", "SHIN", "SHOT", "SICK", "SIDE", "SIGN",
    "SIP", "SIPS", "SIT", "SITE", "SIX", "SIZE", "SKIN", "SKIP", "SLOW", "SO", "SOAK", "SOAP", "SODA", "SOFT", "SOLE",
    "SOME", "SOON", "SORE", "SOUP", "SPIT", "SPOT", "STAT", "STAY", "STEP", "STIR", "STOP", "SUCH", "SUCK", "SUN",
    "SURE", "SWAB", "TAB", "TABS", "TAKE", "TAPE", "TEA", "TELL", "TEN", "TEST", "THAN", "THAT", "THE", "THEN", "THEY",
    "THIN", "THIS", "THU", "THUR", "TIME", "TIP", "TIPS", "TO", "TOE", "TOES", "TOO", "TOP", "TRY", "TUB", "TUBE",
    "TUE", "TUES", "TURN", "TWO", "TYPE", "UNIT", "UP", "UPON", "URGE", "US", "USE", "USED", "VEIN", "VERY", "VIA",
    "VIAL", "VIT", "WAIT", "WAKE", "WANT", "WARM", "WART", "WAS", "WASH", "WAX", "WAY", "WE", "WEAK", "WEAR", "WED",
    "WEEK", "WELL", "WERE", "WET", "WHAT", "WHEN", "WHO", "WHY", "WILL", "WINE", "WIPE", "WITH", "WORK", "WRAP",
    "YEAR", "YES", "YET", "YOU", "YOUR", "ZERO", "ZINC",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_patients_know_are_known_and_a_ward_s_are_not() {
        for word in ["COPD", "STDs", "FOOD", "DO", "GAS", "DOES", "TABS"] {
            assert!(is_known(word), "{word}");
        }
        for word in ["BTP", "HA", "BF", "RTC", "HD", "MR", "LUE", "SI", "QRS", "S"] {
            assert!(!is_known(word), "{word}");
        }
    }
}
