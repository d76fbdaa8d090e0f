//! Ways and methods that charts write in words of their own, in Spanish: looked up whole, like all that is English.

/// By which way, or how, where a chart says it in these words.
pub(super) fn way(english: &str) -> Option<&'static str> {
    Some(match english.trim().to_lowercase().as_str() {
        "mouth/throat" | "mouth and throat" => "en la boca y la garganta",
        "swish and spit" | "swish & spit" => "enjuagándose la boca y escupiéndolo después",
        "swish and swallow" | "swish & swallow" => "enjuagándose la boca y tragándolo después",
        "feeding tube" | "per feeding tube" => "por la sonda de alimentación",
        "gastrostomy tube" | "g-tube" | "per g tube" | "per g-tube" => "por la sonda de gastrostomía",
        "nasogastric tube" | "ng tube" | "per ng tube" => "por la sonda nasogástrica",
        "nebulization" => "por nebulización",
        "intradermal" => "dentro de la piel",
        "intrauterine" => "en el útero",
        "intra-articular" => "en la articulación",
        _ => return None,
    })
}
