//! What became of a story on one page, and what two such pages are to each other.

use std::fmt;

/// Which part of a story a page has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Part {
    Whole,
    /// The start.
    Trim,
    /// Thirty to a hundred words.
    Excerpt,
    /// All but a piece of the middle.
    MidCut,
    /// Cut behind the middle, with pieces of other stories after it.
    Composite,
    /// A live page of its own with pieces of many stories.
    Ticker,
    /// A paper's own text.
    Own,
    /// Two sentences before a paywall.
    Stub,
}

/// The part, and what else was done.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Kind {
    pub(crate) part: Part,
    /// It is the later version.
    pub(crate) update: bool,
    pub(crate) edited: bool,
    pub(crate) shuffled: bool,
    /// Paragraphs of the paper's own are added.
    pub(crate) local: bool,
}

/// Label of a pair in one cluster.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Label {
    /// Both the full text of one version.
    Copy,
    /// One of them is a part, or has other stories beside it.
    Contained,
    /// One of them is a later version.
    Edited,
    /// Not one cluster: a form filled in for two occasions.
    Template,
}

impl Kind {
    pub(crate) fn plain(part: Part) -> Kind {
        Kind {
            part,
            update: false,
            edited: false,
            shuffled: false,
            local: false,
        }
    }

    /// The label of two pages of one story.
    pub(crate) fn beside(self, other: Kind) -> Label {
        if self.part != Part::Whole || other.part != Part::Whole {
            Label::Contained
        } else if self.update != other.update {
            Label::Edited
        } else {
            Label::Copy
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = match (self.part, self.update) {
            (Part::Whole, true) => "",
            (Part::Whole, false) => "copy",
            (Part::Trim, _) => "trim",
            (Part::Excerpt, _) => "excerpt",
            (Part::MidCut, _) => "midcut",
            (Part::Composite, _) => "composite",
            (Part::Ticker, _) => "ticker",
            (Part::Own, _) => "own",
            (Part::Stub, _) => "stub",
        };
        let update = match (self.update, part) {
            (false, _) => "",
            (true, "") => "update",
            (true, _) => "update-",
        };
        write!(f, "{update}{part}")?;
        let marks = [
            (self.edited, "+edit"),
            (self.shuffled, "+shuffled"),
            (self.local, "+local"),
        ];
        marks
            .iter()
            .filter(|(set, _)| *set)
            .try_for_each(|(_, mark)| f.write_str(mark))
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Label::Copy => "copy",
            Label::Contained => "contained",
            Label::Edited => "edited",
            Label::Template => "template",
        })
    }
}
