// Search, filters and sorting of the table: what the form says is what is shown.

const form = document.getElementById("filter");
const sorting = { by: "size", descending: true };

/** What the form asks for. */
function wanted() {
  const value = (name) => form.elements[name].value;
  const number = (name, otherwise) => (value(name) === "" ? otherwise : Number(value(name)));
  const choice = (name) => (value(name) === "" ? null : Number(value(name)));
  return {
    words: value("words"),
    outlet: value("outlet").trim(),
    least: number("least", 0),
    most: number("most", Infinity),
    from: value("from") === "" ? null : dayNumber(value("from")),
    until: value("until") === "" ? null : dayNumber(value("until")),
    relation: choice("relation"),
    agency: choice("agency"),
  };
}

function refresh() {
  const found = sorted(fitting(wanted()), sorting.by, sorting.descending);
  showRows(found);
  const words = found.length === size ? counted(size, "cluster") : `${count(found.length)} of ${counted(size, "cluster")}`;
  document.getElementById("found").textContent = words;
  const set = ["least", "most", "from", "until", "outlet", "relation", "agency"].filter((name) => form.elements[name].value !== "");
  document.getElementById("filtering").textContent = set.length > 0 ? ` · ${set.length} set` : "";
}

function sortBy(by) {
  sorting.descending = sorting.by === by ? !sorting.descending : !["title", "day", "agency"].includes(by);
  sorting.by = by;
  for (const header of table.tHead.querySelectorAll("th")) {
    if (header.dataset.sort === by) header.setAttribute("aria-sort", sorting.descending ? "descending" : "ascending");
    else header.removeAttribute("aria-sort");
  }
  refresh();
}

function startControls() {
  if (!form || !body) return;
  const option = (value, words) => make("option", { value }, shown(words));
  form.elements.relation.append(...head.relations.map((name, number) => option(number, name)));
  form.elements.agency.append(...head.agencies.map((name, number) => option(number, name.slice(0, 60))));
  document.getElementById("outlets").append(...head.outlets.slice(0, 3000).map((name) => make("option", { value: name })));
  document.getElementById("filters").open = window.innerWidth >= 900;
  for (const header of table.tHead.querySelectorAll("th")) {
    const words = header.textContent;
    header.replaceChildren(make("button", { type: "button", click: () => sortBy(header.dataset.sort) }, words));
  }
  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(refresh, 120);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    refresh();
  });
  form.addEventListener("reset", () => setTimeout(refresh));
  form.elements.words.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    activate(0);
  });
  document.getElementById("clear").addEventListener("click", () => form.reset());
  document.getElementById("csv").addEventListener("click", () => exportTable("csv"));
  document.getElementById("json").addEventListener("click", () => exportTable("json"));
  refresh();
}
