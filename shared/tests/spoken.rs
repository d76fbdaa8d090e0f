//! What a caller hears of real dosages and medications, and of any other: compared with files that people read, checked
//! against the source by tables of our own, and fed with what no chart should hold.

#[path = "spoken/chart.rs"]
mod chart;
#[path = "spoken/snapshots.rs"]
mod snapshots;
