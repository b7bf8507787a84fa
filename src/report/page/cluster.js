// One cluster: its members in the order they appeared, and what they kept of the first.

/** Members listed at a time. */
const LISTED = 150;

/** Of more members each has one line, so that those who carry a passage are in sight when it is pointed at. */
const MANY = 10;

function memberRow(row, member, longest, next) {
  const doubted = rows.doubted[row];
  const track = make("span", { class: "track", "aria-hidden": "true" });
  if (member.lag !== null && longest > 0) {
    const dot = make("i");
    dot.style.left = `${(Math.max(0, seconds(member)) / longest) * 100}%`;
    track.append(dot);
  }
  const link = `#cluster=${encodeURIComponent(rows.id[row])}&with=${encodeURIComponent(member.id)}`;
  const title = member.title ? headline(own(member.title, 200), member.url) : member.url ? headline("no headline", member.url) : make("span", { class: "none" }, "no headline");
  const isDoubted = doubted > 0 && member.place === 0;
  return make("tr", { "data-member": member.place, "data-compared": member.comparison >= 0 ? 1 : 0 },
    make("td", { class: "when", title: member.date ? dateInWords(member.date) : null }, make("b", null, lagInWords(member, doubted, next)), make("small", null, member.date ? dateInWords(member.date) : ""),
      isDoubted ? make("small", { class: "doubt" }, `${counted(doubted, "day")} before the next: check the date`) : track),
    make("td", { class: "who" },
      make("span", { class: "outlet" }, member.outlet ? own(member.outlet, 80) : make("span", { class: "none" }, "outlet unknown")), member.agency ? make("span", { class: "agency" }, own(member.agency, 40)) : null,
      make("small", { class: "title" }, title),
      make("small", { class: "id" }, verdictBadge(member), own(member.id, 80)),
      member.alsoIn.length > 0 ? make("small", null, "also holds ", ...member.alsoIn.slice(0, 8).map((id) => make("a", { href: `#cluster=${encodeURIComponent(id)}` }, own(storyName(id), 60), " "))) : null),
    make("td", { class: "kind" }, make("span", { class: `relation ${member.relation ?? "representative"}` }, member.relation ?? (doubted > 0 ? "first copy (?)" : "first copy")),
      member.relation === null ? null : make("span", { class: "ways" }, bar(member.coverage, "of it, in the first copy", true), bar(member.kept, "of the first copy, in it")),
      member.relation === null ? null : make("small", null, `${percent(member.coverage)} · ${percent(member.kept)}`)),
    make("td", { class: "figure" }, count(member.words)),
    make("td", { class: "compare" }, member.comparison >= 0 ? make("a", { href: link, "aria-label": `Compare ${member.place + 1} with the first copy` }, "compare") : ""));
}

/** What a story is called, wherever it is named. */
function storyName(id) {
  const row = rowOfId().get(id);
  return row === undefined ? id : rows.title[row];
}

/** What `dedup` did with a document. */
function verdictBadge(member) {
  if (!head.removes) return null;
  if (member.witness === null) return make("span", { class: "fate kept-badge" }, "kept");
  return make("span", { class: "fate removed-badge", title: `removed, carried by ${shown(member.witness)}` }, "removed, carried by ", own(member.witness, 60));
}

function timeLine(row, members) {
  const longest = members.reduce((most, member) => Math.max(most, seconds(member)), 0);
  const next = members.slice(1).reduce((least, member) => (member.lag === null ? least : Math.min(least, seconds(member))), Infinity);
  const column = (words, name) => make("th", { scope: "col", class: name }, words);
  const body = make("tbody");
  const show = (begin) => body.append(...members.slice(begin, begin + LISTED).map((member) => memberRow(row, member, longest, next)));
  show(0);
  let from = LISTED;
  const more = members.length > LISTED ? button(`Show ${count(Math.min(LISTED, members.length - LISTED))} more`, () => {
    show(from);
    from += LISTED;
    more.hidden = from >= members.length;
  }) : null;
  return make("div", { class: "line" },
    make("table", { class: members.length > MANY ? "members many-rows" : "members" },
      make("caption", { class: "unseen" }, "Documents, the first copy at the top"),
      make("thead", null, make("tr", null, column("After the first"), column("Outlet and headline"), column("What it is"), column("Words", "figure"), column(make("span", { class: "unseen" }, "Compare")))),
      body),
    make("p", { class: "aside" }, "Bars: how much of the copy stands in the first copy (left), and how much of the first copy stands in it (right). The first copy is the earliest in this corpus and not the origin of the story."),
    more);
}

