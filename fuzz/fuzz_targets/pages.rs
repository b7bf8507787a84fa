//! Whatever stands in a page, a saved message, an archive or a text of an unknown encoding, reading it ends, and soon.

#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use wirecopy_formats::{FORMS, Loss, Sink, SourceFile, Stop, encoding, html};

/// Takes everything.
struct All;

impl Sink for All {
    fn record(&mut self, _: u64, _: &[u8]) -> Result<(), Stop> {
        Ok(())
    }

    fn lost(&mut self, _: Loss) -> Result<(), Stop> {
        Ok(())
    }
}

fuzz_target!(|input: &[u8]| {
    let decoded = encoding::decode(input, &encoding::Hints::default());
    let _ = html::main_text(&decoded.text);
    for form in FORMS
        .iter()
        .filter(|form| ["WARC", "MHTML", "HTML"].contains(&form.name))
    {
        let file = SourceFile {
            path: Path::new("a"),
            bytes: input.to_vec().into(),
        };
        assert_eq!((form.read)(&file, &mut All), Ok(()));
    }
});
