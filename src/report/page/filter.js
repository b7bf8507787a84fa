// Which clusters are asked for, and in which order.

/** What a row can be found by, lower case; made piece by piece while nobody waits. */
const hay = new Array(size);

function hayOf(row) {
  if (hay[row] !== undefined) return hay[row];
  const parts = [rows.title[row], rows.opening[row], rows.id[row]];
  for (const outlet of rows.outlets[row]) parts.push(head.outlets[outlet] ?? "");
  const listed = allMembers()[row];
  if (Array.isArray(listed)) {
    for (const member of listed) parts.push(member[0], typeof member[10] === "string" ? member[10] : "");
  }
  const found = parts.join("\n").toLowerCase();
  if (arrived()) hay[row] = found;
  return found;
}

/** Builds `hay` in the pauses, once the page has arrived. */
function prepareSearch() {
  const pause = window.requestIdleCallback ?? ((work) => setTimeout(() => work({ timeRemaining: () => 8 }), 50));
  let next = 0;
  const work = (idle) => {
    while (next < size && idle.timeRemaining() > 2) {
      for (const end = Math.min(size, next + 200); next < end; next += 1) hayOf(next);
    }
    if (next < size) pause(work);
  };
  pause(work);
}

/** The rows that fit, in the order of the page. */
function fitting(wanted) {
  const words = wanted.words.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const name = wanted.outlet.toLowerCase();
  const outlets = new Set();
  if (name !== "") {
    const exact = head.outlets.some((outlet) => outlet.toLowerCase() === name);
    head.outlets.forEach((outlet, number) => {
      const lower = outlet.toLowerCase();
      if (exact ? lower === name : lower.includes(name)) outlets.add(number);
    });
  }
  const [from, until] = [wanted.from ?? -Infinity, wanted.until ?? Infinity];
  const anyDay = wanted.from === null && wanted.until === null;
  const relation = head.relations.indexOf(wanted.relation);
  const agency = head.agencies.indexOf(wanted.agency);
  const found = [];
  for (let row = 0; row < size; row += 1) {
    if (rows.size[row] < wanted.least || rows.size[row] > wanted.most) continue;
    if (rows.outlets[row].length < wanted.outlets) continue;
    if (!anyDay && !daysOf(row).some((day) => day >= from && day <= until)) continue;
    if (wanted.relation !== "" && !(relation >= 0 && rows.relations[row] & (1 << relation % 32))) continue;
    if (wanted.agency !== "" && rows.agency[row] !== agency) continue;
    if (wanted.removed !== "" && rows.gone[row] > 0 !== (wanted.removed === "yes")) continue;
    if (wanted.dates === "doubted" && rows.doubted[row] === 0) continue;
    if (name !== "" && !rows.outlets[row].some((outlet) => outlets.has(outlet))) continue;
    if (words.length > 0 && !words.every((word) => hayOf(row).includes(word))) continue;
    found.push(row);
  }
  return found;
}

const keys = {
  documents: (row) => rows.size[row],
  outlets: (row) => rows.outlets[row].length,
  day: (row) => rows.day[row],
  span: (row) => spanOf(row),
  agency: (row) => (rows.agency[row] < 0 ? null : rows.agency[row]),
};

/** Places of the titles in their order, so that sorting compares numbers. */
const titleOrder = once(() => {
  const collator = new Intl.Collator("en", { sensitivity: "base", numeric: true });
  const order = Array.from(rows.title.keys()).sort((a, b) => collator.compare(rows.title[a], rows.title[b]) || a - b);
  const places = new Uint32Array(size);
  order.forEach((row, place) => (places[row] = place));
  return places;
});

/** Sorts rows; those without a value come last either way, equal ones as in the page. */
function sorted(found, by, descending) {
  const key = by === "title" ? (row) => titleOrder()[row] : keys[by];
  const sign = descending ? -1 : 1;
  return found.sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    if (x === null || y === null) return (x === null) - (y === null) || a - b;
    return sign * (x - y) || a - b;
  });
}