function quoted(argument) {
  return /^[\w./:@%+=,-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}

/** Where all clusters are, whatever this page holds. */
function allClusters() {
  return command(head.ofIndex ? `wirecopy index export-clusters --index ${head.folder}` : `${head.folder}/clusters.jsonl`);
}

/** Where a command is to be typed that calls the folder of the run by a dot. */
function whereToType() {
  return head.folder === "." ? "In the folder of this report: " : "";
}

/** The command that shows two documents side by side, whatever this page holds. */
function explainCommand(one, other) {
  return make("span", null, whereToType(), command(`wirecopy explain ${quoted(one.id)} ${quoted(other.id)} --run ${head.folder} --html pair.html`));
}

/** What stands in the place of texts that are not on this page; nothing in an index, which says so once. */
function withoutTexts(members) {
  if (head.ofIndex) return null;
  return make("div", { class: "empty" }, make("p", null, "The texts of this story are not in this report. Two of them, side by side:"), members.length > 1 ? explainCommand(members[0], members[1]) : null);
}

/** Two lists to choose any two documents of a story from. */
function chooseTwo(id, members, one, other) {
  if (head.ofIndex || members.length < 2) return null;
  const choice = (chosen, name) => {
    const select = make("select", { "aria-label": name }, ...members.slice(0, 1000).map((member) => make("option", { value: member.place, selected: member === chosen }, shown(`${member.place + 1}. ${member.outlet ?? "outlet unknown"}${member.date ? `, ${dateInWords(member.date)}` : ""}`))));
    return select;
  };
  const [left, right] = [choice(one, "The first document"), choice(other, "The second document")];
  const go = () => {
    const [a, b] = [members[Number(left.value)], members[Number(right.value)]];
    location.hash = `#cluster=${encodeURIComponent(id)}&of=${encodeURIComponent(a.id)}&with=${encodeURIComponent(b.id)}`;
  };
  const compare = button("Compare", go);
  return make("p", { class: "choose" }, make("span", null, "Any two side by side: "), left, make("span", null, " with "), right, compare);
}

/** Two documents of a story side by side, or the command that shows them. */
function drawTwo(section, id, row, members, one, other) {
  const address = (a, b) => (a === members[0] ? `#cluster=${encodeURIComponent(id)}&with=${encodeURIComponent(b.id)}` : `#cluster=${encodeURIComponent(id)}&of=${encodeURIComponent(a.id)}&with=${encodeURIComponent(b.id)}`);
  const step = (by) => {
    for (let at = other.place + by; at >= 0 && at < members.length; at += by) {
      if (members[at] !== one && comparisonBetween(one.id, members[at].id) !== undefined) return members[at];
    }
    return null;
  };
  const to = (member, words) => (member ? make("a", { href: address(one, member) }, words) : null);
  const back = make("p", { class: "back" }, ...[make("a", { href: `#cluster=${encodeURIComponent(id)}` }, "Back to the story"), to(step(-1), "Previous copy"), to(step(1), "Next copy")].filter((link) => link !== null));
  const number = one === other ? undefined : comparisonBetween(one.id, other.id);
  const pair = number !== undefined ? drawPair(number)
    : one === other ? make("p", { class: "empty" }, "These are one document: choose two.")
      : make("div", { class: "empty" }, make("p", null, "These two were not put side by side in this report, which holds the pairs with the first copy. This command does it:"), explainCommand(one, other));
  const parts = [back, make("h1", { class: "small", dir: "auto" }, own(rows.title[row])), chooseTwo(id, members, one, other), pair];
  section.replaceChildren(...parts.filter((part) => part !== null));
}

function drawCluster(id, of, other) {
  const section = document.getElementById("cluster");
  const row = rowOfId().get(id);
  const back = make("p", { class: "back" }, make("a", { href: form ? listAddress() : "#clusters" }, "All stories"));
  if (row === undefined) {
    section.replaceChildren(back, make("h1", null, "No such story in this report"), make("p", { class: "empty" }, "The report was narrowed, made anew, or is too small for it. Its documents are in ", allClusters(), "."));
    return;
  }
  const members = membersOf(row);
  const byId = (wanted) => (wanted === null || members === null ? undefined : members.find((member) => member.id === wanted));
  const [one, two] = [of === null ? members?.[0] : byId(of), byId(other)];
  if (one && two) {
    drawTwo(section, id, row, members, one, two);
    return;
  }
  const outlets = rows.outlets[row].length;
  const agency = rows.agency[row] < 0 ? null : head.agencies[rows.agency[row]];
  const days = daysOf(row);
  const [from, until] = [days[0], days[days.length - 1]].map((day) => (day === undefined ? "" : dateInWords(isoDay(day))));
  const facts = [counted(rows.size[row], "document"), knowsOutlets ? (outlets > 0 ? counted(outlets, "outlet") : "outlets unknown") : "",
    days.length === 0 ? "undated" : from === until ? from : `${from} to ${until}`,
    head.removes ? `${count(rows.size[row] - rows.gone[row])} kept, ${count(rows.gone[row])} removed` : ""];
  const exporting = members === null ? null : make("span", { class: "take" }, "Export: ", button("CSV", () => exportStories([row], "csv", `story-${id}`)), button("JSON", () => exportStories([row], "json", `story-${id}`)));
  const top = [back, make("h1", { dir: "auto" }, own(rows.title[row])),
    make("p", { class: "facts" }, facts.filter((fact) => fact !== "").join(" · "), agency ? make("span", { class: "agency" }, own(agency, 40)) : null, make("span", { class: "id" }, id), exporting)];
  if (rows.doubted[row] > 0) top.push(make("p", { class: "note" }, `The first copy is dated ${counted(rows.doubted[row], "day")} before the next one: one of the two dates is rather wrong. Nobody counts as first in this story.`));
  if (members === null) {
    section.replaceChildren(...top, make("p", { class: "empty" }, "To keep this report small, the documents of this story are left out. They are in ", allClusters(), "; a larger report holds them: ", command(document.getElementById("larger")?.textContent ?? "")));
    return;
  }
  const beside = drawCarried(members) ?? withoutTexts(members);
  const parts = [...top, chooseTwo(id, members, members[0], members[1]), make("div", { class: beside === null ? "columns alone" : "columns" }, timeLine(row, members), beside)];
  section.replaceChildren(...parts.filter((part) => part !== null));
}
