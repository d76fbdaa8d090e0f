//! Units whose numbers must be the same in the words and in the structure, and those that may differ by a factor.

use crate::speech::unit::Known;

/// Units that are counted one by one, so that the words' number of them must be the chart's.
pub(super) const COUNTED: [Known; 9] = [
    Known::Tablet,
    Known::Capsule,
    Known::Drop,
    Known::Puff,
    Known::Spray,
    Known::Patch,
    Known::Packet,
    Known::Suppository,
    Known::Application,
];
/// Units in which the words may give what the structure gives in another one.
pub(super) const CONVERTED: [Known; 14] = [
    Known::Gram,
    Known::Milligram,
    Known::Microgram,
    Known::Liter,
    Known::Milliliter,
    Known::Teaspoon,
    Known::Tablespoon,
    Known::Minute,
    Known::Hour,
    Known::Day,
    Known::Week,
    Known::Month,
    Known::Second,
    Known::Year,
];
