// Search, filters and sorting of the table: what the form says is what is shown, and the address says it too.

const form = document.getElementById("filter");

/** The filters, by their names in the form and in the address. */
const FILTERS = ["words", "outlets", "least", "most", "from", "until", "outlet", "relation", "agency", "removed", "dates"].filter((name) => form?.elements[name]);

/** The order unless another one is asked for: who carried it tells more than how often, where that is known. */
const FIRST_ORDER = crossesOutlets ? "outlets" : "documents";
const sorting = { by: FIRST_ORDER, descending: true };
const descends = (by) => !["title", "day", "agency"].includes(by);

const valueOf = (name) => form.elements[name]?.value.trim() ?? "";

/** What the form asks for. */
function wanted() {
  const number = (name, otherwise) => (valueOf(name) === "" ? otherwise : Number(valueOf(name)));
  const day = (name) => {
    const field = form.elements[name];
    const found = /^\d{4}-\d\d-\d\d$/.test(valueOf(name)) ? dayNumber(valueOf(name)) : null;
    field.setAttribute("aria-invalid", valueOf(name) !== "" && found === null);
    return found;
  };
  return {
    words: valueOf("words"),
    outlet: valueOf("outlet"),
    outlets: number("outlets", 0),
    least: number("least", 0),
    most: number("most", Infinity),
    from: day("from"),
    until: day("until"),
    relation: valueOf("relation"),
    agency: valueOf("agency"),
    removed: valueOf("removed"),
    dates: valueOf("dates"),
  };
}

/** The address of the list as it is shown. */
function listAddress() {
  const parts = FILTERS.filter((name) => valueOf(name) !== "").map((name) => `${name}=${encodeURIComponent(valueOf(name))}`);
  if (sorting.by !== FIRST_ORDER || sorting.descending !== descends(sorting.by)) parts.push(`sort=${sorting.by}`);
  if (sorting.descending !== descends(sorting.by)) parts.push(`order=${sorting.descending ? "descending" : "ascending"}`);
  return parts.length === 0 ? "#clusters" : `#clusters?${parts.join("&")}`;
}

/** Puts the form as an address says, and shows what it asks for, unless that is shown already. */
function followAddress(parts) {
  if (!form) return;
  const before = listAddress();
  for (const name of FILTERS) {
    const [field, value] = [form.elements[name], parts.get(name) ?? ""];
    field.value = field.type === "number" && !/^\d{1,9}$/.test(value) ? "" : value;
  }
  const by = parts.get("sort") ?? FIRST_ORDER;
  sorting.by = by === "title" || Object.hasOwn(keys, by) ? by : FIRST_ORDER;
  sorting.descending = parts.has("order") ? parts.get("order") === "descending" : descends(sorting.by);
  if (listAddress() !== before) refresh();
  if (FILTERS.some((name) => name !== "words" && valueOf(name) !== "")) document.getElementById("filters").open = true;
}

function refresh() {
  const found = sorted(fitting(wanted()), sorting.by, sorting.descending);
  showRows(found);
  const words = found.length === size ? counted(size, "story", "stories") : `${count(found.length)} of ${counted(size, "story", "stories")}`;
  document.getElementById("found").textContent = words;
  document.getElementById("taking").textContent = `Export ${counted(found.length, "story", "stories")}, ${counted(found.reduce((sum, row) => sum + rows.size[row], 0), "document")}:`;
  const set = FILTERS.filter((name) => name !== "words" && valueOf(name) !== "");
  document.getElementById("filtering").textContent = set.length > 0 ? ` · ${set.length} set` : "";
  for (const header of table.tHead.querySelectorAll("th")) {
    if (header.dataset.sort === sorting.by) header.setAttribute("aria-sort", sorting.descending ? "descending" : "ascending");
    else header.removeAttribute("aria-sort");
  }
  document.querySelector("nav [data-view=clusters]").setAttribute("href", listAddress());
}

/** Shows what was asked for by hand, and says so in the address, without a step to go back to for every letter. */
function follow() {
  refresh();
  if (current === "clusters") history.replaceState(null, "", listAddress());
}

function sortBy(by) {
  sorting.descending = sorting.by === by ? !sorting.descending : descends(by);
  sorting.by = by;
  follow();
}

function startControls() {
  if (!form || !body) return;
  const option = (name) => make("option", { value: name }, shown(name.slice(0, 60)));
  form.elements.relation.append(...head.relations.map(option));
  form.elements.agency.append(...head.agencies.map(option));
  document.getElementById("outlets").append(...head.outlets.slice(0, 3000).map((name) => make("option", { value: name })));
  document.getElementById("filters").open = window.innerWidth >= 900;
  if (!knowsOutlets) {
    table.classList.add("no-outlets");
    for (const field of form.querySelectorAll(".with-outlets")) field.hidden = true;
  }
  if (rows.doubted.every((days) => days === 0)) form.elements.dates.closest("label").hidden = true;
  if (head.agencies.length === 0) {
    form.elements.agency.closest("label").hidden = true;
    table.classList.add("no-agencies");
  }
  for (const header of table.tHead.querySelectorAll("th")) {
    const words = header.textContent;
    header.replaceChildren(make("button", { type: "button", click: () => sortBy(header.dataset.sort) }, words));
  }
  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(follow, 120);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    follow();
  });
  form.addEventListener("reset", () => setTimeout(follow));
  form.elements.words.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    activate(0);
  });
  document.getElementById("clear").addEventListener("click", () => form.reset());
  const name = () => ["clusters", ...FILTERS.filter((filter) => valueOf(filter) !== "").map((filter) => (["words", "outlet"].includes(filter) ? valueOf(filter) : `${filter}-${valueOf(filter)}`))].join("-");
  document.getElementById("csv").addEventListener("click", () => exportStories(order, "csv", name()));
  document.getElementById("json").addEventListener("click", () => exportStories(order, "json", name()));
  refresh();
}
