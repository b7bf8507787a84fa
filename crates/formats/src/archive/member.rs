//! Reading one member, whatever it is.

use std::cell::Cell;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use bytes::Bytes;

use super::{tar, zip};
use crate::codecs::{Codec, codec_of};
use crate::encoding::{Charset, Hints, decode};
use crate::form::{Form, SourceFile, has_extension};
use crate::object::push_string;
use crate::sink::{Failed, Loss, Sink, Stop};
use crate::{delimited, lines};

/// A compressed member whose form needs all of it is unpacked into memory up to this size.
const MOST_IN_MEMORY: u64 = 2 << 30;

/// What a member's form is decided by, as in [`Form::recognise`].
const HEAD: u64 = 64 << 10;

/// Bytes that an archive may still unpack to, with all that is nested in it.
pub(super) struct Budget {
    left: Cell<u64>,
}

impl Budget {
    pub(super) fn new(most: u64) -> Budget {
        Budget {
            left: Cell::new(most),
        }
    }
}

/// Unpacked bytes, counted.
pub(super) struct Metered<'r> {
    inner: Box<dyn Read + 'r>,
    budget: &'r Budget,
}

impl Budget {
    /// Takes so many bytes, if there are as many.
    pub(super) fn take(&self, length: u64) -> io::Result<()> {
        let left = self.left.get().checked_sub(length);
        self.left.set(left.unwrap_or(0));
        match left {
            Some(_) => Ok(()),
            None => Err(io::Error::other(format!(
                "the archive unpacks to more than {} times its size, which no text does",
                super::MOST_TIMES
            ))),
        }
    }
}

impl<'r> Metered<'r> {
    pub(super) fn new(inner: impl Read + 'r, budget: &'r Budget) -> Metered<'r> {
        Metered {
            inner: Box::new(inner),
            budget,
        }
    }
}

impl Read for Metered<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(into)?;
        self.budget.take(length as u64)?;
        Ok(length)
    }
}

/// An archive being read.
pub(super) struct Reading<'s> {
    pub(super) sink: &'s mut dyn Sink,
    pub(super) budget: &'s Budget,
    depth: u32,
    /// The encoding that was asked for.
    charset: Option<Charset>,
    /// Where this archive lies in outer ones: texts are named by their whole path.
    inside: PathBuf,
    /// Members that nothing reads: how many, their size, and the first.
    unread: Option<(u64, u64, PathBuf)>,
}

/// A member as it lies in the archive.
pub(super) struct Member<'m> {
    pub(super) path: &'m Path,
    /// Where it lies, in bytes of the archive.
    pub(super) at: u64,
    pub(super) stored: u64,
    pub(super) content: Content<'m>,
}

/// What a member holds.
pub(super) enum Content<'m> {
    /// As it lies in the archive.
    Bytes(Bytes),
    /// To be unpacked.
    Packed(Box<dyn Read + 'm>),
}

