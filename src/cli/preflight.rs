//! What a person should know before a run goes on for hours: what will be read and used, what
//! that means for the results, and the memory and disk it will take.
//!
//! Shares are those of the sample, the first records of every input. The same facts go to a
//! program as one JSON object, in [`preflight_json`].

mod dates;
mod json;
mod needs;
mod outlets;

use wirecopy::corpus::{Compression, Format, InputPreflight, PassedOver, Role};
use wirecopy::{Needs, Preflight};

pub(super) use dates::say_it;
pub(super) use json::{passed_over_json, preflight_json};

use super::show::{bytes, count, number, percent, safe};

/// Inputs that are shown one by one.
const SHOWN: usize = 5;
/// Characters shown of a name or a value of the corpus.
const WIDTH: usize = 60;
/// Where the facts begin in their lines.
const INDENT: usize = 12;

/// What was seen, and what the run will need, a line each.
pub(super) fn preflight_lines(preflight: &Preflight, results: Option<&Needs>) -> Vec<String> {
    let seen = Seen::of(&preflight.corpus.inputs);
    let mut lines = Lines(Vec::new());
    inputs(&mut lines, preflight);
    fields(&mut lines, &preflight.corpus.inputs);
    metadata(&mut lines, &preflight.corpus.inputs);
    outlets::put(&mut lines, &preflight.corpus.outlets, &seen);
    outlets::put_folders(&mut lines, &preflight.corpus.inputs);
    sample(&mut lines, preflight, &seen);
    needs::put(&mut lines, preflight, results);
    lines.0
}

/// Lines of a name and a fact, aligned.
struct Lines(Vec<String>);

impl Lines {
    fn put(&mut self, name: &str, fact: &str) {
        self.0.push(format!("{name:<INDENT$}{fact}"));
    }
}

/// Sums over the samples of all inputs.
#[derive(Default)]
struct Seen {
    records: u64,
    rejected: u64,
    with_id: u64,
    repeated_ids: u64,
    repeated_id: Option<String>,
    with_text: u64,
    with_date: u64,
    with_publisher: u64,
    dates_from_places: u64,
    ambiguous_dates: u64,
    relative_dates: u64,
    unparsed_dates: u64,
    unparsed_date: Option<String>,
    first_rejection: Option<String>,
}

impl Seen {
    fn of(inputs: &[InputPreflight]) -> Seen {
        let mut seen = Seen::default();
        for sample in inputs.iter().map(|input| &input.sample) {
            seen.records += sample.records;
            seen.rejected += sample.rejected;
            seen.with_id += sample.with_id;
            seen.repeated_ids += sample.repeated_ids;
            let repeated = || sample.repeated_id.clone();
            seen.repeated_id = seen.repeated_id.or_else(repeated);
            seen.with_text += sample.with_text;
            seen.with_date += sample.with_date;
            seen.with_publisher += sample.with_publisher;
            seen.dates_from_places += sample.dates_from_places;
            seen.ambiguous_dates += sample.ambiguous_dates;
            seen.relative_dates += sample.relative_dates;
            seen.unparsed_dates += sample.unparsed_dates;
            let date = || sample.unparsed_date.clone();
            seen.unparsed_date = seen.unparsed_date.or_else(date);
            let rejection = || sample.first_rejection.as_ref().map(ToString::to_string);
            seen.first_rejection = seen.first_rejection.or_else(rejection);
        }
        seen
    }
}

fn inputs(lines: &mut Lines, preflight: &Preflight) {
    let corpus = &preflight.corpus;
    for (at, input) in corpus.inputs.iter().take(SHOWN).enumerate() {
        let name = if at == 0 { "input" } else { "" };
        let mut fact = format!("{}: {}", safe(&input.name, WIDTH), form(input));
        if let Some(length) = input.bytes {
            fact.push_str(&format!(", {}", bytes(length)));
        }
        fact.push_str(&match input.records {
            Some(records) => format!(", about {}", count(records, "document")),
            None => ", known only when it is read".into(),
        });
        lines.put(name, &fact);
    }
    if let Some(more) = corpus.inputs.len().checked_sub(SHOWN).filter(|&n| n > 0) {
        lines.put("", &format!("and {} more", number(more as u64)));
    }
    if corpus.inputs.len() > 1 {
        let least = if corpus.complete { "about" } else { "at least" };
        let documents = count(corpus.records, "document");
        lines.put("in all", &format!("{least} {documents}"));
    }
    if corpus.passed_over.count > 0 {
        lines.put("passed over", &passed_over(&corpus.passed_over));
    }
    for (at, file) in preflight.corpus.damaged().take(SHOWN).enumerate() {
        let name = if at == 0 { "damaged" } else { "" };
        lines.put(name, &safe(&file.to_string(), 4 * WIDTH));
    }
}

/// What of the folders is not read, for people.
pub(super) fn passed_over(passed: &PassedOver) -> String {
    let mut names: Vec<String> = passed.files.iter().map(|name| safe(name, WIDTH)).collect();
    if passed.more() > 0 {
        names.push(format!("and {} more", number(passed.more())));
    }
    let what = match passed.unreadable {
        0 => String::new(),
        some => format!(", {} of them data that cannot be read", number(some)),
    };
    format!(
        "{}{what}: {}",
        count(passed.count, "file"),
        names.join(", ")
    )
}

