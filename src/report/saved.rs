//! `report.json`: the model as it is saved in a run's folder, so that its page can be drawn again.

use serde::Deserialize;

use super::model::{FORMAT, Report};

/// The name of the saved model in a run's folder.
pub const FILE: &str = "report.json";

/// The name of the page in a run's folder.
pub const PAGE: &str = "report.html";

/// A saved model that cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SavedError {
    /// It is not what was written.
    #[error("damaged, or not the model of a report: {0}")]
    Damaged(#[from] serde_json::Error),
    /// Another version wrote it.
    #[error("of format {found}; this version of wirecopy reads format {FORMAT}")]
    Format {
        /// The format it is of.
        found: u32,
    },
    /// It names what is not in it.
    #[error("damaged: {what} {number} is named, and there are {of}")]
    Missing {
        /// `outlet`, `text` or `comparison`.
        what: &'static str,
        /// The number that is named.
        number: u32,
        /// How many there are.
        of: usize,
    },
}

impl Report {
    /// The model as it is saved: one line of JSON.
    pub fn to_json(&self) -> String {
        let mut json = serde_json::to_string(self).expect("a model of names and figures is JSON");
        json.push('\n');
        json
    }

    /// Reads a saved model, and checks that all it refers to is there.
    ///
    /// # Errors
    ///
    /// If it is of another format, or damaged.
    pub fn from_json(json: &str) -> Result<Report, SavedError> {
        #[derive(Deserialize)]
        struct Head {
            format: u32,
        }
        let Head { format: found } = serde_json::from_str(json)?;
        if found != FORMAT {
            return Err(SavedError::Format { found });
        }
        let report: Report = serde_json::from_str(json)?;
        report.check()?;
        Ok(report)
    }

    fn check(&self) -> Result<(), SavedError> {
        let within = |what, number: u32, of: usize| match (number as usize) < of {
            true => Ok(()),
            false => Err(SavedError::Missing { what, number, of }),
        };
        let (texts, comparisons) = (self.texts.len(), self.comparisons.len());
        for member in self.clusters.iter().flat_map(|cluster| &cluster.members) {
            let named = [
                ("outlet", member.outlet, self.outlets.len()),
                ("text", member.text, texts),
                ("comparison", member.comparison, comparisons),
            ];
            for (what, number, of) in named {
                number.map_or(Ok(()), |number| within(what, number, of))?;
            }
        }
        for comparison in &self.comparisons {
            within("text", comparison.a, texts)?;
            within("text", comparison.b, texts)?;
        }
        let doubtful = self.doubtful.iter().map(|doubt| doubt.comparison);
        for number in doubtful.chain(self.sample.iter().map(|drawn| drawn.comparison)) {
            within("comparison", number, comparisons)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::model::{Comparison, Doubt, Text};
    use super::*;

    fn report() -> Report {
        Report {
            format: FORMAT,
            texts: vec![Text::default(), Text::default()],
            comparisons: vec![Comparison {
                b: 1,
                score: 0.740001,
                ..Comparison::default()
            }],
            doubtful: vec![Doubt::default()],
            ..Report::default()
        }
    }

    #[test]
    fn what_was_saved_is_read() {
        let saved = report().to_json();
        assert_eq!(Report::from_json(&saved).unwrap(), report());
        assert!(saved.ends_with("}\n") && saved.lines().count() == 1);
    }

    #[test]
    fn another_format_is_reported_before_anything_else_is_read() {
        let error = Report::from_json("{\"format\": 2, \"clusters\": 7}").unwrap_err();
        assert!(error.to_string().contains("format 2"), "{error}");
    }

    #[test]
    fn damage_is_an_error() {
        let saved = report().to_json();
        for end in 0..saved.len() - 1 {
            assert!(Report::from_json(&saved[..end]).is_err(), "{end}");
        }
        let elsewhere = Report {
            doubtful: vec![Doubt {
                comparison: 1,
                ..Doubt::default()
            }],
            ..report()
        };
        let error = Report::from_json(&elsewhere.to_json()).unwrap_err();
        assert!(error.to_string().contains("comparison 1"), "{error}");
    }
}
