//! A sink that keeps everything, for tests.

use std::path::Path;

use bytes::Bytes;
use serde_json::Value;

use crate::form::{Form, SourceFile};
use crate::sink::{Loss, Sink, Stop};

/// What a file gave.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    pub(crate) records: Vec<Value>,
    pub(crate) lost: Vec<Loss>,
    /// Records to take before no more are wanted.
    pub(crate) most: Option<usize>,
    /// Lines of damaged input may be no JSON, where a form hands them on as they are.
    pub(crate) is_lenient: bool,
}

impl Kept {
    pub(crate) fn lenient() -> Kept {
        Kept {
            is_lenient: true,
            ..Kept::default()
        }
    }
}

impl Sink for Kept {
    fn record(&mut self, _: u64, object: &[u8]) -> Result<(), Stop> {
        assert!(!object.contains(&b'\n'), "one line");
        let object: Value = match serde_json::from_slice(object) {
            Ok(object) => object,
            Err(_) if self.is_lenient => return Ok(()),
            Err(error) => panic!("{error}: {}", String::from_utf8_lossy(object)),
        };
        assert!(object.is_object(), "{object}");
        self.records.push(object);
        match self.most == Some(self.records.len()) {
            true => Err(Stop),
            false => Ok(()),
        }
    }

    fn lost(&mut self, loss: Loss) -> Result<(), Stop> {
        self.lost.push(loss);
        Ok(())
    }
}

/// All that a form makes of some bytes under a name.
pub(crate) fn read(form: &Form, name: &str, bytes: impl Into<Vec<u8>>) -> Kept {
    let mut kept = Kept::default();
    let file = SourceFile::new(Path::new(name), Bytes::from(bytes.into()));
    (form.read)(&file, &mut kept).expect("it is never stopped");
    kept
}

/// The form that recognises a file, and all that it makes of it.
pub(crate) fn recognised(name: &str, bytes: &[u8]) -> (&'static Form, Kept) {
    let head = &bytes[..bytes.len().min(1 << 16)];
    let form = Form::of(Path::new(name), head).expect("it is recognised");
    (form, read(form, name, bytes))
}

impl Kept {
    /// A field of each document, empty where it has none.
    pub(crate) fn fields(&self, name: &str) -> Vec<&str> {
        let value = |record| -> &str {
            Value::get(record, name)
                .and_then(Value::as_str)
                .unwrap_or_default()
        };
        self.records.iter().map(value).collect()
    }
}

/// Numbers by chance, the same ones each time (Vigna's splitmix64).
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let mixed = (mixed ^ (mixed >> 31)) % (end.max(1) as u64);
        usize::try_from(mixed).unwrap()
    }
}