impl<'s> Reading<'s> {
    pub(super) fn new(
        sink: &'s mut dyn Sink,
        budget: &'s Budget,
        (depth, charset): (u32, Option<Charset>),
    ) -> Reading<'s> {
        Reading {
            sink,
            budget,
            depth,
            charset,
            inside: PathBuf::new(),
            unread: None,
        }
    }

    pub(super) fn lost(&mut self, at: u64, what: String, missing: Option<u64>) -> Result<(), Stop> {
        self.sink.lost(Loss { at, what, missing })
    }

    /// Hands over what a member holds.
    pub(super) fn member(&mut self, member: Member<'_>) -> Result<(), Stop> {
        let full = self.inside.join(member.path);
        let mut placed = Placed {
            sink: &mut *self.sink,
            name: member.path.display().to_string(),
            at: member.at,
            stored: member.stored,
            is_packed: matches!(member.content, Content::Packed(_)),
        };
        let mut one = One {
            sink: &mut placed,
            budget: self.budget,
            depth: self.depth,
            charset: self.charset,
            full,
        };
        let is_read = match member.content {
            Content::Bytes(bytes) => one.bytes(member.path, bytes),
            Content::Packed(reader) => one.packed(member.path, reader),
        };
        match is_read {
            Ok(true) => Ok(()),
            Ok(false) => {
                let (count, size, first) = self
                    .unread
                    .take()
                    .unwrap_or_else(|| (0, 0, member.path.to_owned()));
                self.unread = Some((count + 1, size + member.stored, first));
                Ok(())
            }
            Err(Failed::Stop) => Err(Stop),
            Err(Failed::Read(error)) => {
                let what = format!("`{}`: {error}", member.path.display());
                let is_cut = error.kind() == io::ErrorKind::UnexpectedEof;
                self.lost(member.at, what, (!is_cut).then_some(member.stored))
            }
        }
    }

    /// Says which members were not read, once all were seen.
    pub(super) fn finish(&mut self, at: u64) -> Result<(), Stop> {
        let Some((count, size, first)) = self.unread.take() else {
            return Ok(());
        };
        let what = match count {
            1 => format!("`{}` is of no form that is read", first.display()),
            _ => format!(
                "{count} members are of no form that is read, such as `{}`",
                first.display()
            ),
        };
        self.lost(at, what, Some(size))
    }
}

/// One member.
struct One<'s, 'o> {
    sink: &'s mut Placed<'o>,
    budget: &'s Budget,
    depth: u32,
    charset: Option<Charset>,
    full: PathBuf,
}

impl One<'_, '_> {
    /// Hands over what some bytes hold, or says that nothing reads them.
    fn bytes(&mut self, path: &Path, bytes: Bytes) -> Result<bool, Failed> {
        let head = &bytes[..bytes.len().min(usize::try_from(HEAD).unwrap_or(0))];
        match Form::of(path, head) {
            Some(form) if codec_of(path, head).is_none() => self.form(form, path, bytes),
            _ => self.packed(path, Box::new(io::Cursor::new(bytes))),
        }
    }

    fn packed(&mut self, path: &Path, mut reader: Box<dyn Read + '_>) -> Result<bool, Failed> {
        let mut head = Vec::new();
        reader.by_ref().take(HEAD).read_to_end(&mut head)?;
        if let Some(codec) = codec_of(path, &head) {
            let whole: Box<dyn Read + '_> = Box::new(io::Cursor::new(head).chain(reader));
            return self.compressed(codec, path, whole);
        }
        let form = Form::of(path, &head);
        let kind = Kind::of(path, &head);
        let mut whole = io::Cursor::new(head).chain(reader);
        if let Some(form) = form {
            let bytes = in_memory(&mut whole)?;
            return self.form(form, path, bytes);
        }
        match kind {
            Some(Kind::Lines) => lines::read(&mut whole, self.sink)?,
            Some(Kind::Delimited) => {
                let file = self.file(path, in_memory(&mut whole)?);
                delimited::read(&file, self.sink)?;
            }
            Some(Kind::Text) => self.text(&in_memory(&mut whole)?)?,
            None => return Ok(false),
        }
        Ok(true)
    }

    fn compressed(
        &mut self,
        codec: Codec,
        path: &Path,
        reader: Box<dyn Read + '_>,
    ) -> Result<bool, Failed> {
        self.deeper()?;
        let name = match has_extension(path, codec.extensions()) {
            true => path.with_extension(
                if path
                    .extension()
                    .is_some_and(|own| own.len() > 2 && own.to_string_lossy().starts_with('t'))
                {
                    "tar"
                } else {
                    ""
                },
            ),
            false => path.to_owned(),
        };
        let budget = self.budget;
        let inside = Metered::new(codec.reader(reader)?, budget);
        let is_read = self.packed(&name, Box::new(inside));
        self.depth += 1;
        is_read
    }

    fn deeper(&mut self) -> io::Result<()> {
        match self.depth.checked_sub(1) {
            Some(depth) => {
                self.depth = depth;
                Ok(())
            }
            None => Err(io::Error::other(format!(
                "archives are read {} deep",
                super::DEPTH
            ))),
        }
    }

