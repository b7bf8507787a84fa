//! How inputs are to be read: names of fields, form of dates, limits.

use std::path::PathBuf;

use wirecopy_formats::encoding::Charset;

use super::allowed::Allowed;
use super::error::CorpusError;

/// How inputs are to be read.
///
/// Every list of fields holds names that are tried in turn in every record; the first that holds
/// something is used. A dotted name (`metadata.url`) reaches into
/// nested objects.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// Fields that may hold the text.
    pub text_fields: Vec<String>,
    /// Fields that may hold the id.
    pub id_fields: Vec<String>,
    /// Fields that may hold the headline.
    pub title_fields: Vec<String>,
    /// Fields that may name the outlet.
    pub source_fields: Vec<String>,
    /// Fields that may hold the address of the page.
    pub url_fields: Vec<String>,
    /// Fields that may hold the date of publication.
    pub date_fields: Vec<String>,
    /// Forms of dates, in the notation of `strftime`: those that fit come before the usual ones, and decide the order of day
    /// and month.
    pub date_formats: Vec<String>,
    /// What the first line of a text file may say.
    pub text_header: TextHeader,
    /// The table that says outlet, day, headline and address of texts that are files. Without it, one that is found beside them.
    pub metadata: Option<PathBuf>,
    /// The encoding of all files. Without it, it is decided by file.
    pub encoding: Option<Charset>,
    /// Whether texts of records are HTML, whose main text is the text. Not of records in memory.
    pub html: bool,
    /// The delimiter of CSV. Without it the file's name and header line decide.
    pub delimiter: Option<u8>,
    /// Which files of folders are meant: patterns as in a `.gitignore`, `!` leaves out. None: all.
    pub globs: Vec<String>,
    /// Goes on without data that cannot be read: files of other forms, and such as the system keeps
    /// from this user. That is loss: [`Corpus::has_loss`](super::Corpus::has_loss).
    pub skip_unreadable: bool,
    /// A record longer than this, in bytes, is rejected. At most 4 GB − 1.
    pub max_record: u64,
    /// Whether a scan goes on with what was read of inputs that are damaged or end too early, and
    /// lists them in [`Corpus::damaged`](super::Corpus::damaged). Otherwise it fails at them.
    pub accept_damaged: bool,
    /// Whether inputs may hold no record at all, and a pattern that matches no file is an input
    /// without records. Otherwise a scan that reads no record fails; records in memory may always
    /// be none.
    pub allow_empty: bool,
    /// Bytes that a compressed file may become, at most. Without it, 512 MB or 200 times its length,
    /// whichever is more.
    pub max_decoded: Option<u64>,
    /// Bytes that the decoders of Zstandard may hold together to look back on. Without it, 128 MB each.
    pub window_memory: Option<u64>,
    /// Whether plain files are mapped into memory. Otherwise they are read.
    pub mmap: bool,
    /// Where decoded bytes are spooled. Without it, the system's folder for temporary files.
    pub temp_dir: Option<PathBuf>,
    /// Bytes that one thread takes at a time. It has no influence on what is read.
    pub block_bytes: usize,
}

/// What the first line of a text file may say.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum TextHeader {
    /// A first line `date YYYY-MM-DD title…` gives date and title, and is not part of the text.
    Auto,
    /// The first line is text.
    None,
}

impl ReadOptions {
    /// 64 MB: twenty thousand times a long article, and no burden for memory.
    pub const MAX_RECORD: u64 = 64 << 20;
    /// 1 MB: some hundred articles, about what a core's cache holds.
    pub const BLOCK_BYTES: usize = 1 << 20;

    /// What decoding a file may take, beside so many other files at a time.
    pub(super) fn allowed<'a>(
        &self,
        decoders: usize,
        go_on: &'a dyn Fn() -> Result<(), CorpusError>,
    ) -> Allowed<'a> {
        // RFC 8878 asks decoders to support at least 8 MB.
        const LEAST: u64 = 8 << 20;
        let window = match self.window_memory {
            None => Allowed::WINDOW,
            Some(all) => (all / decoders.max(1) as u64).clamp(LEAST, Allowed::WIDEST),
        };
        Allowed {
            window,
            decoded: self.max_decoded,
            go_on,
        }
    }

    /// The limit for one record, as a record's length can be known.
    pub(super) fn record_limit(&self) -> u64 {
        self.max_record.min(u64::from(u32::MAX))
    }
}

impl Default for ReadOptions {
    fn default() -> ReadOptions {
        let names = |list: &str| list.split(' ').map(str::to_owned).collect();
        ReadOptions {
            text_fields: names("text content body maintext article"),
            id_fields: names("id _id url"),
            title_fields: names("title headline"),
            source_fields: names(
                "source publisher outlet domain source_domain site site_name publication",
            ),
            url_fields: names("url link"),
            date_fields: names(
                "date published publish_date timestamp date_publish published_at publication_date \
                 pub_date date_published datetime created_at",
            ),
            date_formats: Vec::new(),
            text_header: TextHeader::Auto,
            metadata: None,
            encoding: None,
            html: false,
            delimiter: None,
            globs: Vec::new(),
            skip_unreadable: false,
            max_record: Self::MAX_RECORD,
            accept_damaged: false,
            allow_empty: false,
            max_decoded: None,
            window_memory: None,
            mmap: true,
            temp_dir: None,
            block_bytes: Self::BLOCK_BYTES,
        }
    }
}
