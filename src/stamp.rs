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

    /// As [`of`](Self::of), without the time if that is so near to `now` that the file may change once more within it.
    pub fn settled(file: &Metadata, now: SystemTime) -> Self {
        let young = file.modified().is_ok_and(|at| now.duration_since(at).is_ok_and(|age| age < TICK));
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::{self, File};

    #[test]
    fn a_young_time_proves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        let written = UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        File::create(&path).unwrap().set_modified(written).unwrap();
        let found = fs::metadata(&path).unwrap();
        let [young, old] = [1, 1000].map(|age| Stamp::settled(&found, written + Duration::from_millis(age)));
        assert_eq!((young.modified, old.modified), (None, Some(1_700_000_000_000_000_000)));
        assert!(old.proves(Stamp::of(&found)) && !young.proves(young));
    }

    #[test]
    fn times_before_1970_count_backwards() {
        assert_eq!(nanoseconds(UNIX_EPOCH - Duration::from_nanos(7)), Some(-7));
    }
}
