//! Flags that say how inputs are read.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use wirecopy::corpus::Charset;

use super::preset::Preset;
use crate::cli::values::{delimiter, encoding, share, size};

/// How inputs are read.
#[derive(Args, Debug)]
#[command(next_help_heading = "Reading")]
pub(in crate::cli) struct ReadArgs {
    /// Flags for one kind of text, or names of fields for what one program writes; a flag beside it wins
    ///
    /// ocr: old newspapers and whatever else was scanned and read by a machine. Whole texts by runs of characters:
    /// --profile near --shingle char:5 --threshold 0.4. Where one word in twelve has a wrong letter, runs of
    /// words find no copy any more. hf, datatrove, commoncrawl, nexis, factiva, mediacloud, gdelt, newsplease, trafilatura: the fields
    /// of text, id, headline, outlet, address and date; most are found without. Several: --preset ocr,nexis.
    #[arg(
        long,
        value_enum,
        value_name = "NAME",
        value_delimiter = ',',
        hide_possible_values = true
    )]
    pub(in crate::cli) preset: Vec<Preset>,

    /// Field of the text [default: text, content, body, maintext, article]
    ///
    /// Repeat it or put commas between names; in every record they are tried in turn. They replace the
    /// usual ones.
    /// A dotted name (content.body) reaches into nested objects. This holds for all fields.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(in crate::cli) text_field: Vec<String>,

    /// Field of the id [default: id, _id, url]
    ///
    /// A record without one is called by its file and number, as in news.jsonl#17.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(in crate::cli) id_field: Vec<String>,

    /// Field of the headline [default: title, headline]
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(in crate::cli) title_field: Vec<String>,

    /// Field of the outlet [default: source, publisher, outlet, domain, …]
    ///
    /// By default: source, publisher, outlet, domain, source_domain, site, site_name, publication.
    /// One value throughout a corpus names no outlet.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(in crate::cli) source_field: Vec<String>,

    /// Field of the document's address [default: url, link]
    ///
    /// If there is one, its registrable domain is the outlet.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(in crate::cli) url_field: Vec<String>,

    /// Field of the date of publication [default: date, published, publish_date, …]
    ///
    /// By default: date, published, publish_date, timestamp, date_publish, published_at,
    /// publication_date, pub_date, date_published, datetime, created_at.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(in crate::cli) date_field: Vec<String>,

    /// Form of dates, as in strftime, such as %d/%m/%Y [default: decided by the column]
    ///
    /// Repeat it; the first that fits counts. Without it all forms are read that cannot be misread, with
    /// months in some sixty languages; whether 4/3/2021 is of March or April is decided by the other values
    /// of the field, and said. They stay on beside a form that is given. %B, %b and %A are names of any
    /// language; 'pl:%d %B %Y' reads them as Polish.
    #[arg(long, value_name = "FORM")]
    pub(in crate::cli) date_format: Vec<String>,

    /// Delimiter of CSV: one character, or tab [default: what the header line shows]
    #[arg(long, value_name = "CHAR", value_parser = delimiter)]
    pub(in crate::cli) delimiter: Option<u8>,

    /// Whether a text file may begin with a line 'date YYYY-MM-DD title', or with front matter
    ///
    /// auto: such a line gives date and title, front matter (key: value between lines ---) also outlet and
    /// address; neither is part of the text. none: they are text.
    #[arg(
        long,
        value_enum,
        value_name = "MODE",
        default_value = "auto",
        hide_possible_values = true
    )]
    pub(in crate::cli) text_header: TextHeaderArg,

    /// The table that says outlet, date, headline and address of text files, one row a file
    ///
    /// CSV, JSON Lines or another form that is read. The column that names the files is found by its values: paths below the folder, names, or
    /// names without extension. Without this flag a table in the folder that does so is taken, and named in the preflight.
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) metadata: Option<PathBuf>,

    /// Read all files in this encoding, such as windows-1252 [default: decided by file]
    ///
    /// Without it, a file is UTF-8 if its bytes are; else a byte order mark, what the file says of itself, or what is probable decides.
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub(in crate::cli) encoding: Option<Charset>,

    /// Texts of records are HTML: read the article of each
    ///
    /// JSON Lines, CSV, Parquet and others whose text is a page or a part of one. The main text takes its place, the HTML stays in a field
    /// that is called likewise with _html behind, and a page says headline, address, outlet and date where the record does not.
    #[arg(long)]
    pub(in crate::cli) html: bool,

    /// Of folders, read the files that fit this pattern; !PATTERN leaves out
    ///
    /// As in a .gitignore: a pattern without / is about names ('*.jsonl'), one with / about paths
    /// below the folder ('data/**'). Repeat it; the last that fits counts. Text files that it takes
    /// in are documents also beside JSON Lines and CSV. Files that are named themselves are always read.
    #[arg(long, value_name = "PATTERN")]
    pub(in crate::cli) glob: Vec<String>,

    /// Go on without files that cannot be read
    ///
    /// Data of a form that is not read (Parquet, xz, …), half downloads, files that this user may not
    /// read. Without this flag they end the run. With it they are named, and the exit code is 3.
    #[arg(long)]
    pub(in crate::cli) skip_unreadable: bool,

    /// Reject records longer than this, such as 500K or 64M
    ///
    /// Bytes, or with K, M, G or T (powers of 1024); below 4G.
    #[arg(long, value_name = "SIZE", default_value = "64M", value_parser = size)]
    pub(in crate::cli) max_record: u64,

    /// Go on with what can be read of inputs that are damaged or cut off
    ///
    /// By default a run fails at them, and earlier results stay. With this flag it reads what it can,
    /// warns, lists the damaged inputs in run.json, and ends with exit code 3.
    #[arg(long)]
    pub(in crate::cli) accept_damaged: bool,

    /// Let inputs hold no record, as on a day without news
    ///
    /// By default a run that reads no record fails, and earlier results stay. A pattern such as
    /// 'in/*.jsonl', or one after --glob, that no file matches then counts as an input without records.
    #[arg(long)]
    pub(in crate::cli) allow_empty: bool,

    /// Let a compressed input become so large, such as 20G [default: 512M or 200 times its length]
    ///
    /// A file that becomes larger stops the run: it may have been made to fill the disk.
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub(in crate::cli) max_decoded: Option<u64>,

    /// Share of records that may be rejected, such as 1% or 0.01
    ///
    /// If more are, the exit code is 3, and earlier results stay: the new ones are put beside them, into
    /// DIR.rejected. An index takes no such batch. 0 allows none, 100% all.
    #[arg(long, value_name = "SHARE", default_value = "1%", value_parser = share)]
    pub(in crate::cli) max_rejected: f64,
}

/// What the first line of a text file may say.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum TextHeaderArg {
    /// A line 'date YYYY-MM-DD title' gives date and title
    Auto,
    /// It is text
    None,
}

#[cfg(test)]
mod tests {
    use super::*;
    use wirecopy::corpus::ReadOptions;

    #[test]
    fn the_usual_fields_are_those_of_the_library() {
        let command = ReadArgs::augment_args(clap::Command::new("read"));
        let usual = ReadOptions::default();
        for (flag, fields) in [
            ("text-field", usual.text_fields),
            ("id-field", usual.id_fields),
            ("title-field", usual.title_fields),
            ("source-field", usual.source_fields),
            ("url-field", usual.url_fields),
            ("date-field", usual.date_fields),
        ] {
            let arg = command
                .get_arguments()
                .find(|arg| arg.get_long() == Some(flag))
                .unwrap();
            let help = arg.get_long_help().or(arg.get_help()).unwrap().to_string();
            assert!(help.contains(&fields.join(", ")), "{flag}: {help}");
        }
    }
}
