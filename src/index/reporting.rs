//! The report of an index: what was carried since some day, or ever.
//!
//! What is counted, of outlets and days too, is of the whole index and needs its rows alone. Only
//! clusters with a document of the days asked for are judged again: the time is that of a week's
//! clusters, and not of the years before. Titles and figures were kept; texts are not.

use super::Index;
use super::stats::IndexStats;
use crate::clusters::Cluster;
use crate::context::Context;
use crate::date::Date;
use crate::error::Error;
use crate::inspect::report::{
    Named, Outlets, days_of, largest_first, of_index, row, shared_headline,
};
use crate::report::Since;
use crate::report::model::Report;
use crate::run::finished::Run;

impl Index {
    /// What the page about this index is drawn from: its clusters with a document of these days, all
    /// of them if none are given, and what is counted of all documents.
    ///
    /// It has titles and figures, but no texts and so no pairs to look at: an index keeps none. A page
    /// drawn of it for the same days shows it whole ([`crate::report::page`]). The result does not
    /// depend on the size of the rayon pool.
    ///
    /// Every cluster that is shown is judged again, with what hangs together with it, by the figures of
    /// pairs that were stored. All other documents take a look at a row each.
    ///
    /// # Errors
    ///
    /// If the index is damaged, or the caller cancels.
    pub fn report(&self, since: Option<&Since>, context: Context<'_>) -> Result<Report, Error> {
        self.catalog.snapshot.check_at_first_use();
        let report = || self.report_read(since, context);
        self.catalog.unless_lost(report)
    }

    fn report_read(&self, since: Option<&Since>, context: Context<'_>) -> Result<Report, Error> {
        let catalog = &self.catalog;
        let stats = IndexStats::of(catalog)?;
        let first_day = since.map(|since| since.first_day(stats.newest));
        let is_recent = |date: Option<Date>| {
            let day = date.map(Date::day);
            first_day.is_none_or(|first_day| first_day.is_some_and(|first| day >= Some(first)))
        };
        let result = self.again(stats.members_of_any(is_recent), context)?;
        let run = &result.run;

        let documents = || stats.documents.iter().flatten();
        let outlets = Outlets::counted(&stats.names, documents().copied(), stats.carried());
        let publishers: Vec<&str> = run.documents.publisher_names().collect();
        let outlets = outlets.numbered(&publishers);
        let folder = catalog.snapshot.folder();
        let name = folder.file_name().unwrap_or(folder.as_os_str());
        let mut report = of_index(
            &catalog.recipe,
            run.recipe_line(),
            name.to_string_lossy().into_owned(),
            stats.counts.clone(),
            stats.masked.clone(),
        );
        for cluster in largest_first(run) {
            // What hangs together with a cluster may be another one, of earlier days.
            let mut members = cluster.members.iter();
            if members.any(|member| is_recent(run.date(member.doc))) {
                let named = self.named(run, cluster, &result.indexed)?;
                report.clusters.push(row(run, cluster, &outlets, named));
            }
        }
        report.days = days_of(documents().map(|document| document.date), stats.carried());
        report.outlets = outlets.rows;
        Ok(report)
    }

    /// What the documents of a cluster are called. Of segments without titles there are only ids.
    fn named(&self, run: &Run, cluster: &Cluster, indexed: &[u32]) -> Result<Named, Error> {
        let mut titles = Vec::with_capacity(cluster.members.len());
        let mut first_id = "";
        for member in &cluster.members {
            let (part, doc) = self.catalog.part(indexed[member.doc.index()])?;
            let title = part.title(doc)?;
            titles.push((!title.is_empty()).then(|| title.to_owned()));
            if member.doc == cluster.representative() {
                first_id = part.id(part.row(doc)?)?;
            }
        }
        let title = shared_headline(run, cluster, &titles);
        let title = title.or_else(|| titles.iter().flatten().next().cloned());
        Ok(Named {
            title: title.unwrap_or_else(|| first_id.to_owned()),
            opening: String::new(),
            titles,
            urls: Vec::new(),
        })
    }
}
