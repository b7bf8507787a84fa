// Two texts side by side: what is aligned stands level, what differs is marked, boilerplate is
// grey and folded.

/** Boilerplate longer than this is folded, in characters. */
const FOLD = 60;

function folded(piece) {
  const words = (piece.text.match(WORD) ?? []).length;
  const lines = shown(piece.text).replace(/^\n+|\n+$/g, "");
  if (piece.text.trim() === "") return document.createTextNode("");
  if (piece.text.length <= FOLD) return make("span", { class: "masked", title: "masked as boilerplate" }, lines);
  return make("details", { class: "masked" }, make("summary", null, `${counted(words, "word")} of boilerplate`), make("span", null, lines));
}

/** One side of a row. `other` tells whether the other side has words of its own here. */
function drawSide(list, moved, kind) {
  const parts = list.map((piece) => {
    if (piece.kind === "masked") return folded(piece);
    if (piece.kind === "gap" && !/[\p{L}\p{N}]/u.test(piece.text)) return document.createTextNode(piece.text);
    const classes = [piece.kind === "gap" ? kind : moved(piece.run) ? "moved" : "same", piece.fact ? "fact" : ""].join(" ").trim();
    const name = piece.kind === "gap" && kind === "gone" ? "del" : piece.kind === "gap" && kind === "new" ? "ins" : piece.kind === "gap" ? "mark" : "span";
    const title = piece.fact ? "contradicts the other text" : moved(piece.run) ? "the same words stand elsewhere in the other text" : null;
    const [, before, words, after] = /^(\s*)(.*?)(\s*)$/s.exec(piece.text);
    return [before, make(name, { class: classes, title, "data-run": piece.run >= 0 ? piece.run : null }, words), after];
  });
  return parts.flat();
}

function trimmed(list) {
  const first = list.findIndex((piece) => piece.text.trim() !== "");
  if (first < 0) return [];
  const cut = list.slice(first);
  cut[0] = { ...cut[0], text: cut[0].text.replace(/^\s+/, "") };
  while (cut[cut.length - 1].text.trim() === "") cut.pop();
  const last = cut.length - 1;
  cut[last] = { ...cut[last], text: cut[last].text.replace(/\s+$/, "") };
  return cut;
}

function sideHead(text, which, coverage) {
  return make("header", null,
    make("p", { class: "where" }, text.outlet ? own(text.outlet, 80) : "outlet unknown", make("span", null, text.date ? dateInWords(text.date) : "undated")),
    make("h2", null, headline(text.title ? own(text.title) : own(text.text.slice(0, 120)), text.url)),
    make("p", { class: "id" }, own(text.id, 120)),
    coverage === null ? null : make("p", { class: "covered" }, bar(coverage, `share of the ${which} text that the other has`), `${percent(coverage)} is in the other`));
}

/** What the second document is to the first. */
const RELATIONS = {
  exact: "The second is an exact copy",
  normalized: "The second has the same story text",
  composite: "The second holds this story and others",
  excerpt: "The second is an excerpt",
  extended: "The second is longer and holds the first",
  updated: "The second is an update",
  revised: "The second is a revised version",
};

/** How a decision is said: in words, with the figures folded behind. */
function decision(comparison) {
  const measure = head.measure === "jaccard" ? "Jaccard similarity" : "score";
  const figure = comparison.score.toFixed(2);
  const through = !comparison.accepted && comparison.sameCluster;
  const words = comparison.accepted ? "Accepted as copies"
    : through ? "In this story through other copies"
      : { gate: "Refused: too little in common", facts: "Refused by the facts: the two contradict each other", boilerplate: "Refused: two stories of one outlet over one of its passages", score: "Refused: too little of it is alike" }[comparison.refused] ?? "Refused";
  const shares = `${percent(comparison.coverageB)} of the second stands in the first, ${percent(comparison.coverageA)} of the first in the second`;
  const rest = [
    comparison.accepted && RELATIONS[comparison.relation] ? `${RELATIONS[comparison.relation]}: ${shares}.` : `${shares[0].toUpperCase()}${shares.slice(1)}.`,
    through ? `Directly a little too different (${figure}, needs ${head.threshold}).` : "",
    comparison.accepted && !comparison.sameCluster ? "They are in different stories nevertheless." : "",
  ];
  const parts = comparison.parts ? `; covered ${comparison.parts[0].toFixed(3)}, Jaccard ${comparison.parts[1].toFixed(3)}, substituted ${comparison.parts[2].toFixed(3)}` : "";
  const kind = comparison.accepted ? "yes" : through ? "through" : "no";
  return make("div", { class: `decision ${kind}` }, make("p", null, make("b", null, words), `. ${rest.filter((part) => part).join(" ")}`),
    make("details", null, make("summary", null, "Figures"), make("p", null, `${measure} ${comparison.score.toFixed(3)}, threshold ${head.threshold}${parts}.`)));
}

