// Check by eye: verdicts on pairs, kept in this browser where it lets us, exported as JSON Lines.

const VERDICTS = [["same", "One text", "s"], ["different", "Two texts", "d"], ["unsure", "Not sure", "n"]];
const ROW_OF = {
  sample: (entry) => ({ number: entry[0], stratum: checkLists().strata[entry[1]] ?? null, weight: entry[2], why: null }),
  doubtful: (entry) => ({ number: entry[0], stratum: null, weight: null, why: entry[1] }),
};

/** Verdicts by list and pair. They belong to one run: its recipe and inputs are the key. */
const verdicts = new Map();
const place = { list: "sample", at: 0, acceptedOnly: false };
/** What was judged in this session, to be undone: list, place, key and the verdict before. */
const judgements = [];

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
/** The pairs that are asked about. */
const askedOf = (list) => pairsOf(list).filter(({ number }) => !place.acceptedOnly || comparisonOf(number).accepted);

function keyOf(list, number) {
  const { a, b } = comparisonOf(number);
  return `${list}\t${allTexts()[a][0]}\t${allTexts()[b][0]}`;
}

/** The accepted strata of the sample with what was said of their pairs. */
function acceptedStrata() {
  const strata = new Map();
  for (const { number, stratum, weight } of pairsOf("sample")) {
    if (!comparisonOf(number).accepted) continue;
    if (!strata.has(stratum)) strata.set(stratum, { population: weight * (checkLists().drawn[checkLists().strata.indexOf(stratum)] ?? 0), same: 0, different: 0 });
    const verdict = verdicts.get(keyOf("sample", number));
    if (verdict === "same" || verdict === "different") strata.get(stratum)[verdict] += 1;
  }
  return [...strata.values()];
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
  if (lines.length === 0) return say("There are no verdicts to save yet.");
  hand("verdicts.jsonl", "application/jsonl", lines.join("\n") + "\n");
  document.getElementById("quality").replaceChildren(qualityInWords(acceptedStrata()), make("br"), "Saved. The same with recall, by strata. ", whereToType(), command(`wirecopy eval ${head.folder} --pairs ~/Downloads/verdicts.jsonl`));
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

/** Takes a verdict down and goes on to the next pair. */
function judge(verdict) {
  const pairs = askedOf(place.list);
  const pair = pairs[place.at];
  if (!pair) return;
  const key = keyOf(place.list, pair.number);
  judgements.push({ list: place.list, at: place.at, number: pair.number, key, before: verdicts.get(key) });
  verdicts.set(key, verdict);
  keep();
  if (place.at + 1 < pairs.length) step(1);
  else drawCheck();
}

/** Takes the last verdict back and returns to its pair. */
function undo() {
  const last = judgements.pop();
  if (!last) return say("There is no verdict of this visit to undo.");
  if (last.before === undefined) verdicts.delete(last.key);
  else verdicts.set(last.key, last.before);
  keep();
  [place.list, place.at] = [last.list, last.at];
  const address = `#check=${last.list}&n=${last.at + 1}`;
  if (location.hash === address) drawCheck();
  else location.hash = address;
  say("The last verdict is undone.");
}

function step(by) {
  const last = askedOf(place.list).length - 1;
  location.hash = `#check=${place.list}&n=${Math.max(0, Math.min(last, place.at + by)) + 1}`;
}

/** What wirecopy decided of the pair judged last: after the verdict, so that it does not lead it. */
function lastDecision() {
  const last = judgements[judgements.length - 1];
  if (!last) return make("p", { class: "aside" }, "What wirecopy decided is shown after your verdict.");
  const said = VERDICTS.find(([name]) => name === verdicts.get(last.key))?.[1] ?? "";
  return make("div", { class: "told" }, make("p", { class: "aside" }, `Pair ${last.at + 1}, you said: ${said}. `), decision(comparisonOf(last.number)));
}

function drawCheck() {
  const lists = document.querySelectorAll("#check [data-list]");
  if (lists.length === 0) return;
  if (askedOf(place.list).length === 0) place.list = place.list === "sample" ? "doubtful" : "sample";
  const pairs = askedOf(place.list);
  place.at = Math.max(0, Math.min(pairs.length - 1, place.at));
  for (const choice of lists) {
    choice.setAttribute("aria-pressed", choice.dataset.list === place.list);
    choice.querySelector(".many").textContent = count(askedOf(choice.dataset.list).length);
  }
  document.getElementById("quality").textContent = qualityInWords(acceptedStrata());
  const target = document.getElementById("judge");
  const pair = pairs[place.at];
  if (!pair) {
    target.replaceChildren(make("p", { class: "empty" }, "This report holds no pairs to check."));
    document.getElementById("judged").replaceChildren();
    return;
  }
  const given = pairs.map(({ number }) => verdicts.get(keyOf(place.list, number)));
  const done = given.filter((verdict) => verdict !== undefined).length;
  const words = new Map(VERDICTS.map(([name, said]) => [name, said.toLowerCase()]));
  const squares = given.map((verdict, at) => make("a", { href: `#check=${place.list}&n=${at + 1}`, class: verdict ?? "", "aria-current": at === place.at ? "true" : null, "aria-label": `Pair ${at + 1}, ${words.get(verdict) ?? "not judged"}` }));
  document.getElementById("judged").replaceChildren(...squares, make("span", { class: "aside" }, `Pair ${place.at + 1} of ${pairs.length}${pair.why ? `, ${pair.why}` : ""}. ${count(done)} judged${done === pairs.length ? ": all of them" : ""}.`));
  const verdict = given[place.at];
  const buttons = VERDICTS.map(([name, said, key]) => make("button", { type: "button", class: `verdict ${name}`, "aria-pressed": verdict === name, "aria-keyshortcuts": key, click: () => judge(name) }, said, make("kbd", { "aria-hidden": "true" }, key)));
  const bar = make("div", { class: "verdicts" }, ...buttons, make("span", { class: "grow" }),
    button("Undo", undo, { "aria-keyshortcuts": "u", disabled: judgements.length === 0 }), button("Previous", () => step(-1), { "aria-keyshortcuts": "k" }), button("Next", () => step(1), { "aria-keyshortcuts": "j" }));
  const focused = [...target.querySelectorAll(".verdicts button")].indexOf(document.activeElement);
  target.replaceChildren(bar, make("div", { class: "answer", "aria-live": "polite" }, lastDecision()), drawPair(pair.number, true));
  if (focused >= 0) bar.querySelectorAll("button")[focused]?.focus({ preventScroll: true });
}

function startCheck() {
  if (!document.getElementById("judge")) return;
  recall();
  document.querySelector("#check .rule").open = window.innerWidth >= 900;
  for (const choice of document.querySelectorAll("#check [data-list]")) choice.addEventListener("click", () => (location.hash = `#check=${choice.dataset.list}&n=1`));
  document.getElementById("accepted-only").addEventListener("change", (event) => {
    [place.acceptedOnly, place.at] = [event.target.checked, 0];
    drawCheck();
  });
  document.getElementById("save").addEventListener("click", saveVerdicts);
  document.getElementById("load").addEventListener("change", (event) => event.target.files[0] && loadVerdicts(event.target.files[0]));
  document.addEventListener("keydown", (event) => {
    if (document.getElementById("check").hidden || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox]), select, textarea")) return;
    const key = event.key.toLowerCase();
    const verdict = VERDICTS.find(([, , own]) => own === key);
    if (verdict) judge(verdict[0]);
    else if (key === "u") undo();
    else if (key === "j" || event.key === "ArrowRight") step(1);
    else if (key === "k" || event.key === "ArrowLeft") step(-1);
  });
}
