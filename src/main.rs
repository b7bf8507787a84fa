//! The program `wirecopy`.
use std::sync::atomic::AtomicBool;
use wirecopy::pipeline::*;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let t = std::time::Instant::now();
    let mut open = Job::new(wirecopy::Recipe::default())
        .path(&a[1])
        .open()
        .unwrap();
    open.preflight().unwrap();
    let c = AtomicBool::new(false);
    let mut run = open.run(&Silent, &c).unwrap();
    let f = wirecopy::output::OutputFolder::create(a[2].as_ref(), true, &[a[1].clone().into()])
        .unwrap();
    run.write(f, &Tables::default(), &Silent, &c).unwrap();
    eprintln!(
        "{:?} {:?} {:?} {:?}",
        t.elapsed(),
        run.counts(),
        run.work(),
        run.timing()
    );
}
