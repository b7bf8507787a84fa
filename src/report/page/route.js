// Where the reader is: the part of the address behind `#`, so that every view has one.
//
// `#overview`, `#clusters?FILTER=VALUE&…`, `#cluster=ID`, `#cluster=ID&with=DOCUMENT` (the first copy and this one),
// `#cluster=ID&of=DOCUMENT&with=DOCUMENT`, `#check=LIST&n=NUMBER`.

let scrolledTo = 0;
let lastScroll = 0;
let current = null;

/** The view that an address names, and what of it. */
function route() {
  const parts = new Map(location.hash.slice(1).split(/[?&]/).map((part) => {
    const [name, value = ""] = part.split(/=(.*)/s);
    try {
      return [name, decodeURIComponent(value)];
    } catch {
      return [name, value];
    }
  }));
  const view = ["clusters", "cluster", "check"].find((name) => parts.has(name) && document.getElementById(name)) ?? "overview";
  return { view, parts };
}

function show() {
  const { view, parts } = route();
  if (current === "clusters") scrolledTo = lastScroll;
  for (const section of document.querySelectorAll("main > .view")) section.hidden = section.id !== view;
  for (const link of document.querySelectorAll("nav [data-view]")) {
    const here = link.dataset.view === view || (view === "cluster" && link.dataset.view === "clusters");
    if (here) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (view === "cluster") drawCluster(parts.get("cluster"), parts.get("of") ?? null, parts.get("with") ?? null);
  if (view === "check") {
    const list = parts.get("check");
    if (list === "sample" || list === "doubtful") [place.list, place.at] = [list, (Number(parts.get("n")) || 1) - 1];
    drawCheck();
  }
  if (view === "clusters") {
    followAddress(parts);
    window.scrollTo(0, current === "cluster" ? scrolledTo : 0);
    drawNear();
  } else if (current !== null) {
    window.scrollTo(0, view === "check" && current === "check" ? Math.min(window.scrollY, 260) : 0);
  }
  if (current !== null && current !== view) {
    // Back in the table, the keyboard is where it left.
    const row = view === "clusters" && current === "cluster" ? near.get(active) : null;
    (row ?? document.getElementById("main")).focus({ preventScroll: true });
    say(document.querySelector(`#${view} h1`)?.textContent ?? "");
  }
  current = view;
}

function startTheme() {
  const chosen = () => document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  document.getElementById("theme").addEventListener("click", () => {
    const next = chosen() === "dark" ? "light" : "dark";
    document.documentElement.dataset.theme = next;
    try {
      localStorage.setItem("wirecopy-theme", next);
    } catch {
      // Chosen for as long as this page is open.
    }
  });
}

startTheme();
history.scrollRestoration = "manual";
const alone = document.getElementById("pair");
const whenRead = (work) => (document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", work) : work());
if (alone) {
  whenRead(() => alone.append(allComparisons().length > 0 ? drawPair(0) : make("p", { class: "empty" }, "There is nothing to compare.")));
} else {
  startTable();
  startControls();
  startCheck();
  // A bar of a chart opens the stories that it counts.
  document.getElementById("overview").addEventListener("click", (event) => {
    const stories = event.target.closest?.("[data-stories]")?.dataset.stories;
    if (stories) location.hash = stories;
  });
  // Leaving the table, its place is remembered before the next view changes the length of the page.
  document.addEventListener("click", (event) => event.target.closest("a, tr") && (lastScroll = window.scrollY), true);
  document.addEventListener("keydown", (event) => event.key === "Enter" && (lastScroll = window.scrollY), true);
  window.addEventListener("hashchange", show);
  // Views that need the blocks behind this script wait until these have been read.
  if (["cluster", "check"].includes(route().view)) whenRead(show);
  else show();
  whenRead(prepareSearch);
}
