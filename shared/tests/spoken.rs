//! What a caller hears of real dosages and medications, and of any other: compared with files that people read, checked
//! against the source by tables of our own, and fed with what no chart should hold.

#[path = "spoken/chart.rs"]
mod chart;
#[path = "spoken/complete.rs"]
mod complete;
#[path = "spoken/expected.rs"]
mod expected;
#[path = "spoken/garbage.rs"]
mod garbage;
#[path = "spoken/numbers.rs"]
mod numbers;
#[path = "spoken/random.rs"]
mod random;
#[path = "spoken/snapshots.rs"]
mod snapshots;
