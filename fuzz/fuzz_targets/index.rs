//! Whatever stands in the files of an index, reading it ends with an answer or an error.

#![no_main]

use std::sync::{LazyLock, Mutex};

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/it/forged.rs"]
mod forged;

// One thread: libFuzzer counts what one input does, and runs as many processes as it is asked for.
static FORGED: LazyLock<Mutex<forged::Forged>> = LazyLock::new(|| {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .use_current_thread();
    pool.build_global().expect("no pool was made before");
    Mutex::new(forged::Forged::new())
});

fuzz_target!(|input: &[u8]| {
    let forged = FORGED.lock();
    forged.expect("a panic ends the process").run(input);
});
