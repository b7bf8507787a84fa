//! Memory maps, and what happens when a mapped file is cut while it is read.
//!
//! Reading a page that the file no longer has, or that the disk cannot read, raises SIGBUS, which kills the
//! process. A program that calls [`install_guard`] survives it: the missing pages read as zeros, the map remembers
//! that it was cut, and whoever has read it asks before anything that came of it is reported or kept: of inputs and of
//! scratch files [`Corpus::check_unchanged`](super::Corpus::check_unchanged), of an index its snapshot
//! ([`check_read`](crate::container::Snapshot::check_read)).
//! Handing a cut map to a system call (a write of mapped bytes) gives an ordinary error, `EFAULT`.
//!
//! The handler finds our maps in a list that only grows and is read without locks; entries are
//! used again when a map is dropped.
#![allow(unsafe_code)]

use std::fs::File;
use std::io;
use std::ops::Deref;
use std::ptr;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicUsize, Ordering};

use memmap2::Mmap;

use super::aligned::Aligned;

/// A file mapped for reading, watched by the guard.
#[derive(Debug)]
pub(crate) struct Map {
    held: Held,
}

/// Where its bytes are.
#[derive(Debug)]
enum Held {
    Mapped(Mmap, &'static Watch),
    /// In memory, where the file system maps no files.
    Read(Aligned),
}

/// An address range that the guard may repair.
#[derive(Debug)]
struct Watch {
    /// First address; 0 while the entry is free, 1 while it is being set up.
    start: AtomicUsize,
    /// The address behind the last one.
    end: AtomicUsize,
    /// Whether a page was missing.
    cut: AtomicBool,
    /// Whether it is of a file without a name.
    is_scratch: AtomicBool,
    /// The next entry; never changes once the entry is in the list.
    next: AtomicPtr<Watch>,
}

/// The first entry of the list.
static WATCHES: AtomicPtr<Watch> = AtomicPtr::new(ptr::null_mut());
/// How often a page of a file without a name was missing. Nobody else can cut such a file: the disk fails.
static LOST_SCRATCH: AtomicUsize = AtomicUsize::new(0);
/// The size of a page, for the handler.
static PAGE: AtomicUsize = AtomicUsize::new(4096);
/// What was done about SIGBUS before.
static BEFORE: OnceLock<libc::sigaction> = OnceLock::new();

impl Map {
    /// Maps a whole file.
    pub(super) fn open(file: &File) -> io::Result<Map> {
        Map::of(file, false)
    }

    /// Maps a file that only wirecopy writes, and never changes once it has its name. It is read where it cannot be
    /// mapped.
    pub(crate) fn of_own(file: &File) -> io::Result<Map> {
        Map::of(file, false).or_else(|error| Map::read(file, u64::MAX, error))
    }

    /// Maps a file of our own without a name, such as a spool: see [`lost_scratch`]. It is read where it cannot be
    /// mapped, if it is small.
    pub(super) fn of_scratch(file: &File) -> io::Result<Map> {
        /// Four times what is counted for buffers when memory is estimated: no more may come as a surprise.
        const SMALL: u64 = 256 << 20;
        Map::of(file, true).or_else(|error| Map::read(file, SMALL, error))
    }

    /// Reads a file that could not be mapped, if that is for want of a way to map it.
    fn read(file: &File, most: u64, error: io::Error) -> io::Result<Map> {
        match error.raw_os_error() {
            Some(libc::ENODEV | libc::EOPNOTSUPP | libc::ENOSYS | libc::EACCES | libc::EPERM) => {
                let held = Held::Read(Aligned::read(file, most)?);
                Ok(Map { held })
            }
            _ => Err(error),
        }
    }

