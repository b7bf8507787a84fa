// The table of clusters: only the rows near the window are elements, so 50,000 scroll like 50.
//
// Every row has the same height and stands at its place in a body as high as all rows. A row keeps
// its element while it is near, so nothing ever moves under the reader.

const table = document.getElementById("table");
const body = table?.tBodies[0];

/** The rows in their order, and the one that the keyboard is at. */
let order = [];
let active = 0;
const near = new Map();
let drawnHeight = 0;

function rowHeight() {
  return parseFloat(getComputedStyle(table).getPropertyValue("--row")) || 52;
}

function drawRow(place) {
  const row = order[place];
  const cell = (name, ...children) => make("td", { role: "gridcell", class: name }, ...children);
  const day = rows.day[row];
  const first = outletName(rows.outlets[row][0]);
  const span = spanOf(row);
  const agency = rows.agency[row] < 0 ? null : head.agencies[rows.agency[row]];
  const doubted = rows.doubted[row] > 0 ? make("span", { class: "doubt", title: `${counted(rows.doubted[row], "day")} before the next: check the date` }, " (?)") : null;
  return make("tr", { role: "row", "aria-rowindex": place + 2, "data-place": place, tabindex: place === active ? 0 : -1 },
    cell("story",
      make("a", { href: `#cluster=${encodeURIComponent(rows.id[row])}`, tabindex: -1 }, own(rows.title[row])),
      rows.opening[row] === "" ? null : make("small", null, own(rows.opening[row]))),
    cell("figure outlets", count(rows.outlets[row].length)),
    cell("figure size", count(rows.size[row]), rows.gone[row] > 0 ? make("small", null, `${count(rows.gone[row])} removed`) : null),
    cell("first", day === null ? "undated" : dateInWords(isoDay(day)), doubted, first === null ? null : make("small", null, own(first, 60))),
    cell("figure span", span === null ? "" : span === 0 ? "one day" : counted(span + 1, "day")),
    cell("agencies", agency === null ? "" : own(agency, 40)));
}

/** Makes elements of the rows near the window, and of no others. */
function drawNear() {
  if (!body || table.closest("[hidden]")) return;
  const height = rowHeight();
  const top = -body.getBoundingClientRect().top;
  const screen = window.innerHeight;
  const begin = Math.max(0, Math.floor((top - screen / 2) / height));
  const end = Math.min(order.length, Math.ceil((top + screen * 1.5) / height));
  if (height !== drawnHeight) {
    // The window became narrow or wide, and the rows higher or lower.
    drawnHeight = height;
    for (const [place, element] of near) element.style.top = `${place * height}px`;
  }
  body.style.height = `${order.length * height}px`;
  for (const [place, element] of near) {
    if (place >= begin && place < end) continue;
    if (element.contains(document.activeElement)) continue;
    element.remove();
    near.delete(place);
  }
  let after = null;
  for (let place = begin; place < end; place += 1) {
    let element = near.get(place);
    if (!element) {
      element = drawRow(place);
      element.style.top = `${place * height}px`;
      near.set(place, element);
      if (after) after.after(element);
      else body.prepend(element);
    }
    after = element;
  }
}

/** Shows rows in a new order, from the top. */
function showRows(rowsInOrder) {
  order = rowsInOrder;
  active = 0;
  near.clear();
  body.replaceChildren();
  table.setAttribute("aria-rowcount", order.length + 1);
  document.getElementById("nothing").hidden = order.length > 0;
  drawNear();
}

/** Puts the keyboard at a row, scrolled into view. */
function activate(place) {
  const target = Math.max(0, Math.min(order.length - 1, place));
  near.get(active)?.setAttribute("tabindex", -1);
  active = target;
  const height = rowHeight();
  const rest = table.tHead.getBoundingClientRect().height + 56;
  const top = body.getBoundingClientRect().top + target * height;
  if (top < rest) window.scrollBy(0, top - rest);
  else if (top + height > window.innerHeight) window.scrollBy(0, top + height - window.innerHeight + 8);
  drawNear();
  const element = near.get(target);
  element?.setAttribute("tabindex", 0);
  element?.focus({ preventScroll: true });
}

function moveByKey(event) {
  const page = Math.max(1, Math.floor(window.innerHeight / rowHeight()) - 2);
  const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -order.length, End: order.length };
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key in steps) {
    event.preventDefault();
    activate(active + steps[event.key]);
  } else if (event.key === "Enter" && order.length > 0) {
    event.preventDefault();
    location.hash = `#cluster=${encodeURIComponent(rows.id[order[active]])}`;
  }
}

function startTable() {
  if (!body) return;
  let waiting = false;
  const later = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      drawNear();
    });
  };
  window.addEventListener("scroll", later, { passive: true });
  window.addEventListener("resize", later);
  body.addEventListener("keydown", moveByKey);
  body.addEventListener("focusin", (event) => {
    const place = Number(event.target.closest("tr")?.dataset.place);
    if (Number.isInteger(place) && place !== active) {
      near.get(active)?.setAttribute("tabindex", -1);
      active = place;
      near.get(active)?.setAttribute("tabindex", 0);
    }
  });
  body.addEventListener("click", (event) => {
    const row = event.target.closest("tr[data-place]");
    if (row && !event.target.closest("a") && String(getSelection()) === "") {
      location.hash = `#cluster=${encodeURIComponent(rows.id[order[row.dataset.place]])}`;
    }
  });
  // On paper there is no window to scroll: the first few hundred rows are all drawn.
  window.addEventListener("beforeprint", () => {
    for (const element of near.values()) element.remove();
    near.clear();
    body.style.height = "auto";
    for (let place = 0; place < Math.min(order.length, 300); place += 1) {
      near.set(place, drawRow(place));
      body.append(near.get(place));
    }
  });
  window.addEventListener("afterprint", () => showRows(order));
}
