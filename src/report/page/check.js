// Check by eye: verdicts on pairs, kept in this browser where it lets us, exported as JSON Lines.

const VERDICTS = [["same", "Same story", "s"], ["different", "Different", "d"], ["unsure", "Unsure", "u"]];
const ROW_OF = { sample: (entry) => ({ number: entry[0], stratum: checkLists().strata[entry[1]] ?? null, weight: entry[2], why: null }), doubtful: (entry) => ({ number: entry[0], stratum: null, weight: null, why: entry[1] }) };

/** Verdicts by list and pair. They belong to one run: its recipe and inputs are the key. */
const verdicts = new Map();
const place = { list: "sample", at: 0 };

function storageKey() {
  let hash = 5381;
  for (const unit of `${head.recipe}\n${(head.inputs ?? []).join("\n")}\n${rows.id[0] ?? ""}`) hash = (Math.imul(hash, 33) + unit.codePointAt(0)) >>> 0;
  return `wirecopy-verdicts-${hash.toString(36)}`;
}

function keep() {
  try {
    localStorage.setItem(storageKey(), JSON.stringify([...verdicts]));
  } catch {
    // Storage is refused or full: the verdicts live as long as this page.
  }
}

function recall() {
  try {
    for (const [key, verdict] of JSON.parse(localStorage.getItem(storageKey()) ?? "[]")) verdicts.set(key, verdict);
  } catch {
    // Nothing is kept.
  }
}

const pairsOf = (list) => checkLists()[list].map(ROW_OF[list]);

function keyOf(list, number) {
  const { a, b } = comparisonOf(number);
  return `${list}\t${allTexts()[a][0]}\t${allTexts()[b][0]}`;
}

/** All verdicts as rows of JSON, one a line. */
function verdictRows() {
  const lines = [];
  for (const list of ["sample", "doubtful"]) {
    for (const { number, stratum, weight } of pairsOf(list)) {
      const verdict = verdicts.get(keyOf(list, number));
      if (verdict === undefined) continue;
      const comparison = comparisonOf(number);
      lines.push(JSON.stringify({ a: allTexts()[comparison.a][0], b: allTexts()[comparison.b][0], verdict, list, stratum, weight, accepted: comparison.accepted }));
    }
  }
  return lines;
}

function saveVerdicts() {
  const lines = verdictRows();
  if (lines.length === 0) say("There are no verdicts to save yet.");
  else hand("verdicts.jsonl", "application/jsonl", lines.join("\n") + "\n");
}

/** Takes verdicts from a file that was saved here. Lines about other pairs are passed over. */
async function loadVerdicts(file) {
  const known = new Set(["sample", "doubtful"].flatMap((list) => pairsOf(list).map(({ number }) => keyOf(list, number))));
  let taken = 0;
  for (const line of (await file.text()).split("\n")) {
    try {
      const { a, b, verdict, list } = JSON.parse(line);
      const key = `${list}\t${a}\t${b}`;
      if (!known.has(key) || !VERDICTS.some(([name]) => name === verdict)) continue;
      verdicts.set(key, verdict);
      taken += 1;
    } catch {
      // Not a line of ours.
    }
  }
  keep();
  drawCheck();
  say(`${counted(taken, "verdict")} loaded.`);
}

function judge(verdict) {
  const pair = pairsOf(place.list)[place.at];
  if (!pair) return;
  const key = keyOf(place.list, pair.number);
  if (verdicts.get(key) === verdict) verdicts.delete(key);
  else verdicts.set(key, verdict);
  keep();
  drawCheck(false);
}

function step(by) {
  const last = pairsOf(place.list).length - 1;
  location.hash = `#check=${place.list}&n=${Math.max(0, Math.min(last, place.at + by)) + 1}`;
}

function drawCheck(again = true) {
  const lists = document.querySelectorAll("#check [data-list]");
  if (lists.length === 0) return;
  if (pairsOf(place.list).length === 0) place.list = place.list === "sample" ? "doubtful" : "sample";
  const pairs = pairsOf(place.list);
  place.at = Math.max(0, Math.min(pairs.length - 1, place.at));
  for (const choice of lists) {
    choice.setAttribute("aria-pressed", choice.dataset.list === place.list);
    choice.querySelector(".many").textContent = count(pairsOf(choice.dataset.list).length);
  }
  const target = document.getElementById("judge");
  const pair = pairs[place.at];
  if (!pair) {
    target.replaceChildren(make("p", { class: "empty" }, "This page holds no pairs to check."));
    return;
  }
  const given = pairs.map(({ number }) => verdicts.get(keyOf(place.list, number)));
  const done = given.filter((verdict) => verdict !== undefined).length;
  const progress = document.getElementById("judged");
  progress.replaceChildren(...given.map((verdict, at) => make("a", { href: `#check=${place.list}&n=${at + 1}`, class: verdict ?? "", "aria-current": at === place.at ? "true" : null, "aria-label": `Pair ${at + 1}, ${verdict ?? "not judged"}` })), make("span", { class: "aside" }, `Pair ${place.at + 1} of ${pairs.length}${pair.why ? `, ${pair.why}` : ""}. ${count(done)} judged.`));
  const verdict = given[place.at];
  const buttons = VERDICTS.map(([name, words, key]) => make("button", { type: "button", class: `verdict ${name}`, "aria-pressed": verdict === name, "aria-keyshortcuts": key, click: () => judge(name) }, words, make("kbd", { "aria-hidden": "true" }, key)));
  const bar = make("div", { class: "verdicts" }, ...buttons, make("span", { class: "grow" }), button("Previous", () => step(-1), { "aria-keyshortcuts": "k" }), button("Next", () => step(1), { "aria-keyshortcuts": "j" }));
  const told = verdict === undefined ? null : make("div", { class: "told" }, decision(comparisonOf(pair.number)), pair.stratum ? make("p", { class: "aside" }, `Drawn from: ${shown(pair.stratum)}; stands for ${count(Math.round(pair.weight))} of its pairs.`) : null);
  if (again || !target.querySelector(".compared")) target.replaceChildren(bar, make("div", { class: "answer", "aria-live": "polite" }, told ?? make("p", { class: "aside" }, "What wirecopy decided is shown after your verdict.")), drawPair(pair.number, true));
  else {
    const focused = [...target.querySelectorAll(".verdicts button")].indexOf(document.activeElement);
    target.querySelector(".verdicts").replaceWith(bar);
    target.querySelector(".answer").replaceChildren(told ?? "");
    bar.querySelectorAll("button")[focused]?.focus();
  }
}

function startCheck() {
  if (!document.getElementById("judge")) return;
  recall();
  for (const choice of document.querySelectorAll("#check [data-list]")) choice.addEventListener("click", () => (location.hash = `#check=${choice.dataset.list}&n=1`));
  document.getElementById("save").addEventListener("click", saveVerdicts);
  document.getElementById("load").addEventListener("change", (event) => event.target.files[0] && loadVerdicts(event.target.files[0]));
  document.addEventListener("keydown", (event) => {
    if (document.getElementById("check").hidden || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    const verdict = VERDICTS.find(([, , key]) => key === event.key.toLowerCase());
    if (verdict) judge(verdict[0]);
    else if (event.key === "j" || event.key === "ArrowRight") step(1);
    else if (event.key === "k" || event.key === "ArrowLeft") step(-1);
  });
}