    fn of(file: &File, is_scratch: bool) -> io::Result<Map> {
        // SAFETY: a map is unsound if another process changes the file while we read it, and no
        // check can rule that out. We map only files the user named and our own unlinked spools,
        // read-only; `--no-mmap` reads them instead. A file that shrinks reads as zeros (below); one
        // that is rewritten while a record of it is read may give that record half old and half
        // new, or stop the run. The check that inputs are unchanged turns both into an error.
        let bytes = unsafe { Mmap::map(file)? };
        let watch = Watch::enter(bytes.as_ptr() as usize, bytes.len(), is_scratch);
        Ok(Map {
            held: Held::Mapped(bytes, watch),
        })
    }

    /// Whether a page was missing when it was read: the file was cut, or the disk failed.
    pub(crate) fn was_cut(&self) -> bool {
        match &self.held {
            Held::Mapped(_, watch) => watch.cut.load(Ordering::Relaxed),
            Held::Read(_) => false,
        }
    }
}

/// How often, in this process, a page of a file without a name could not be read. Such maps come and go; this
/// number stays, so that whoever noted it before knows afterwards.
pub(super) fn lost_scratch() -> usize {
    LOST_SCRATCH.load(Ordering::Relaxed)
}

impl AsRef<[u8]> for Map {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl Deref for Map {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match &self.held {
            Held::Mapped(bytes, _) => bytes,
            Held::Read(bytes) => bytes.bytes(),
        }
    }
}

impl Drop for Map {
    fn drop(&mut self) {
        // Before the map itself goes: the address may soon be used by other code.
        if let Held::Mapped(_, watch) = &self.held {
            watch.start.store(0, Ordering::SeqCst);
        }
    }
}

impl Watch {
    /// Enters an address range into the list.
    fn enter(start: usize, length: usize, is_scratch: bool) -> &'static Watch {
        let watch = Watch::free_entry().unwrap_or_else(Watch::new_entry);
        watch.cut.store(false, Ordering::SeqCst);
        watch.is_scratch.store(is_scratch, Ordering::SeqCst);
        watch.end.store(start + length, Ordering::SeqCst);
        watch.start.store(start, Ordering::SeqCst);
        watch
    }

    /// An entry that a dropped map left, now reserved.
    fn free_entry() -> Option<&'static Watch> {
        Watch::all().find(|watch| {
            let reserve = watch
                .start
                .compare_exchange(0, 1, Ordering::SeqCst, Ordering::SeqCst);
            reserve.is_ok()
        })
    }

    /// One more entry, already reserved. It is never freed, so the handler may always read it.
    fn new_entry() -> &'static Watch {
        let watch: &'static Watch = Box::leak(Box::new(Watch {
            start: AtomicUsize::new(1),
            end: AtomicUsize::new(1),
            cut: AtomicBool::new(false),
            is_scratch: AtomicBool::new(false),
            next: AtomicPtr::new(ptr::null_mut()),
        }));
        let new = ptr::from_ref(watch).cast_mut();
        let mut first = WATCHES.load(Ordering::SeqCst);
        loop {
            watch.next.store(first, Ordering::SeqCst);
            match WATCHES.compare_exchange(first, new, Ordering::SeqCst, Ordering::SeqCst) {
                Ok(_) => return watch,
                Err(now) => first = now,
            }
        }
    }

    /// All entries.
    fn all() -> impl Iterator<Item = &'static Watch> {
        let mut next = WATCHES.load(Ordering::SeqCst);
        std::iter::from_fn(move || {
            // SAFETY: the pointer is null or came from `Box::leak` in `new_entry`, so what it
            // points to lives for ever, and is only ever used by shared reference.
            let watch = unsafe { next.as_ref()? };
            next = watch.next.load(Ordering::SeqCst);
            Some(watch)
        })
    }
}

