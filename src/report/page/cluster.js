// One cluster: its members in the order they appeared, and what they kept of the first.

/** Members listed at a time. */
const LISTED = 150;

/** Seconds after the first, whatever the unit: for drawing only. */
function seconds(member) {
  return (member.lag ?? 0) * (member.lagInDays ? 86_400 : 1);
}

function memberRow(row, member, members, longest) {
  const track = make("span", { class: "track", "aria-hidden": "true" });
  if (member.lag !== null && longest > 0) {
    const dot = make("i");
    dot.style.left = `${(Math.max(0, seconds(member)) / longest) * 100}%`;
    track.append(dot);
  }
  const link = `#cluster=${encodeURIComponent(rows.id[row])}&with=${encodeURIComponent(member.id)}`;
  const title = member.title ? own(member.title, 200) : make("span", { class: "none" }, "no headline");
  return make("tr", { "data-member": member.place, "data-compared": member.comparison >= 0 ? 1 : 0 },
    make("td", { class: "when" }, make("b", null, lagInWords(member) || "undated"), make("small", null, member.date ? dateInWords(member.date) : ""), track),
    make("td", { class: "who" }, member.outlet ? own(member.outlet, 80) : make("span", { class: "none" }, "outlet unknown"), member.agency ? make("span", { class: "agency" }, own(member.agency, 40)) : null,
      make("small", null, title), make("small", { class: "id" }, own(member.id, 80)),
      member.alsoIn.length > 0 ? make("small", null, "also holds ", ...member.alsoIn.slice(0, 8).map((id) => make("a", { href: `#cluster=${encodeURIComponent(id)}` }, own(id, 24), " "))) : null),
    make("td", { class: "kind" }, make("span", { class: `relation ${member.relation ?? "representative"}` }, member.relation ?? "first copy"),
      member.relation === null ? null : make("span", { class: "ways" }, bar(member.coverage, "of it, in the first copy", true), bar(member.kept, "of the first copy, in it")),
      member.relation === null ? null : make("small", null, `${percent(member.coverage)} · ${percent(member.kept)}`)),
    make("td", { class: "figure" }, count(member.words)),
    make("td", { class: "compare" }, member.comparison >= 0 ? make("a", { href: link, "aria-label": `Compare ${member.place + 1} with the first copy` }, "compare") : ""));
}

function timeLine(row, members) {
  const longest = members.reduce((most, member) => Math.max(most, seconds(member)), 0);
  const column = (words, name) => make("th", { scope: "col", class: name }, words);
  const body = make("tbody");
  const show = (from) => body.append(...members.slice(from, from + LISTED).map((member) => memberRow(row, member, members, longest)));
  show(0);
  let next = LISTED;
  const more = members.length > LISTED ? button(`Show ${count(Math.min(LISTED, members.length - LISTED))} more`, () => {
    show(next);
    next += LISTED;
    more.hidden = next >= members.length;
  }) : null;
  return make("div", { class: "line" },
    make("table", { class: "members" },
      make("caption", { class: "unseen" }, "Members, the first copy at the top"),
      make("thead", null, make("tr", null, column("After the first"), column("Outlet and headline"), column("What it is"), column("Words", "figure"), column(make("span", { class: "unseen" }, "Compare")))),
      body),
    make("p", { class: "aside" }, "Bars: how much of the copy stands in the first copy (left), and how much of the first copy stands in it (right). The first copy is the earliest in this corpus and not the origin of the story."),
    more);
}

/** A command that shows what this page does not hold. */
function command(words) {
  return make("code", { class: "command" }, shown(words));
}

function quoted(argument) {
  return /^[\w./:@%+=,-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}

/** Where all clusters are, whatever this page holds. */
function allClusters() {
  return command(head.ofIndex ? `wirecopy index export-clusters --index ${head.folder}` : `${head.folder}/clusters.jsonl`);
}

/** What stands in the place of texts that are not on this page. */
function withoutTexts(members) {
  if (head.ofIndex) return make("div", { class: "empty" }, make("p", null, "An index keeps no texts of its documents, so none can be shown here. To read two of them side by side, cluster the files they came from:"), command("wirecopy cluster FILES -o DIR"));
  return make("div", { class: "empty" }, make("p", null, "The texts of this cluster are not on this page. Two of them, side by side:"),
    members.length > 1 ? command(`wirecopy explain ${quoted(members[0].id)} ${quoted(members[1].id)} --run ${head.folder} --html pair.html`) : null);
}

function drawCluster(id, other) {
  const section = document.getElementById("cluster");
  const row = rowOfId().get(id);
  const back = make("p", { class: "back" }, make("a", { href: "#clusters" }, "All clusters"));
  if (row === undefined) {
    section.replaceChildren(back, make("h1", null, "No such cluster on this page"), make("p", { class: "empty" }, "The report was narrowed, made anew, or is too small for it. Its documents are in ", allClusters(), "."));
    return;
  }
  const members = membersOf(row);
  const outlets = rows.outlets[row].length;
  const agency = rows.agency[row] < 0 ? null : head.agencies[rows.agency[row]];
  const day = rows.day[row];
  const facts = [counted(rows.size[row], "document"), outlets > 0 ? counted(outlets, "outlet") : "outlets unknown",
    day === null ? "undated" : rows.span[row] === 0 ? dateInWords(isoDay(day)) : `${dateInWords(isoDay(day))} to ${dateInWords(isoDay(day + rows.span[row]))}`];
  const top = [back, make("h1", { dir: "auto" }, own(rows.title[row])),
    make("p", { class: "facts" }, facts.join(" · "), agency ? make("span", { class: "agency" }, own(agency, 40)) : null, make("span", { class: "id" }, id))];
  if (members === null) {
    section.replaceChildren(...top, make("p", { class: "empty" }, "To keep this page small, the members of this cluster are left out. They are in ", allClusters(), "; a larger page holds them: ", command(document.getElementById("larger")?.textContent ?? "")));
    return;
  }
  const compared = other === null ? undefined : members.find((member) => member.id === other);
  if (compared && compared.comparison >= 0) {
    const place = members.indexOf(compared);
    const step = (by) => {
      for (let at = place + by; at >= 0 && at < members.length; at += by) if (members[at].comparison >= 0) return members[at];
      return null;
    };
    const to = (member, words) => (member ? make("a", { href: `#cluster=${encodeURIComponent(id)}&with=${encodeURIComponent(member.id)}` }, words) : null);
    back.replaceChildren(make("a", { href: `#cluster=${encodeURIComponent(id)}` }, "Back to the cluster"), to(step(-1), "Previous copy"), to(step(1), "Next copy"));
    section.replaceChildren(back, make("h1", { class: "small", dir: "auto" }, own(rows.title[row])), drawPair(compared.comparison));
    return;
  }
  const carried = drawCarried(members);
  section.replaceChildren(...top, make("div", { class: "columns" }, timeLine(row, members), carried ?? withoutTexts(members)));
}
