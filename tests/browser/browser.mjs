// A headless Chromium with a page of ours in it, and a record of what the page did.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const OPTIONS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

/** Where the browser is: `CHROMIUM`, or where Debian puts it. */
export const executable = process.env.CHROMIUM ?? "/usr/bin/chromium";

let profile = null;
let context = null;

/** Starts the browser once, with an empty profile. */
export async function start() {
  profile = await mkdtemp(join(tmpdir(), "wirecopy-browser-"));
  context = await chromium.launchPersistentContext(profile, { executablePath: executable, headless: true, args: OPTIONS, acceptDownloads: true, viewport: { width: 1280, height: 860 } });
}

export async function stop() {
  await context?.close();
  if (profile) await rm(profile, { recursive: true, force: true });
}

/**
 * Opens a file in a new tab. `tab.trouble` lists whatever no page of ours may cause: messages of
 * errors and warnings, exceptions, broken policies, and requests for anything but the file itself.
 */
export async function open(file, { hash = "", width = 1280, height = 860, scheme = "light", script = true } = {}) {
  const url = pathToFileURL(file).href;
  const tab = await context.newPage();
  const trouble = [];
  tab.on("console", (message) => ["error", "warning"].includes(message.type()) && trouble.push(`console: ${message.text()}`));
  tab.on("pageerror", (error) => trouble.push(`exception: ${error.message}`));
  tab.on("dialog", (dialog) => trouble.push(`dialog: ${dialog.message()}`) && dialog.dismiss());
  tab.on("request", (request) => {
    const asked = request.url();
    if (asked.split("#")[0] !== url && !asked.startsWith("blob:")) trouble.push(`request: ${asked.slice(0, 200)}`);
  });
  tab.on("popup", () => trouble.push("popup"));
  tab.on("framenavigated", (frame) => frame.url().split("#")[0] !== url && trouble.push(`navigated: ${frame.url()}`));
  await tab.setViewportSize({ width, height });
  await tab.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
  await tab.addInitScript(() => {
    window.shifts = [];
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => window.shifts.push({ value: entry.value, recent: entry.hadRecentInput }))).observe({ type: "layout-shift", buffered: true });
    document.addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
  });
  await tab.goto(url + hash, { waitUntil: "load" });
  return Object.assign(tab, { trouble, file: url });
}