/** The side-by-side view. `blind` leaves out every figure that would tell what was decided. */
function drawPair(number, blind = false) {
  const comparison = comparisonOf(number);
  const [a, b] = [textOf(comparison.a), textOf(comparison.b)];
  const { rows: drawn, moved } = alignedRows(comparison, a, b);
  const wordsIn = (list) => list.flatMap((piece) => (piece.kind === "gap" ? piece.text.toLowerCase().match(WORD) ?? [] : []));
  // A few words within what is aligned were exchanged; a longer passage was changed if half of its words are the same.
  const replaces = (one, other) => {
    const [left, right] = [wordsIn(one), wordsIn(other)];
    if (left.length === 0 || right.length === 0) return false;
    const within = [one, other].every((list) => list.some((piece) => piece.kind === "run"));
    if (within && Math.max(left.length, right.length) <= 12) return true;
    const known = new Set(right);
    return left.filter((word) => known.has(word)).length * 2 >= Math.max(left.length, right.length);
  };
  const grid = make("div", { class: "pair", role: "group", "aria-label": "Two texts side by side" },
    make("div", { class: "side head" }, sideHead(a, "first", blind ? null : comparison.coverageA)),
    make("div", { class: "side head" }, sideHead(b, "second", blind ? null : comparison.coverageB)));
  for (const row of drawn) {
    const [left, right] = [trimmed(row.a), trimmed(row.b)];
    if (left.length + right.length === 0) continue;
    const both = replaces(left, right);
    const equal = left.length === 1 && right.length === 1 && left[0].kind === "run" && right[0].kind === "run";
    const side = (list, text, kind, other) => make("div", { class: `side${equal ? " equal" : ""}${list.length === 0 ? " bare" : ""}`, dir: "auto" },
      ...drawSide(list, moved, both ? "changed" : kind));
    grid.append(side(left, a, "gone"), side(right, b, "new"));
  }
  for (const text of [a, b]) {
    grid.append(make("div", { class: "side end" }, text.cut > 0 ? `${count(text.cut)} more characters are not in this report.` : ""));
  }
  // A passage shows its counterpart while the pointer is on it.
  const light = (on) => (event) => {
    const run = event.target.closest?.("[data-run]")?.dataset.run;
    if (run === undefined) return;
    for (const part of grid.querySelectorAll(`[data-run="${run}"]`)) part.classList.toggle("lit", on);
  };
  grid.addEventListener("mouseover", light(true));
  grid.addEventListener("mouseout", light(false));
  const folds = () => [...grid.querySelectorAll("details.masked")];
  const key = (name, words) => make("span", { class: `key ${name}` }, words);
  // Only what occurs on this pair is explained.
  const KEYS = [["same", "aligned"], ["moved", "aligned, elsewhere in the other"], ["changed", "changed"], ["gone", "only in the first"], ["new", "only in the second"], ["masked", "boilerplate"], ["fact", "contradicting facts"]];
  const occurring = KEYS.filter(([name]) => grid.querySelector(`.${name}`));
  const legend = make("div", { class: "legend" }, ...occurring.map(([name, words]) => key(name, words)),
    folds().length > 0 ? button("Unfold boilerplate", (event) => {
      const open = folds().some((fold) => !fold.open);
      for (const fold of folds()) fold.open = open;
      event.target.textContent = open ? "Fold boilerplate" : "Unfold boilerplate";
    }) : null);
  return make("div", { class: "compared" }, blind ? null : decision(comparison), legend, grid);
}