/// Lets this process survive a mapped file that is cut while it is read.
///
/// Installs a SIGBUS handler, once; other causes of SIGBUS keep their effect. The program does
/// this at its start. A library caller may; without it, a file cut while it is read kills the
/// process, unless [`ReadOptions::mmap`](super::ReadOptions::mmap) is off.
///
/// # Errors
///
/// What the system says when it refuses the handler.
pub fn install_guard() -> io::Result<()> {
    if BEFORE.get().is_some() {
        return Ok(());
    }
    // SAFETY: `sysconf` has no preconditions; a zeroed `sigaction` is a valid value of that C
    // struct, filled below; `sigaction` reads and writes only the two structs given.
    unsafe {
        if let Ok(page) = usize::try_from(libc::sysconf(libc::_SC_PAGESIZE)) {
            PAGE.store(page, Ordering::SeqCst);
        }
        let mut before: libc::sigaction = std::mem::zeroed();
        if libc::sigaction(libc::SIGBUS, ptr::null(), &mut before) != 0 {
            return Err(io::Error::last_os_error());
        }
        if BEFORE.set(before).is_err() {
            return Ok(()); // another thread is just doing this
        }
        let mut action: libc::sigaction = std::mem::zeroed();
        let handler: extern "C" fn(libc::c_int, *mut libc::siginfo_t, *mut libc::c_void) = repair;
        action.sa_sigaction = handler as libc::sighandler_t;
        action.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK;
        libc::sigemptyset(&mut action.sa_mask);
        if libc::sigaction(libc::SIGBUS, &action, ptr::null_mut()) != 0 {
            return Err(io::Error::last_os_error());
        }
    }
    Ok(())
}

/// Puts pages of zeros where a watched map has lost its own, from the fault on to its end.
///
/// Runs inside a signal: it only loads and stores atomics and makes two system calls.
extern "C" fn repair(_: libc::c_int, info: *mut libc::siginfo_t, _: *mut libc::c_void) {
    // SAFETY: the kernel passes a valid `siginfo_t` to a handler installed with SA_SIGINFO, and
    // the address of a SIGBUS is the one that could not be read.
    let address = unsafe { (*info).si_addr() } as usize;
    let hit = Watch::all().find(|watch| {
        let start = watch.start.load(Ordering::SeqCst);
        start > 1 && start <= address && address < watch.end.load(Ordering::SeqCst)
    });
    let page = PAGE.load(Ordering::SeqCst);
    let from = address - address % page;
    if let Some(watch) = hit {
        let length = (watch.end.load(Ordering::SeqCst) - from).next_multiple_of(page);
        watch.cut.store(true, Ordering::SeqCst);
        if watch.is_scratch.load(Ordering::SeqCst) {
            LOST_SCRATCH.fetch_add(1, Ordering::SeqCst);
        }
        // SAFETY: the range lies inside a map of ours that is alive (its entry is set), starts at
        // a page and ends with the map's last page; replacing it by readable zeros leaves every
        // slice into it readable.
        let zeros = unsafe {
            libc::mmap(
                from as *mut libc::c_void,
                length,
                libc::PROT_READ,
                libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_FIXED,
                -1,
                0,
            )
        };
        if zeros != libc::MAP_FAILED {
            return;
        }
    }
    if let Some(before) = BEFORE.get() {
        // SAFETY: puts back what `sigaction` itself gave us. The read is then tried again, and
        // fails as it would have without us.
        unsafe { libc::sigaction(libc::SIGBUS, before, ptr::null_mut()) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn a_file_cut_while_it_is_read_reads_as_zeros() {
        install_guard().unwrap();
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&[b'x'; 100_000]).unwrap();
        let map = Map::open(&file).unwrap();
        let other = Map::open(&file).unwrap();
        assert_eq!(map[99_999], b'x');
        file.set_len(5_000).unwrap();
        assert!(!map.was_cut());
        assert_eq!(map[4_999], b'x');
        assert_eq!(map[99_999], 0);
        assert!(map.iter().skip(8_192).all(|&byte| byte == 0));
        assert!(map.was_cut());
        assert!(!other.was_cut());
        drop(map);
        assert!(
            !Map::open(&file).unwrap().was_cut(),
            "a used entry starts afresh"
        );
    }

    #[test]
    fn an_empty_file_can_be_mapped() {
        let file = tempfile::tempfile().unwrap();
        assert!(Map::open(&file).unwrap().is_empty());
    }
}
