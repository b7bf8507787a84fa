// The representative's text, every passage shaded by how many of the other members carry it.
//
// The shading is made of the runs of the members' comparisons, so it says what verification saw.
// Members whose texts are not on this page are not counted, and the legend says how many count.

/** Steps of the shading. */
const SHADES = 5;

/** The text of the representative in passages: begin, end and the members that carry it. */
function passages(length, carriers) {
  const changes = new Map();
  const change = (at, member, by) => {
    if (!changes.has(at)) changes.set(at, []);
    changes.get(at).push([member, by]);
  };
  for (const { member, runs } of carriers) {
    for (const [begin, end] of runs) {
      change(begin, member, 1);
      change(end, member, -1);
    }
  }
  const found = [];
  const depth = new Map();
  let from = 0;
  for (const at of [...changes.keys(), length].sort((a, b) => a - b)) {
    if (at > from) found.push({ begin: from, end: at, members: [...depth.keys()] });
    for (const [member, by] of changes.get(at) ?? []) {
      const now = (depth.get(member) ?? 0) + by;
      if (now > 0) depth.set(member, now);
      else depth.delete(member);
    }
    from = Math.max(from, at);
  }
  return found;
}

/** The shade of a passage that so many of `all` carry: 0 is nobody, SHADES is everybody. */
function shade(many, all) {
  if (all === 0 || many === 0) return 0;
  return many === all ? SHADES : Math.max(1, Math.min(SHADES - 1, Math.ceil((many / all) * (SHADES - 1))));
}

function drawCarried(members) {
  const first = members[0];
  if (!first || first.text < 0) return null;
  const text = textOf(first.text);
  const carriers = members.filter((member) => member.comparison >= 0).map((member) => ({ member: member.place, runs: comparisonOf(member.comparison).runs }));
  const all = carriers.length;
  const list = passages(text.text.length, carriers);
  const parts = pieces(text.text, list.map((passage, at) => [passage.begin, passage.end, at]), text.masked, []);
  const said = make("p", { class: "carrying", "aria-live": "polite" }, all > 0 ? "Point at a passage to see who carries it." : "");
  const story = make("div", { class: "text", dir: "auto" });
  const carriersOf = (piece) => (piece && piece.run >= 0 ? list[piece.run].members : []);
  for (const [at, piece] of parts.entries()) {
    if (piece.kind === "masked") {
      story.append(folded(piece));
      continue;
    }
    const carrying = carriersOf(piece);
    const words = /[\p{L}\p{N}]/u.test(piece.text);
    if (!words && !piece.text.includes("\n")) {
      // A space or comma between two passages is in no run; it is shaded as the paler of the two.
      const least = Math.min(carriersOf(parts[at - 1]).length, carriersOf(parts[at + 1]).length);
      story.append(make("span", { class: `k${shade(least, all)}` }, piece.text));
      continue;
    }
    story.append(words ? make("span", { class: `k${shade(carrying.length, all)}`, "data-passage": piece.run, title: all > 0 ? `carried by ${carrying.length} of ${all}` : null }, piece.text) : piece.text);
  }
  const point = (event) => {
    const at = event.target.closest?.("[data-passage]")?.dataset.passage;
    if (at === undefined || all === 0) return;
    const carrying = new Set(list[at].members);
    said.textContent = `Carried by ${carrying.size} of ${all}${carrying.size > 0 && carrying.size < all ? ", marked in the time line" : ""}.`;
    for (const line of document.querySelectorAll("#cluster tr[data-member]")) {
      line.classList.toggle("without", carrying.size < all && line.dataset.compared === "1" && !carrying.has(Number(line.dataset.member)));
    }
  };
  story.addEventListener("mouseover", point);
  story.addEventListener("click", point);
  story.addEventListener("mouseleave", () => {
    for (const line of document.querySelectorAll("#cluster tr.without")) line.classList.remove("without");
  });
  const key = make("p", { class: "scale", role: "img", "aria-label": "Shading: from carried by nobody to carried by all" }, make("span", null, "nobody"), ...Array.from({ length: SHADES + 1 }, (_, step) => make("i", { class: `k${step}` })), make("span", null, all > 0 ? `all ${all}` : "all"));
  const others = members.length - 1 - all;
  return make("article", { class: "kept", tabindex: 0, "aria-label": "Text of the first copy" },
    make("h2", null, "What was kept, and what was cut"),
    make("p", { class: "aside" }, all > 0 ? `The first copy's text. The stronger a passage is shaded, the more of ${counted(all, "other copy", "other copies")} carry it.` : "The first copy's text. No other copy was compared in this report, so nothing is shaded.", all > 0 && others > 0 ? ` ${counted(others, "more is", "more are")} not in this report.` : ""),
    all > 0 ? key : null, said, story,
    text.cut > 0 ? make("p", { class: "aside" }, `${count(text.cut)} more characters are not in this report.`) : null);
}
