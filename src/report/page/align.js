// Two texts as rows of pieces, from the runs that verification aligned. Nothing is compared again.
//
// A piece is text of one kind: `run` (aligned, with the number of its run), `gap` (story without
// a counterpart) or `masked` (boilerplate). A row ends where both texts have come to a line end
// behind the same run, so that what belongs together stands side by side.

/** Runs in the order of both texts, by length the most of them; the others were moved. */
function spine(runs) {
  const best = [];
  runs.forEach((run, at) => {
    best[at] = { length: run[1] - run[0], before: -1 };
    // Crossing runs are rare: looking back a little finds the chain.
    for (let other = at - 1; other >= Math.max(0, at - 64); other -= 1) {
      if (runs[other][3] > run[2] || runs[other][1] > run[0]) continue;
      const length = best[other].length + run[1] - run[0];
      if (length > best[at].length) best[at] = { length, before: other };
    }
  });
  let at = best.reduce((top, item, place) => (top < 0 || item.length > best[top].length ? place : top), -1);
  const chain = new Set();
  for (; at >= 0; at = best[at].before) chain.add(at);
  return chain;
}

/** A text as pieces, ascending. `runs` holds begin, end and number of the run. */
function pieces(text, runs, masked, facts) {
  const edges = new Set([0, text.length]);
  for (const [begin, end] of [...runs, ...masked, ...facts]) edges.add(Math.min(begin, text.length)).add(Math.min(end, text.length));
  const ends = [...edges].sort((a, b) => a - b);
  const inside = (ranges) => {
    let next = 0;
    return (begin) => {
      while (next < ranges.length && ranges[next][1] <= begin) next += 1;
      return next < ranges.length && ranges[next][0] <= begin ? ranges[next] : null;
    };
  };
  const byPlace = (a, b) => a[0] - b[0];
  const [run, mask, fact] = [runs, masked, facts].map((ranges) => inside([...ranges].sort(byPlace)));
  const found = [];
  for (let at = 0; at + 1 < ends.length; at += 1) {
    const [begin, end] = [ends[at], ends[at + 1]];
    // Boilerplate within a run was skipped by it: what is masked was not compared.
    const [isMasked, inRun, isFact] = [mask(begin), run(begin), fact(begin)];
    const kind = isMasked ? "masked" : inRun ? "run" : "gap";
    found.push({ kind, begin, end, text: text.slice(begin, end), run: isMasked || !inRun ? -1 : inRun[2], fact: isFact !== null });
  }
  return punctuated(found);
}

/**
 * Gives the marks that close or open a run to it: a run ends with its last word, and nothing was
 * said of the full stop behind it or the quotation mark before it.
 */
function punctuated(list) {
  for (let at = 1; at < list.length; at += 1) {
    const [before, after] = [list[at - 1], list[at]];
    // The full stop behind boilerplate is no more story than the line before it.
    const closing = before.kind !== "gap" && after.kind === "gap" ? /^[^\p{L}\p{N}\s([{“„«¿¡]+/u.exec(after.text) : null;
    if (closing) {
      before.text += closing[0];
      after.text = after.text.slice(closing[0].length);
    }
    const opening = before.kind === "gap" && after.kind === "run" ? /(?<=^|\s)[^\p{L}\p{N}\s]+$/u.exec(before.text) : null;
    if (opening && !/[|–—-]/.test(opening[0])) {
      after.text = opening[0] + after.text;
      before.text = before.text.slice(0, opening.index);
    }
  }
  return list.filter((piece) => piece.text !== "");
}

const WORD = /[\p{L}\p{N}]+/gu;

/** Cuts runs at the line ends of `a` where the words of both sides can be counted off. */
function cutAtLines(runs, a, b) {
  const cut = [];
  for (const [beginA, endA, beginB, endB] of runs) {
    const [inA, inB] = [a.slice(beginA, endA), b.slice(beginB, endB)];
    const [wordsA, wordsB] = [[...inA.matchAll(WORD)], [...inB.matchAll(WORD)]];
    let [fromA, fromB] = [beginA, beginB];
    if (inA.includes("\n") && wordsA.length === wordsB.length) {
      for (let word = 1; word < wordsA.length; word += 1) {
        const between = inA.slice(wordsA[word - 1].index, wordsA[word].index);
        if (!between.includes("\n")) continue;
        const [toA, toB] = [beginA + wordsA[word].index, beginB + wordsB[word].index];
        cut.push([fromA, toA, fromB, toB]);
        [fromA, fromB] = [toA, toB];
      }
    }
    cut.push([fromA, endA, fromB, endB]);
  }
  return cut;
}

/** Both texts of a comparison as rows: `{ a: pieces, b: pieces }`, and which runs were moved. */
function alignedRows(comparison, a, b) {
  const runs = cutAtLines(comparison.runs, a.text, b.text);
  const chain = spine(runs);
  const number = (side) => runs.map((run, at) => [run[side], run[side + 1], at]);
  const left = pieces(a.text, number(0), a.masked, comparison.factsA);
  const right = pieces(b.text, number(2), b.masked, comparison.factsB);
  const drawn = [];
  let [atLeft, atRight] = [0, 0];
  let row = { a: [], b: [] };
  // Takes pieces of a side up to (not with) the next run of the spine.
  const gap = (side, at, into, next) => {
    while (at < side.length && !(side[at].run >= 0 && chain.has(side[at].run) && side[at].run >= next)) into.push(side[at++]);
    return at;
  };
  const through = (side, at, into, run) => {
    let last = at;
    for (let look = at; look < side.length && look < at + 400; look += 1) if (side[look].run === run) last = look + 1;
    while (at < last) into.push(side[at++]);
    return at;
  };
  for (const run of [...chain].sort((x, y) => x - y)) {
    const before = { a: [], b: [] };
    atLeft = gap(left, atLeft, before.a, run);
    atRight = gap(right, atRight, before.b, run);
    const lineEnds = (list) => list.some((piece) => piece.text.includes("\n"));
    const open = [...row.a, ...row.b].length > 0;
    const endsLine = (list) => list.length > 0 && /\n\s*$/.test(list[list.length - 1].text);
    if (open && (lineEnds(before.a) || lineEnds(before.b) || endsLine(row.a) || endsLine(row.b))) {
      drawn.push(row);
      row = { a: [], b: [] };
    }
    const words = (list) => list.some((piece) => /[\p{L}\p{N}]/u.test(piece.text));
    if (row.a.length + row.b.length === 0 && (lineEnds(before.a) || lineEnds(before.b)) && (words(before.a) || words(before.b))) {
      drawn.push(before);
    } else {
      row.a.push(...before.a);
      row.b.push(...before.b);
    }
    atLeft = through(left, atLeft, row.a, run);
    atRight = through(right, atRight, row.b, run);
  }
  if (row.a.length + row.b.length > 0) drawn.push(row);
  drawn.push({ a: left.slice(atLeft), b: right.slice(atRight) });
  return { rows: drawn.filter((each) => each.a.length + each.b.length > 0), moved: (run) => run >= 0 && !chain.has(run) };
}
