// Elements. Text of the corpus enters the page here and nowhere else, always as a text node.

/** A new element. `set` holds attributes; a function is a listener, `true` an empty attribute. */
function make(name, set, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(set ?? {})) {
    if (value === null || value === undefined || (value === false && !key.startsWith("aria-"))) continue;
    if (typeof value === "function") element.addEventListener(key, value);
    else element.setAttribute(key, value === true && !key.startsWith("aria-") ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

const HOSTILE = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Text as it may be shown. Embeddings, overrides and isolates would turn what stands around them,
 * controls would vanish. Each becomes one unit, so places in the text stay what they are.
 */
function shown(text) {
  return text.replace(HOSTILE, (unit) => (unit >= "\u2000" ? "\u2060" : "\ufffd"));
}

/** A name or title on one line, isolated from its neighbours, in its own direction. */
function own(text, most = 300) {
  const cut = text.length > most ? text.slice(0, most) + "…" : text;
  return make("bdi", { dir: "auto" }, shown(cut.replace(/\s+/g, " ")));
}

/** An address of the web, or `null`: nothing that a browser would run. */
function webAddress(url) {
  return typeof url === "string" && /^https?:\/\//i.test(url) ? url : null;
}

/** A headline that opens the site of its document, where that has an address. */
function headline(title, url) {
  if (url === null) return title;
  return make("a", { href: url, target: "_blank", rel: "noreferrer", class: "site", title: "opens the site" }, title, make("span", { class: "unseen" }, " (opens the site)"));
}

/** A command, and a button that copies it. */
function command(words) {
  const code = make("code", { class: "command" }, shown(words));
  const copy = button("Copy", async () => {
    try {
      await navigator.clipboard.writeText(words);
      copy.textContent = "Copied";
    } catch {
      // Files may not use the clipboard everywhere: what is selected is copied by the reader's own keys.
      getSelection().selectAllChildren(code);
      copy.textContent = "Selected";
    }
    setTimeout(() => (copy.textContent = "Copy"), 2_000);
  });
  return make("span", { class: "copied" }, code, copy);
}

/** A button with words on it. */
function button(words, pressed, set) {
  return make("button", { type: "button", class: "plain", click: pressed, ...set }, words);
}

/** A bar that is filled by a share in 0..1, `end` from the right. */
function bar(share, name, end = false) {
  const filled = make("span", { class: "filled" });
  filled.style.width = `${Math.round(Math.max(0, Math.min(1, share)) * 100)}%`;
  return make("span", { class: end ? "share end" : "share", role: "img", "aria-label": `${name}: ${percent(share)}`, title: `${name}: ${percent(share)}` }, filled);
}

/** Tells readers of screens what has changed. */
function say(words) {
  document.getElementById("said").textContent = words;
}

/** Hands a file to the reader. */
function hand(name, type, text) {
  const link = make("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
