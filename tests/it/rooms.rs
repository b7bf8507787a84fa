//! Which rooms the packages have, and who may import whom: the tables that `architecture.rs` holds the sources against.

/// What all rooms of the core speak of. These files may import each other.
pub(crate) const VOCABULARY: &[&str] = &[
    "clusters",
    "date",
    "doc_id",
    "edge",
    "likeness",
    "parts",
    "relation",
    "similarity",
];

/// The rooms of the core that do one step each. They never import each other.
const ALGORITHMS: &[&str] = &[
    "attribution",
    "boilerplate",
    "cluster",
    "hash",
    "lsh",
    "shingle",
    "sketch",
    "text",
    "verify",
];

/// The method as the engine sees it: every room of the core.
pub(crate) const CORE_NAMES: &[&str] = &[
    "attribution",
    "boilerplate",
    "cluster",
    "clusters",
    "date",
    "doc_id",
    "edge",
    "hash",
    "learned",
    "likeness",
    "lsh",
    "online",
    "parts",
    "recipe",
    "relation",
    "sentence",
    "shingle",
    "similarity",
    "sketch",
    "stages",
    "story",
    "text",
    "verify",
];

/// The other rooms of a package, and the rooms that each may import. A new arrow is a change to this table.
pub(crate) type Rooms = &'static [(&'static str, &'static [&'static [&'static str]])];

/// `crates/core`: no files, no JSON, no command line.
pub(crate) const CORE: Rooms = &[
    ("hash", &[]),
    ("sentence", &[]),
    ("text", &[&["sentence"]]),
    ("boilerplate", &[&["hash"]]),
    ("attribution", &[&["sentence"]]),
    ("shingle", &[&["hash"]]),
    // A banding is chosen for a threshold, which is vocabulary.
    ("sketch", &[&["hash"], VOCABULARY]),
    ("lsh", &[&["hash"], VOCABULARY]),
    ("verify", &[VOCABULARY]),
    ("cluster", &[VOCABULARY]),
    // Every choice that shapes a result.
    ("recipe", &[VOCABULARY, ALGORITHMS]),
    // A page as `wire` reads it.
    ("story", &[ALGORITHMS, &["sentence"]]),
    // What `wire` learned, as a value and as bytes.
    ("learned", &[ALGORITHMS, &["recipe"]]),
    // What batch, index and others call alike.
    (
        "stages",
        &[VOCABULARY, ALGORITHMS, &["learned", "recipe", "story"]],
    ),
    // One page at a time, in memory.
    (
        "online",
        &[
            VOCABULARY,
            ALGORITHMS,
            &["learned", "recipe", "stages", "story"],
        ],
    ),
];

/// `src`: corpora, runs, indexes, results.
pub(crate) const ENGINE: Rooms = &[
    // What a program that ends at once takes away first.
    ("unfinished", &[]),
    // Did you mean …?
    ("nearest", &[]),
    // How values of other people are shown in messages.
    ("shown", &[]),
    ("corpus", &[VOCABULARY, &["nearest", "shown"]]),
    ("container", &[VOCABULARY, &["hash", "unfinished"]]),
    (
        "output",
        &[VOCABULARY, &["corpus", "nearest", "shown", "unfinished"]],
    ),
    ("report", &[VOCABULARY]),
    ("eval", &[VOCABULARY]),
    ("learned_file", &[ALGORITHMS, &["learned"]]),
    (
        "error",
        &[&[
            "container",
            "corpus",
            "learned_file",
            "output",
            "recipe",
            "stages",
        ]],
    ),
    // Whom a run reports to, and whether it goes on.
    ("context", &[&["error", "stages"]]),
    // What is held of documents.
    ("store", &[CORE_NAMES, &["context", "corpus", "error"]]),
    (
        "run",
        &[
            CORE_NAMES,
            &["context", "corpus", "error", "output", "store"],
        ],
    ),
    (
        "inspect",
        &[
            CORE_NAMES,
            &[
                "context", "corpus", "error", "eval", "nearest", "output", "report", "run", "store",
            ],
        ],
    ),
    (
        "results",
        &[
            CORE_NAMES,
            &[
                "context",
                "corpus",
                "error",
                "inspect",
                "learned_file",
                "output",
                "report",
                "run",
                "store",
            ],
        ],
    ),
    (
        "index",
        &[
            CORE_NAMES,
            &[
                "container",
                "context",
                "corpus",
                "error",
                "inspect",
                "report",
                "run",
                "store",
            ],
        ],
    ),
    // The program sees the library from outside, as `wirecopy::…`.
    ("cli", &[]),
];

/// The sources of each package, and its table, if it has one: the rooms of the others may import each other.
pub(crate) const PACKAGES: [(&str, Option<Rooms>); 4] = [
    ("crates/core/src/", Some(CORE)),
    // Files as people hold them, as JSON Lines: a file a form.
    ("crates/formats/src/", None),
    // Invented corpora for tests and benches.
    ("crates/testkit/src/", None),
    ("src/", Some(ENGINE)),
];

/// The packages that others stand on, and the packages of ours that each must not name.
pub(crate) const BELOW: [(&str, &[&str]); 2] = [
    ("crates/core/", &["wirecopy", "wirecopy-formats"]),
    ("crates/formats/", &["wirecopy", "wirecopy-core"]),
];
