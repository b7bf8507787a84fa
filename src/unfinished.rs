//! What is unfinished on disk, so that a program that has to end can take it away first.
//!
//! A folder of results, an index and a page are written beside what they replace. Each removes what it wrote when it
//! is dropped unfinished. A program that is asked to end in the middle of a long computation may not come to that in
//! time: so what is unfinished is also listed here, and [`abandon`] removes it from any thread.
//!
//! *A commit is not cut in two.* The step that puts something in place is taken under the lock of the list: `abandon`
//! comes before it, and then it is never taken, or after it, and then reports that something was committed.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// How something unfinished is removed. What cannot be removed stays: there is no one to report it to.
type Remove = Box<dyn FnOnce() + Send>;

/// All that is unfinished in this process.
struct List {
    next: u64,
    /// By the number of the entry, in the order in which they came.
    entries: Vec<(u64, Remove)>,
    commits: u64,
}

static LIST: Mutex<List> = Mutex::new(List {
    next: 0,
    entries: Vec::new(),
    commits: 0,
});

/// Something unfinished. Dropped, it is removed.
#[derive(Debug)]
#[must_use]
pub struct Unfinished {
    number: u64,
}

impl Unfinished {
    /// Lists something that `remove` removes. It must not use this list.
    pub fn enter(remove: impl FnOnce() + Send + 'static) -> Unfinished {
        let mut list = list();
        list.next += 1;
        let number = list.next;
        list.entries.push((number, Box::new(remove)));
        Unfinished { number }
    }

    /// Takes the step that finishes it. Whatever comes of the step, it is not removed: a step that failed may have been
    /// taken.
    ///
    /// # Errors
    ///
    /// That of the step.
    pub(crate) fn commit<T, E>(self, step: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        let mut list = list();
        list.take(self.number);
        let taken = step();
        list.commits += u64::from(taken.is_ok());
        taken
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        let mut list = list();
        if let Some(remove) = list.take(self.number) {
            remove();
        }
    }
}

impl List {
    fn take(&mut self, number: u64) -> Option<Remove> {
        let at = self
            .entries
            .iter()
            .position(|&(entry, _)| entry == number)?;
        Some(self.entries.remove(at).1)
    }
}

/// How much was committed in this process so far.
pub fn commits() -> u64 {
    list().commits
}

/// Removes all that is unfinished if no more than so much was committed, and says whether it did. Then nothing enters
/// or commits anything from here on, for ever: the process must end.
pub fn abandon(commits: u64) -> bool {
    let mut list = list();
    if list.commits > commits {
        return false;
    }
    // What came last lies inside of what came first, or is guarded by it.
    for (_, remove) in std::mem::take(&mut list.entries).into_iter().rev() {
        remove();
    }
    std::mem::forget(list);
    true
}

fn list() -> MutexGuard<'static, List> {
    LIST.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    #[test]
    fn what_is_dropped_is_removed_and_what_is_committed_stays() {
        let removed = Arc::new(AtomicU32::new(0));
        let enter = || {
            let removed = Arc::clone(&removed);
            Unfinished::enter(move || {
                removed.fetch_add(1, Ordering::SeqCst);
            })
        };
        drop(enter());
        assert_eq!(removed.load(Ordering::SeqCst), 1);
        let before = commits();
        assert_eq!(enter().commit(|| Ok::<_, ()>(7)), Ok(7));
        assert!(commits() > before);
        assert_eq!(enter().commit(|| Err::<(), _>(8)), Err(8));
        assert_eq!(removed.load(Ordering::SeqCst), 1, "it may have been taken");
        assert!(!abandon(before), "too much was committed");
        drop(enter());
        assert_eq!(removed.load(Ordering::SeqCst), 2);
    }
}