    fn form(&mut self, form: &Form, path: &Path, bytes: Bytes) -> Result<bool, Failed> {
        let archive: Option<super::Read> = match () {
            () if std::ptr::eq(form, &super::ZIP) => Some(zip::read),
            () if std::ptr::eq(form, &super::TAR) => Some(tar::read),
            () => None,
        };
        let file = self.file(path, bytes);
        let Some(read) = archive else {
            (form.read)(&file, self.sink)?;
            return Ok(true);
        };
        self.deeper()?;
        let mut nested = Reading::new(self.sink, self.budget, (self.depth, self.charset));
        nested.inside.clone_from(&self.full);
        read(&file, &mut nested)?;
        self.depth += 1;
        Ok(true)
    }

    fn file<'p>(&self, path: &'p Path, bytes: Bytes) -> SourceFile<'p> {
        SourceFile {
            charset: self.charset,
            ..SourceFile::new(path, bytes)
        }
    }

    /// A text is a document under its name.
    fn text(&mut self, bytes: &[u8]) -> Result<(), Failed> {
        let hints = Hints {
            asked: self.charset,
            ..Hints::default()
        };
        let text = decode(bytes, &hints).text;
        let mut object = b"{\"id\":".to_vec();
        push_string(&self.full.to_string_lossy(), &mut object);
        object.extend_from_slice(b",\"text\":");
        push_string(&text, &mut object);
        object.push(b'}');
        self.sink.record(bytes.len() as u64, &object)?;
        Ok(())
    }
}

fn in_memory(reader: &mut dyn Read) -> io::Result<Bytes> {
    let mut bytes = Vec::new();
    let length = reader.take(MOST_IN_MEMORY + 1).read_to_end(&mut bytes)? as u64;
    if length > MOST_IN_MEMORY {
        let what = format!(
            "it has more than {} GiB: unpack the archive",
            MOST_IN_MEMORY >> 30
        );
        return Err(io::Error::other(what));
    }
    Ok(bytes.into())
}

/// What has no form of its own.
enum Kind {
    Lines,
    Delimited,
    Text,
}

impl Kind {
    fn of(path: &Path, head: &[u8]) -> Option<Kind> {
        let start = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
        let start = start.trim_ascii_start();
        if has_extension(path, &["csv", "tsv", "tab", "psv"]) {
            return Some(Kind::Delimited);
        }
        if start.starts_with(b"{") || has_extension(path, &["jsonl", "ndjson", "jsonlines", "json"])
        {
            return Some(Kind::Lines);
        }
        is_text(path).then_some(Kind::Text)
    }
}

/// Whether a member is a text, by its name.
pub(super) fn is_text(path: &Path) -> bool {
    has_extension(path, &["txt", "md", "text", "markdown"])
}

/// A sink that says places in the archive, and names the member.
pub(super) struct Placed<'o> {
    sink: &'o mut dyn Sink,
    name: String,
    at: u64,
    stored: u64,
    is_packed: bool,
}

impl Placed<'_> {
    /// A place in the archive: of what is packed, only that it lies in the member.
    fn place(&self, at: u64) -> u64 {
        match self.is_packed {
            true => self.at + at.min(self.stored),
            false => self.at + at,
        }
    }
}

impl Sink for Placed<'_> {
    fn record(&mut self, at: u64, object: &[u8]) -> Result<(), Stop> {
        let at = self.place(at);
        self.sink.record(at, object)
    }

    fn lost(&mut self, loss: Loss) -> Result<(), Stop> {
        self.sink.lost(Loss {
            at: self.place(loss.at),
            what: format!("`{}`: {}", self.name, loss.what),
            missing: loss.missing.map(|missing| missing.min(self.stored)),
        })
    }

    fn go_on(&mut self) -> Result<(), Stop> {
        self.sink.go_on()
    }
}
