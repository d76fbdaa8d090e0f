//! What a caller hears of real dosages and medications, and of any other: compared with files that people read, checked
//! against the source by tables of our own, and fed with what no chart should hold.

#[cfg(test)]
#[path = "spoken/added.rs"]
mod added;
#[cfg(test)]
#[path = "spoken/agreeing.rs"]
mod agreeing;
#[cfg(test)]
#[path = "spoken/agreement.rs"]
mod agreement;
#[cfg(test)]
#[path = "spoken/chart.rs"]
mod chart;
#[cfg(test)]
#[path = "spoken/complete.rs"]
mod complete;
#[cfg(test)]
#[path = "spoken/expected.rs"]
mod expected;
#[cfg(test)]
#[path = "spoken/expected_timing.rs"]
mod expected_timing;
#[cfg(test)]
#[path = "spoken/garbage.rs"]
mod garbage;
#[cfg(test)]
#[path = "spoken/numbers.rs"]
mod numbers;
#[cfg(test)]
#[path = "spoken/random.rs"]
mod random;
#[cfg(test)]
#[path = "spoken/sequences.rs"]
mod sequences;
#[cfg(test)]
#[path = "spoken/snapshots.rs"]
mod snapshots;
#[cfg(test)]
#[path = "spoken/tables.rs"]
mod tables;
#[cfg(test)]
#[path = "spoken/timings.rs"]
mod timings;
#[cfg(test)]
#[path = "spoken/written.rs"]
mod written;
