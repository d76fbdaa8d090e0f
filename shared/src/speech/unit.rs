//! Units of a dose and of time, as charts code and write them; what they are called is a language's matter.

use super::expand;
use super::plain_text::plain;

/// A unit.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Unit {
    /// One that every language has words for.
    Known(Known),
    /// Something that is counted and whose name the chart gives in words: "lozenge". In small letters.
    Other(String),
    /// None: what is counted isn't told, or only as "each".
    None,
}

/// A unit with words of its own in every language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    Kilogram,
    Gram,
    Milligram,
    Microgram,
    Nanogram,
    Liter,
    Deciliter,
    Milliliter,
    Teaspoon,
    Tablespoon,
    Ounce,
    FluidOunce,
    Pound,
    SquareMeter,
    Centimeter,
    Millimeter,
    Inch,
    Unit,
    InternationalUnit,
    Milliequivalent,
    Millimole,
    Percent,
    Tablet,
    Capsule,
    Drop,
    Puff,
    Spray,
    Inhalation,
    Actuation,
    Patch,
    Packet,
    Suppository,
    Application,
    Lozenge,
    Scoop,
    Vial,
    Ampule,
    Syringe,
    Pen,
    Film,
    Ring,
    Enema,
    Dose,
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// What a unit measures, and how much of the family's smallest it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Family {
    /// In micrograms.
    Mass(f64),
    /// In milliliters.
    Volume(f64),
    /// In hours.
    Time(f64),
    /// Something that is counted one by one.
    Counted,
    /// Anything else: only the same unit compares.
    Own,
}

impl Known {
    /// The unit that a code or an abbreviation stands for, whatever its capitals. Codes that can be taken for another
    /// unit aren't here.
    pub(super) fn parse(text: &str) -> Option<Self> {
        Some(match text.trim().to_lowercase().as_str() {
            "kg" | "kilogram" | "kilograms" => Self::Kilogram,
            "g" | "gm" | "gms" | "gram" | "grams" => Self::Gram,
            "mg" | "mgs" | "milligram" | "milligrams" => Self::Milligram,
            "ug" | "mcg" | "mcgs" | "µg" | "μg" | "microgram" | "micrograms" => Self::Microgram,
            "ng" | "nanogram" | "nanograms" => Self::Nanogram,
            "l" | "liter" | "liters" | "litre" | "litres" => Self::Liter,
            "dl" | "deciliter" | "deciliters" => Self::Deciliter,
            "ml" | "mls" | "cc" | "milliliter" | "milliliters" | "millilitre" | "millilitres" => Self::Milliliter,
            "tsp" | "tsp_us" | "teaspoon" | "teaspoons" | "teaspoonful" => Self::Teaspoon,
            "tbsp" | "tbs_us" | "tablespoon" | "tablespoons" | "tablespoonful" => Self::Tablespoon,
            "foz_us" | "fluid ounce" | "fluid ounces" => Self::FluidOunce,
            "oz" | "oz_av" | "ounce" | "ounces" => Self::Ounce,
            "lb" | "lbs" | "lb_av" | "pound" | "pounds" => Self::Pound,
            "m2" | "m²" | "square meter" | "square meters" => Self::SquareMeter,
            "cm" | "centimeter" | "centimeters" => Self::Centimeter,
            "mm" | "millimeter" | "millimeters" => Self::Millimeter,
            "in_i" | "inch" | "inches" => Self::Inch,
            "u" | "unt" | "unit" | "units" | "usp'u" => Self::Unit,
            "iu" | "international unit" | "international units" => Self::InternationalUnit,
            "meq" | "milliequivalent" | "milliequivalents" => Self::Milliequivalent,
            "mmol" | "millimole" | "millimoles" => Self::Millimole,
            "%" | "percent" => Self::Percent,
            "tab" | "tabs" | "tbl" | "tablet" | "tablets" | "oral tablet" => Self::Tablet,
            "cap" | "caps" | "capsule" | "capsules" | "oral capsule" => Self::Capsule,
            "gtt" | "gtts" | "drp" | "drop" | "drops" => Self::Drop,
            "puff" | "puffs" => Self::Puff,
            "spry" | "spray" | "sprays" => Self::Spray,
            "inhalation" | "inhalations" => Self::Inhalation,
            "actuat" | "actuation" | "actuations" => Self::Actuation,
            "patch" | "patches" => Self::Patch,
            "pkt" | "pkts" | "packet" | "packets" => Self::Packet,
            "supp" | "supps" | "suppository" | "suppositories" => Self::Suppository,
            "appful" | "application" | "applications" => Self::Application,
            "loz" | "lozenge" | "lozenges" => Self::Lozenge,
            "scoop" | "scoops" => Self::Scoop,
            "vial" | "vials" => Self::Vial,
            "ampule" | "ampules" | "ampoule" | "ampoules" => Self::Ampule,
            "syringe" | "syringes" => Self::Syringe,
            "pen" | "pens" => Self::Pen,
            "film" | "films" => Self::Film,
            "ring" | "rings" => Self::Ring,
            "enema" | "enemas" => Self::Enema,
            "dose" | "doses" => Self::Dose,
            other => return Self::of_time(other),
        })
    }

    /// FHIR's unit of time, or its word.
    pub(super) fn of_time(text: &str) -> Option<Self> {
        Some(match text.trim().to_lowercase().as_str() {
            "s" | "sec" | "secs" | "second" | "seconds" => Self::Second,
            "min" | "mins" | "minute" | "minutes" => Self::Minute,
            "h" | "hr" | "hrs" | "hour" | "hours" => Self::Hour,
            "d" | "day" | "days" => Self::Day,
            "wk" | "wks" | "week" | "weeks" => Self::Week,
            "mo" | "mos" | "month" | "months" => Self::Month,
            "a" | "year" | "years" => Self::Year,
            _ => return None,
        })
    }

