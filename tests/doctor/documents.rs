//! docs/doctor.md has every cause as the code has it.

use careline::doctor::cause::Cause;

#[test]
fn the_documents_table_of_causes_is_the_codes() {
    let path = crate::support::deployed::checkout().join("docs/doctor.md");
    let document = std::fs::read_to_string(&path).expect("docs/doctor.md");
    let row = |cause: Cause| format!("| `{}` | {} | {} |", cause.code(), cause.meaning(), cause.fix());
    let missing: String =
        Cause::ALL.into_iter().map(row).filter(|row| !document.contains(row)).map(|row| format!("{row}\n")).collect();
    assert!(missing.is_empty(), "rows that docs/doctor.md lacks:\n{missing}");
    let rows = document.lines().filter(|line| line.starts_with("| `")).count();
    assert_eq!(rows, Cause::ALL.len(), "docs/doctor.md tells of a cause that there isn't");
}