/// Form and compression, for people.
fn form(input: &InputPreflight) -> String {
    let form = match input.format {
        _ if input.converted_from.is_some() => input.converted_from.as_deref().unwrap_or_default(),
        None => "a stream",
        Some(Format::JsonLines) => "JSON Lines",
        Some(Format::Csv { delimiter: b'\t' }) => "TSV",
        Some(Format::Csv { delimiter: b';' }) => "CSV with semicolons",
        Some(Format::Csv { .. }) => "CSV",
        Some(Format::TextFolder) => "text files",
        Some(_) => "records in memory",
    };
    let form = match input.encoding {
        Some(encoding) => format!("{form}, {encoding}"),
        None => form.to_owned(),
    };
    match input.compression {
        Compression::None => form,
        other => format!("{form}, {}", other.name()),
    }
}

/// The fields used for each role, once where the inputs agree.
fn fields(lines: &mut Lines, inputs: &[InputPreflight]) {
    let mut roles = Vec::new();
    for role in Role::ALL {
        let mut used: Vec<&str> = inputs
            .iter()
            .filter_map(|input| input.field(role))
            .collect();
        used.sort_unstable();
        used.dedup();
        let is_guessed = inputs.iter().any(|input| input.guessed.contains(&role));
        let by_values = if is_guessed { " (by its values)" } else { "" };
        let used: Vec<String> = used.iter().map(|name| safe(name, WIDTH)).collect();
        if !used.is_empty() {
            let used = used.join(" or ");
            roles.push(format!("{} from {used}{by_values}", role_name(role)));
        }
    }
    if !roles.is_empty() {
        lines.put("fields", &roles.join(", "));
    }
}

/// The tables that describe texts, and the column that names these.
fn metadata(lines: &mut Lines, inputs: &[InputPreflight]) {
    for table in inputs.iter().filter_map(|input| input.metadata.as_ref()) {
        let fact = format!(
            "{} from {}, by `{}`",
            count(table.described, "text"),
            table.path.display(),
            safe(&table.column, WIDTH)
        );
        lines.put("metadata", &fact);
    }
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::Text => "text",
        Role::Id => "id",
        Role::Title => "title",
        Role::Source => "source",
        Role::Url => "url",
        Role::Date => "date",
    }
}

/// What the first records say, and what that means.
fn sample(lines: &mut Lines, preflight: &Preflight, seen: &Seen) {
    if seen.records + seen.rejected == 0 {
        return;
    }
    if seen.records > 0 {
        let share = |part| percent(part, seen.records);
        let fact = format!(
            "text {}, id {}, outlet {}, date {} of the first {}",
            share(seen.with_text),
            share(seen.with_id),
            share(seen.with_publisher),
            share(seen.with_date),
            count(seen.records, "record")
        );
        lines.put("sample", &fact);
    }
    if let Some(id) = &seen.repeated_id {
        let fact = format!(
            "{} that an earlier record of the file has, such as `{}`: all of that id are called by \
             file and number; name another field with --id-field, or none with --id-field none",
            number(seen.repeated_ids),
            safe(id, WIDTH)
        );
        lines.put("ids", &fact);
    }
    dates::put(lines, &preflight.corpus.dates, seen);
    if let Some(reason) = &seen.first_rejection {
        let fact = format!(
            "{} of {} in the sample; the first: {}",
            number(seen.rejected),
            number(seen.records + seen.rejected),
            safe(reason, 4 * WIDTH)
        );
        lines.put("rejected", &fact);
    }
    let profile = preflight.profile.name();
    let mut means = match preflight.profile.has_stories() {
        false => {
            let means = "comparing whole texts; outlets and dates are only shown";
            vec![means.to_owned()]
        }
        true => masking(preflight, seen),
    };
    if seen.records > 0 && seen.with_id == 0 {
        means.push("without ids, rows are named file#record".into());
    }
    if let Some(publisher) = &preflight.corpus.only_publisher {
        let publisher = safe(publisher, WIDTH);
        means.push(format!("the one outlet, {publisher}, counts as none"));
    }
    lines.put(profile, &means.join("; "));
}

/// What is known of a corpus that distinguishes boilerplate from stories.
#[derive(Clone, Copy)]
struct Known {
    publishers: bool,
    dates: bool,
}

impl Known {
    fn of(preflight: &Preflight, seen: &Seen) -> Known {
        Known {
            // One for the whole corpus distinguishes no pages.
            publishers: seen.with_publisher > 0 && preflight.corpus.only_publisher.is_none(),
            dates: seen.with_date > 0,
        }
    }

    fn name(self) -> &'static str {
        match (self.publishers, self.dates) {
            (true, true) => "publishers and dates",
            (true, false) => "publishers",
            (false, true) => "dates",
            (false, false) => "neither",
        }
    }

    /// The same for people.
    fn words(self) -> &'static str {
        match (self.publishers, self.dates) {
            (true, true) => "outlets and dates known",
            (true, false) => "outlets known, dates not",
            (false, true) => "outlets not known, dates known",
            (false, false) => "neither outlets nor dates known",
        }
    }
}

/// What the fields of a corpus mean for masking.
fn masking(preflight: &Preflight, seen: &Seen) -> Vec<String> {
    let known = Known::of(preflight, seen);
    let learned = match (preflight.learns, known.publishers) {
        (false, _) => "boilerplate is masked as the given file says",
        (true, true) => "boilerplate is learned per outlet",
        (true, false) => {
            "boilerplate is learned from all documents: what stands around different stories, and passages that \
             share no word with the rest, unless most of these are of the same few days"
        }
    };
    vec![
        "comparing story texts".to_owned(),
        format!("{learned} ({})", known.words()),
    ]
}

/// Where spools go, wherever one is.
fn spool_folder(preflight: &Preflight) -> String {
    let folder = &preflight.corpus.spool_folder;
    let whole = std::path::absolute(folder);
    let whole = whole.unwrap_or_else(|_| folder.clone());
    whole.to_string_lossy().into_owned()
}