    /// What it measures.
    pub(super) fn family(self) -> Family {
        match self {
            Self::Kilogram => Family::Mass(1e9),
            Self::Gram => Family::Mass(1e6),
            Self::Milligram => Family::Mass(1e3),
            Self::Microgram => Family::Mass(1.0),
            Self::Nanogram => Family::Mass(1e-3),
            Self::Liter => Family::Volume(1e3),
            Self::Deciliter => Family::Volume(1e2),
            Self::Milliliter => Family::Volume(1.0),
            // As kitchens and pharmacies measure them.
            Self::Teaspoon => Family::Volume(5.0),
            Self::Tablespoon => Family::Volume(15.0),
            Self::FluidOunce => Family::Volume(30.0),
            Self::Second => Family::Time(1.0 / 3600.0),
            Self::Minute => Family::Time(1.0 / 60.0),
            Self::Hour => Family::Time(1.0),
            Self::Day => Family::Time(24.0),
            Self::Week => Family::Time(168.0),
            Self::Month => Family::Time(730.0),
            Self::Year => Family::Time(8760.0),
            Self::Tablet
            | Self::Capsule
            | Self::Drop
            | Self::Puff
            | Self::Spray
            | Self::Inhalation
            | Self::Actuation
            | Self::Patch
            | Self::Packet
            | Self::Suppository
            | Self::Application
            | Self::Lozenge
            | Self::Scoop
            | Self::Vial
            | Self::Ampule
            | Self::Syringe
            | Self::Pen
            | Self::Film
            | Self::Ring
            | Self::Enema => Family::Counted,
            _ => Family::Own,
        }
    }

    /// Whether it is a solid thing that a hand breaks, so that a half of it is "half a tablet".
    pub(super) fn is_broken_by_hand(self) -> bool {
        matches!(self, Self::Tablet | Self::Packet | Self::Suppository | Self::Patch | Self::Lozenge | Self::Film)
    }
}

impl Unit {
    /// A unit by its words, or its code. `None`: there is something, and no safe word for it.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let bare = text.trim().trim_matches(['{', '}', '[', ']']).replace("(s)", "s");
        if bare.is_empty() || matches!(bare.to_lowercase().as_str(), "1" | "ea" | "each" | "unspecified") {
            return Some(Self::None);
        }
        if let Some(known) = Known::parse(&bare) {
            return Some(Self::Known(known));
        }
        // Words that the chart writes out. What is short, or in capitals, may be a code.
        let is_word = |word: &str| {
            word.len() > 3
                && word.chars().all(|c| c.is_ascii_alphabetic())
                && word.chars().skip(1).all(|c| c.is_ascii_lowercase())
                && word.contains(['a', 'e', 'i', 'o', 'u', 'y'])
        };
        let speakable = bare.len() <= 30 && bare.split(' ').all(is_word);
        let spoken = plain(&bare).filter(|_| speakable).and_then(|plain| expand::instruction(&plain).ok());
        spoken.map(|words| Self::Other(words.to_lowercase()))
    }

    /// What it measures.
    pub(super) fn family(&self) -> Family {
        match self {
            Self::Known(known) => known.family(),
            Self::Other(_) => Family::Counted,
            Self::None => Family::Own,
        }
    }

    /// Whether it is of time.
    pub(super) fn is_of_time(&self) -> bool {
        matches!(self.family(), Family::Time(_))
    }
}

/// A unit, and what it is per: "milligrams per kilogram per day".
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Measure {
    /// The unit.
    pub(super) of: Unit,
    /// Per one of these.
    pub(super) per: Vec<Known>,
}

impl Measure {
    /// A measure of one unit.
    pub(super) fn of(unit: Known) -> Self {
        Self { of: Unit::Known(unit), per: Vec::new() }
    }

    /// `mg/kg/d`, "mL per hour".
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.replace(" per ", "/");
        let mut parts = text.split('/');
        let of = Unit::parse(parts.next()?)?;
        let per =
            parts.map(|part| Known::parse(part.trim_matches(['{', '}', '[', ']']))).collect::<Option<Vec<_>>>()?;
        Some(Self { of, per })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_known_by_its_code_or_its_words_and_a_strange_code_is_no_unit() {
        for (text, known) in [
            ("mg", Known::Milligram),
            ("TAB", Known::Tablet),
            ("{tbl}", Known::Tablet),
            ("[drp]", Known::Drop),
            ("[iU]", Known::InternationalUnit),
            ("tablet(s)", Known::Tablet),
            ("µg", Known::Microgram),
            ("Puffs", Known::Puff),
        ] {
            assert!(Unit::parse(text) == Some(Unit::Known(known)), "{text}");
        }
        assert!(Unit::parse("ea") == Some(Unit::None) && Unit::parse("1") == Some(Unit::None));
        assert!(Unit::parse("Applicator") == Some(Unit::Other("applicator".to_owned())));
        for code in ["385055001", "XYZ", "gr", "10*6.[iU]", "ss", "http://x", "Q4H", "SOL", "dr"] {
            assert!(Unit::parse(code).is_none(), "{code}");
        }
    }

    #[test]
    fn so_much_per_so_much_is_one_measure() {
        let measure = Measure::parse("mcg/kg/min").unwrap();
        assert!(measure.of == Unit::Known(Known::Microgram) && measure.per == [Known::Kilogram, Known::Minute]);
        assert!(Measure::parse("ml/hr").is_some() && Measure::parse("mg/xyz").is_none());
    }
}
