//! What a set has more of, or less, than the base.

/// The turned knobs of a set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Variant {
    /// Outlets.
    pub outlets: u16,
    /// Forms filled in daily, at most as many as there are skeletons.
    pub templates: usize,
    /// Least and greatest share of a form's words that another day changes, per mille; all slots
    /// if none.
    pub changed: Option<(u32, u32)>,
    /// Rates of edits, in per cent of the base's.
    pub edits: u32,
    /// Half of the edits exchange a word for any other.
    pub substitutions: bool,
    /// Share of copies whose paragraphs are shuffled, per mille.
    pub shuffled: u32,
    /// Most carriers of one story.
    pub carriers: u32,
    /// Every page is one line.
    pub one_line: bool,
    /// No source and no date.
    pub bare: bool,
    /// Days that a page may come later than in the base.
    pub days_later: u32,
    /// Every date is a random day of the year, whatever the page says.
    pub crawled: bool,
    /// Outlets, the agencies' own among them, file stories again and again.
    pub takes: bool,
    /// No newsroom: pages of a few sentences under one frame.
    pub framed: bool,
}

const BASE: Variant = Variant {
    outlets: 30,
    templates: 8,
    changed: None,
    edits: 100,
    substitutions: false,
    shuffled: 0,
    carriers: 15,
    one_line: false,
    bare: false,
    days_later: 0,
    crawled: false,
    takes: false,
    framed: false,
};

/// By name.
pub const VARIANTS: [(&str, Variant); 15] = [
    ("base", BASE),
    (
        "no-newlines",
        Variant {
            one_line: true,
            ..BASE
        },
    ),
    (
        "templates",
        Variant {
            templates: 14,
            changed: Some((30, 60)),
            ..BASE
        },
    ),
    ("heavy-edits", Variant { edits: 250, ..BASE }),
    (
        "substitutions",
        Variant {
            substitutions: true,
            ..BASE
        },
    ),
    (
        "outlets150",
        Variant {
            outlets: 150,
            ..BASE
        },
    ),
    (
        "shuffled",
        Variant {
            shuffled: 400,
            ..BASE
        },
    ),
    (
        "shuffled-heavy",
        Variant {
            shuffled: 400,
            edits: 250,
            ..BASE
        },
    ),
    (
        "big-clusters",
        Variant {
            carriers: 60,
            ..BASE
        },
    ),
    ("flat", Variant { bare: true, ..BASE }),
    (
        "slow",
        Variant {
            days_later: 60,
            ..BASE
        },
    ),
    (
        "crawl",
        Variant {
            crawled: true,
            ..BASE
        },
    ),
    (
        "takes",
        Variant {
            takes: true,
            ..BASE
        },
    ),
    (
        "frames",
        Variant {
            framed: true,
            bare: true,
            ..BASE
        },
    ),
    (
        "small",
        Variant {
            outlets: 6,
            templates: 3,
            carriers: 5,
            ..BASE
        },
    ),
];

impl Variant {
    /// The variant of a name, or the names there are.
    pub fn named(name: &str) -> Result<Variant, String> {
        let found = VARIANTS.iter().find(|(known, _)| *known == name);
        found.map(|(_, variant)| *variant).ok_or_else(|| {
            let names: Vec<&str> = VARIANTS.iter().map(|(name, _)| *name).collect();
            format!("--variant is one of {}, not {name}", names.join(", "))
        })
    }
}
