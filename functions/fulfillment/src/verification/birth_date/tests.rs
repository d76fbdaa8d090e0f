use super::*;

fn now() -> Timestamp {
    "2026-11-23T10:00:00Z".parse().unwrap()
}

fn slot(original: &str, interpreted: &str) -> SlotValue {
    let text = |text: &str| (!text.is_empty()).then(|| Phi::new(text.to_owned()));
    SlotValue { original: text(original), interpreted: text(interpreted) }
}

#[track_caller]
fn check(original: &str, interpreted: &str, expected: Result<&str, NoBirthDate>) {
    let read = spoken(&slot(original, interpreted), now()).map(|date| date.expose().to_string());
    assert_eq!(read, expected.map(str::to_owned), "{original}");
}

#[test]
fn a_year_may_be_said_in_every_way_that_people_say_years() {
    for (original, date) in [
        ("01/01/1990", "1990-01-01"),
        ("September twelfth nineteen eighty-seven", "1987-09-12"),
        ("september twelve nineteen eighty seven", "1987-09-12"),
        ("the 12th of September, 1987", "1987-09-12"),
        ("my birthday is 1987-09-12", "1987-09-12"),
        ("march third nineteen oh seven", "1907-03-03"),
        ("march third nineteen twenty", "1920-03-03"),
        ("may first two thousand", "2000-05-01"),
        ("may first two thousand and four", "2004-05-01"),
        ("may twenty two thousand four", "2004-05-20"),
        ("may twenty first two thousand four", "2004-05-21"),
        ("june tenth twenty oh four", "2004-06-10"),
        ("june tenth twenty ten", "2010-06-10"),
        ("june twentieth nineteen hundred and seventy", "1970-06-20"),
        ("nine twelve one nine eight seven", "1987-09-12"),
        ("09121987", "1987-09-12"),
    ] {
        check(original, date, Ok(date));
    }
}

#[test]
fn numbers_however_large_are_no_year_and_no_fault() {
    check("4294967200 99", "1987-09-12", Err(NoBirthDate::YearNotSaid));
}

#[test]
fn of_a_year_in_two_digits_the_century_that_has_been_is_meant() {
    check("9/12/87", "2087-09-12", Ok("1987-09-12"));
    check("9/12/87", "1987-09-12", Ok("1987-09-12"));
    check("September twelfth eighty-seven", "2087-09-12", Ok("1987-09-12"));
    check("9/27/27", "2027-09-27", Ok("1927-09-27"));
    check("2/29/96", "2096-02-29", Ok("1996-02-29"));
    check("1/5/04", "2004-01-05", Ok("2004-01-05"));
    check("5 de mayo del 87", "2087-05-05", Ok("1987-05-05"));
}

#[test]
fn of_a_year_in_two_digits_that_two_centuries_have_only_the_caller_knows_which() {
    for interpreted in ["2015-01-05", "1915-01-05"] {
        check("1/5/15", interpreted, Err(NoBirthDate::YearNotSaid));
    }
    check("January fifth nineteen fifteen", "1915-01-05", Ok("1915-01-05"));
}

#[test]
fn a_year_may_be_said_in_spanish() {
    for (original, date) in [
        ("doce de septiembre de mil novecientos ochenta y siete", "1987-09-12"),
        ("el doce de septiembre del mil novecientos ochenta y siete", "1987-09-12"),
        ("primero de enero de mil novecientos cincuenta", "1950-01-01"),
        ("cinco de mayo de dos mil uno", "2001-05-05"),
        ("cinco de mayo del dos mil", "2000-05-05"),
        ("cinco cinco dos mil uno", "2001-05-05"),
        ("veinte cinco dos mil uno", "2001-05-20"),
        ("cero tres cero tres mil novecientos cincuenta", "1950-03-03"),
        ("dos dos mil novecientos cuarenta y uno", "1941-02-02"),
        ("dos dos dos mil cuatro", "2004-02-02"),
        ("treinta y uno de diciembre de mil novecientos treinta y seis", "1936-12-31"),
        ("veintidós de junio de mil novecientos dieciséis", "1916-06-22"),
        ("doce de septiembre de diecinueve ochenta y siete", "1987-09-12"),
        ("doce de septiembre de uno nueve ocho siete", "1987-09-12"),
        ("doce de septiembre del ochenta y siete", "1987-09-12"),
        ("12 de septiembre de 1987", "1987-09-12"),
    ] {
        check(original, date, Ok(date));
    }
    for (original, interpreted) in
        [("doce de septiembre", "2027-09-12"), ("el veintisiete de septiembre", "2027-09-27"), ("hoy", "2026-11-23")]
    {
        check(original, interpreted, Err(NoBirthDate::YearNotSaid));
    }
}

#[test]
fn a_date_that_lex_completed_with_a_year_of_its_own_is_not_taken() {
    for (original, interpreted) in [
        ("September twelfth", "2027-09-12"),
        ("September 27", "2027-09-27"),
        ("january twenty sixth", "2026-01-26"),
        ("1/27", "2027-01-27"),
        ("today", "2026-11-23"),
        ("", "1987-09-12"),
        ("last year", "2025-01-01"),
        ("091287", "1987-09-12"),
    ] {
        check(original, interpreted, Err(NoBirthDate::YearNotSaid));
    }
}

#[test]
fn a_date_that_nobody_alive_was_born_on_is_not_taken() {
    check("September 12 2087", "2087-09-12", Err(NoBirthDate::Impossible));
    check("September 12 1887", "1887-09-12", Err(NoBirthDate::Impossible));
    check("September 1987", "1987-09", Err(NoBirthDate::Impossible));
    check("nonsense", "", Err(NoBirthDate::Impossible));
    check("02301987", "1987-02-28", Err(NoBirthDate::Impossible));
}

#[test]
fn eight_keyed_digits_are_month_day_and_year() {
    let read = |keys| keyed(keys, now()).map(|date| date.map(|date| date.expose().to_string()));
    assert_eq!(read("09121987"), Some(Ok("1987-09-12".to_owned())));
    assert_eq!(read("09121987#"), Some(Ok("1987-09-12".to_owned())));
    assert_eq!(read("13121987"), Some(Err(NoBirthDate::Impossible)));
    assert_eq!(read("02291987"), Some(Err(NoBirthDate::Impossible)));
    assert_eq!(read("01012099"), Some(Err(NoBirthDate::Impossible)));
    for other in ["091287", "0912198", "9/12/1987", "", "0"] {
        assert_eq!(read(other), None, "{other}");
    }
}

#[test]
fn the_world_has_two_dates_at_once_and_each_is_used_where_it_is_the_careful_one() {
    let now = "2026-11-23T11:30:00Z".parse().unwrap();
    assert_eq!(latest_date_at(now).to_string(), "2026-11-24");
    assert_eq!(earliest_date_at(now).to_string(), "2026-11-22");
}
