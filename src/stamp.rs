//! Size and time of a file: what tells at a glance whether it changed.

use std::fs::Metadata;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp {
    /// In bytes.
    pub size: u64,
    /// When it was last written, in nanoseconds since 1970; `None` where that proves nothing.
    pub modified: Option<i64>,
}

/// Clocks of file systems tick; a file may change twice within a tick and keep its time. FAT is coarser than this.
const TICK: Duration = Duration::from_millis(50);

impl Stamp {
    /// As it stands on disk.
    pub fn of(file: &Metadata) -> Self {
        Self { size: file.len(), modified: file.modified().ok().and_then(nanoseconds) }
    }

    /// As [`of`](Self::of), without the time if that is so young that the file may change once more within it.
    pub fn settled(file: &Metadata) -> Self {
        let young = file.modified().is_ok_and(|at| at.elapsed().is_ok_and(|age| age < TICK));
        Self { modified: Self::of(file).modified.filter(|_| !young), ..Self::of(file) }
    }

    /// Whether both speak of the same state; a stamp without time never does.
    pub fn proves(self, other: Self) -> bool {
        self.modified.is_some() && self == other
    }
}

fn nanoseconds(at: SystemTime) -> Option<i64> {
    match at.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_nanos()).ok(),
        Err(before) => i64::try_from(before.duration().as_nanos()).ok().map(|nanoseconds| -nanoseconds),
    }
}
