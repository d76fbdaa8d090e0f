//! What units are called in Spanish.

use crate::speech::unit::Known;

/// A unit's words for one and for several, and whether they are feminine.
pub(super) struct Words {
    pub(super) one: &'static str,
    pub(super) several: &'static str,
    pub(super) feminine: bool,
}

/// The words of a unit.
pub(super) fn words(unit: Known) -> Words {
    let (one, several, feminine) = match unit {
        Known::Kilogram => ("kilogramo", "kilogramos", false),
        Known::Gram => ("gramo", "gramos", false),
        Known::Milligram => ("miligramo", "miligramos", false),
        Known::Microgram => ("microgramo", "microgramos", false),
        Known::Nanogram => ("nanogramo", "nanogramos", false),
        Known::Liter => ("litro", "litros", false),
        Known::Deciliter => ("decilitro", "decilitros", false),
        Known::Milliliter => ("mililitro", "mililitros", false),
        Known::Teaspoon => ("cucharadita", "cucharaditas", true),
        Known::Tablespoon => ("cucharada", "cucharadas", true),
        Known::Ounce => ("onza", "onzas", true),
        Known::FluidOunce => ("onza líquida", "onzas líquidas", true),
        Known::Pound => ("libra", "libras", true),
        Known::SquareMeter => ("metro cuadrado", "metros cuadrados", false),
        Known::Centimeter => ("centímetro", "centímetros", false),
        Known::Millimeter => ("milímetro", "milímetros", false),
        Known::Inch => ("pulgada", "pulgadas", true),
        Known::Unit => ("unidad", "unidades", true),
        Known::InternationalUnit => ("unidad internacional", "unidades internacionales", true),
        Known::Milliequivalent => ("miliequivalente", "miliequivalentes", false),
        Known::Millimole => ("milimol", "milimoles", false),
        Known::Percent => ("por ciento", "por ciento", false),
        Known::Tablet => ("tableta", "tabletas", true),
        Known::Capsule => ("cápsula", "cápsulas", true),
        Known::Drop => ("gota", "gotas", true),
        Known::Puff => ("inhalación", "inhalaciones", true),
        Known::Spray => ("rociada", "rociadas", true),
        Known::Inhalation => ("inhalación", "inhalaciones", true),
        Known::Actuation => ("disparo", "disparos", false),
        Known::Patch => ("parche", "parches", false),
        Known::Packet => ("sobre", "sobres", false),
        Known::Suppository => ("supositorio", "supositorios", false),
        Known::Application => ("aplicación", "aplicaciones", true),
        Known::Lozenge => ("pastilla para chupar", "pastillas para chupar", true),
        Known::Scoop => ("cucharada medidora", "cucharadas medidoras", true),
        Known::Vial => ("vial", "viales", false),
        Known::Ampule => ("ampolleta", "ampolletas", true),
        Known::Syringe => ("jeringa", "jeringas", true),
        Known::Pen => ("pluma", "plumas", true),
        Known::Film => ("lámina", "láminas", true),
        Known::Ring => ("anillo", "anillos", false),
        Known::Enema => ("enema", "enemas", false),
        Known::Dose => ("dosis", "dosis", true),
        Known::Second => ("segundo", "segundos", false),
        Known::Minute => ("minuto", "minutos", false),
        Known::Hour => ("hora", "horas", true),
        Known::Day => ("día", "días", false),
        Known::Week => ("semana", "semanas", true),
        Known::Month => ("mes", "meses", false),
        Known::Year => ("año", "años", false),
    };
    Words { one, several, feminine }
}
