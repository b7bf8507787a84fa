//! `index remove`, `info`, `verify`, `compact` and `export-clusters`.

use anyhow::Context;
use wirecopy::Index;

use super::ids;
use super::rebuild::advice;
use super::waiting::Listener;
use crate::cli::args::{InfoArgs, RemoveIdsArgs, WhichIndex};
use crate::cli::exit;
use crate::cli::show::{bytes, number};
use crate::cli::signals::Interrupt;
use crate::cli::stdout;

/// Removes documents.
pub(super) fn remove(args: &RemoveIdsArgs, interrupt: &Interrupt) -> anyhow::Result<u8> {
    let ids = ids::read(&args.ids)?;
    let ids: Vec<&str> = ids.iter().map(AsRef::as_ref).collect();
    let waiting = Listener::of_waiting();
    let removed = Index::remove(&args.index, &ids, interrupt.context(&waiting))?;
    let printed = stdout::print(|out| {
        writeln!(
            out,
            "removed   {} documents; their stories stay on disk until `wirecopy index compact`",
            number(removed)
        )
    });
    printed.context(exit::Committed::INDEX_ONCE)?;
    Ok(exit::DONE)
}

/// Says what is in an index.
pub(super) fn info(args: &InfoArgs) -> anyhow::Result<u8> {
    let index = Index::open(&args.index)?;
    let (info, hot) = (index.info(), index.hot_keys()?);
    if args.json {
        let mut json = serde_json::to_value(&info)?;
        json["hot_keys"] = serde_json::to_value(hot)?;
        let json = serde_json::to_string_pretty(&json)?;
        stdout::print(|out| writeln!(out, "{json}"))?;
        return Ok(exit::DONE);
    }
    let each = info.bytes.checked_div(info.documents + info.removed);
    stdout::print(|out| {
        writeln!(out, "index     {}", args.index.display())?;
        writeln!(
            out,
            "documents {}{}, {} of them in {} stories",
            number(info.documents),
            match info.removed {
                0 => String::new(),
                removed => format!(" (and {} removed)", number(removed)),
            },
            number(info.clustered),
            number(info.clusters),
        )?;
        writeln!(
            out,
            "size      {}, {} a document",
            bytes(info.bytes),
            bytes(each.unwrap_or(0))
        )?;
        writeln!(
            out,
            "changes   {} commits, {} merges and splits of stories",
            number(info.generation),
            number(info.changes)
        )?;
        writeln!(
            out,
            "hot keys  {} of the first band, of more than {} documents; {} has the largest",
            number(hot.keys),
            number(hot.limit),
            number(hot.largest)
        )?;
        writeln!(out, "recipe    {}", info.recipe)?;
        if let Some(learned) = &info.learned {
            writeln!(out, "learned   {learned}")?;
        }
        if let Some(advice) = advice(&info) {
            writeln!(out, "advice    {advice}")?;
        }
        for segment in &info.segments {
            writeln!(
                out,
                "{}  {} documents, {}",
                segment.file,
                number(segment.documents),
                bytes(segment.bytes)
            )?;
            for (section, length) in &segment.sections {
                let each = length.checked_div(segment.documents).unwrap_or(0);
                writeln!(
                    out,
                    "  {section:<16}{:>10}  {:>8} a document",
                    bytes(*length),
                    bytes(each)
                )?;
            }
        }
        Ok(())
    })?;
    Ok(exit::DONE)
}

/// Reads every byte.
pub(super) fn verify(args: &WhichIndex) -> anyhow::Result<u8> {
    let index = Index::open(&args.index)?;
    index.verify()?;
    let info = index.info();
    stdout::print(|out| {
        writeln!(
            out,
            "{}: every byte of {} is as it was written",
            args.index.display(),
            bytes(info.bytes)
        )
    })?;
    Ok(exit::DONE)
}

/// Makes one segment of all.
pub(super) fn compact(args: &WhichIndex, interrupt: &Interrupt) -> anyhow::Result<u8> {
    let before = Index::open(&args.index)?.info();
    let waiting = Listener::of_waiting();
    let after = Index::compact(&args.index, interrupt.context(&waiting))?.info();
    let printed = stdout::print(|out| {
        writeln!(
            out,
            "{}: {} in {} segments became {} in {}; {} removed documents are gone",
            args.index.display(),
            bytes(before.bytes),
            before.segments.len(),
            bytes(after.bytes),
            after.segments.len(),
            number(before.removed),
        )
    });
    printed.context(exit::Committed::INDEX)?;
    Ok(exit::DONE)
}

/// Prints all clusters.
pub(super) fn export(args: &WhichIndex, interrupt: &Interrupt) -> anyhow::Result<u8> {
    let index = Index::open(&args.index)?;
    let run = index.clusters(interrupt.silent())?;
    stdout::print(|out| run.write_clusters_jsonl(|line| out.write_all(line)))?;
    Ok(exit::DONE)
}
