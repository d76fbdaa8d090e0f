//! For how long whoever fetched the JWK Set may keep it (RFC 9111), as far as Epic honours what was stated.

use jiff::SignedDuration;

/// Epic keeps a set for 29 hours where nothing was stated, and never longer.
pub(super) const EPIC_KEEPS: SignedDuration = SignedDuration::from_hours(29);
/// The template allows no more; a longer time was stated by something else that stands before the set.
const WE_STATE_AT_MOST: SignedDuration = SignedDuration::from_hours(24);

/// How long a copy may be kept that came with these `Cache-Control` header fields.
///
/// In doubt it is the longest: a key that begins to sign too late costs patience, one that begins too early locks us out.
/// So what Epic isn't known to honour shortens nothing (`no-cache`, `Age`), and what others may honour lengthens it
/// (`s-maxage`, `stale-while-revalidate`, `stale-if-error`).
pub(super) fn lifetime<'a>(fields: impl IntoIterator<Item = &'a str>) -> SignedDuration {
    let (mut fresh, mut stale, mut no_store) = (None, 0, false);
    for directive in fields.into_iter().flat_map(|field| field.split(',')) {
        let (name, value) = directive.split_once('=').unwrap_or((directive, ""));
        let seconds = value.trim().trim_matches('"').parse::<u32>().ok();
        match name.trim().to_ascii_lowercase().as_str() {
            "max-age" | "s-maxage" => fresh = fresh.max(seconds),
            "stale-while-revalidate" | "stale-if-error" => stale = stale.max(seconds.unwrap_or_default()),
            "no-store" => no_store = true,
            _ => {}
        }
    }
    let Some(fresh) = fresh else {
        return if no_store { SignedDuration::ZERO } else { EPIC_KEEPS };
    };
    let stated = SignedDuration::from_secs(i64::from(fresh) + i64::from(stale));
    if stated > WE_STATE_AT_MOST { EPIC_KEEPS } else { stated }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(fields: &[&str], expected: SignedDuration) {
        assert_eq!(lifetime(fields.iter().copied()), expected, "{fields:?}");
    }

    #[test]
    fn a_stated_max_age_is_honoured() {
        check(&["public, max-age=3600"], SignedDuration::from_secs(3600));
        check(&["Max-Age = \"60\" , public"], SignedDuration::from_secs(60));
        check(&["max-age=86400"], SignedDuration::from_hours(24));
    }

    #[test]
    fn where_none_is_stated_epic_keeps_it_for_29_hours() {
        for none in [&[][..], &["public"], &["max-age"], &["max-age=soon"], &["max-age=-1"], &["no-cache"]] {
            check(none, EPIC_KEEPS);
        }
    }

    #[test]
    fn more_than_a_day_is_not_of_our_stating_and_epic_keeps_it_for_29_hours_at_most() {
        for long in ["max-age=86401", "max-age=31536000, immutable", "max-age=4294967295"] {
            check(&[long], EPIC_KEEPS);
        }
        // What is no number of seconds is none.
        check(&["max-age=99999999999999999999"], EPIC_KEEPS);
    }

    #[test]
    fn what_may_not_be_stored_is_not_kept() {
        check(&["no-store"], SignedDuration::ZERO);
        check(&["max-age=0"], SignedDuration::ZERO);
    }

    #[test]
    fn of_what_contradicts_itself_the_longest_counts() {
        check(&["max-age=60", "max-age=600"], SignedDuration::from_secs(600));
        check(&["no-store, max-age=60"], SignedDuration::from_secs(60));
        check(&["max-age=60, s-maxage=600"], SignedDuration::from_secs(600));
        check(&["max-age=60, stale-while-revalidate=30, stale-if-error=300"], SignedDuration::from_secs(360));
    }
}
