// The data behind the page, read block by block when it is first asked for.
//
// The other side of `encode.rs`: columns of clusters, and arrays by position for everything else.

/** Whether the browser has read the page to its end, and with it the blocks behind the script. */
const arrived = () => document.readyState !== "loading";

/** A function that makes its value once, as soon as the page has arrived. */
function once(build) {
  let made = null;
  return () => {
    if (made !== null) return made.value;
    const value = build();
    if (arrived()) made = { value };
    return value;
  };
}

/** What a block holds. One that is still being read, or is not there, is empty. */
function block(id, otherwise, early = false) {
  const script = document.getElementById(id);
  return script && script.textContent && (early || arrived()) ? JSON.parse(script.textContent) : otherwise;
}

const head = block("head", {}, true);
const rows = block("rows", {}, true);
const size = rows.id ? rows.id.length : 0;
const NO_ROWS = { id: [], title: [], opening: [], size: [], outlets: [], day: [], later: [], relations: [], agency: [], gone: [], doubted: [] };
if (size === 0) Object.assign(rows, NO_ROWS);

const allMembers = once(() => block("members", []));
const allTexts = once(() => block("texts", []));
const allComparisons = once(() => block("comparisons", []));
const checkLists = once(() => block("check-lists", { doubtful: [], sample: [], strata: [], drawn: [] }));

/** Whether any story is known to be of an outlet, and any of two. */
const knowsOutlets = rows.outlets.some((outlets) => outlets.length > 0);
const crossesOutlets = rows.outlets.some((outlets) => outlets.length > 1);

/** The days that a story has documents of, ascending, counted from 1970. */
function daysOf(row) {
  const days = rows.day[row] === null ? [] : [rows.day[row]];
  for (const later of rows.later[row]) days.push(days[days.length - 1] + later);
  return days;
}

/** Days between the first copy and the last, without a first one that is doubted; `null` of undated ones. */
function spanOf(row) {
  const days = daysOf(row);
  if (rows.doubted[row] > 0) days.shift();
  return days.length === 0 ? null : days[days.length - 1] - days[0];
}

/** Of each row, which text and comparison its members have: row → member → [text, comparison]. */
const shownTexts = once(() => {
  const byRow = new Map();
  for (const [row, place, text, comparison] of block("shown", [])) {
    if (!byRow.has(row)) byRow.set(row, new Map());
    byRow.get(row).set(place, [text, comparison]);
  }
  return byRow;
});

const rowOfId = once(() => new Map(rows.id.map((id, row) => [id, row])));

function outletName(number) {
  return number === null || number === undefined ? null : (head.outlets[number] ?? null);
}

/** The members of a row, or `null` if the page was too small for them. */
function membersOf(row) {
  const listed = allMembers()[row];
  if (!Array.isArray(listed)) return null;
  const texts = shownTexts().get(row);
  return listed.map((member, place) => {
    const [id, outlet, date, lag, inDays, relation, score, coverage, kept, words, title, agency, alsoIn, url, witness] = member;
    const [text, comparison] = texts?.get(place) ?? [-1, -1];
    return {
      place, id, date, lag, words, alsoIn, witness, text, comparison,
      url: webAddress(url),
      outlet: outletName(outlet),
      lagInDays: inDays === 1,
      relation: relation === null ? null : head.relations[relation],
      score: score / 1000,
      coverage: coverage / 1000,
      kept: kept / 1000,
      title: title === 0 ? rows.title[row] : title,
      agency: agency < 0 ? null : head.agencies[agency],
    };
  });
}

function textOf(number) {
  const [id, outlet, date, title, text, cut, places, url] = allTexts()[number];
  const masked = [];
  for (let at = 0, end = 0; at < places.length; at += 2) {
    const begin = end + places[at];
    end = begin + places[at + 1];
    masked.push([begin, end]);
  }
  return { id, outlet, date, title, url: webAddress(url), text: shown(text), cut, masked };
}

/** The numbers of the comparisons on this page, by the ids of both documents. */
const comparisonsById = once(() => {
  const known = new Map();
  const id = (text) => allTexts()[text][0];
  allComparisons().forEach(([a, b], number) => known.set(`${id(a)}\n${id(b)}`, number));
  return known;
});

/** The comparison of two documents, whichever stands first in it, or `undefined`. */
function comparisonBetween(one, other) {
  return comparisonsById().get(`${one}\n${other}`) ?? comparisonsById().get(`${other}\n${one}`);
}

function comparisonOf(number) {
  const [a, b, accepted, refused, sameCluster, relation, score, parts, coverageA, coverageB, flat, factsA, factsB] = allComparisons()[number];
  const runs = [];
  for (let at = 0, endA = 0, endB = 0; at < flat.length; at += 4) {
    const beginA = endA + flat[at];
    const beginB = endB + flat[at + 2];
    endA = beginA + flat[at + 1];
    endB = beginB + flat[at + 3];
    runs.push([beginA, endA, beginB, endB]);
  }
  return { a, b, accepted: accepted === 1, refused, sameCluster: sameCluster === 1, relation, score, parts, coverageA, coverageB, runs, factsA, factsB };
}
