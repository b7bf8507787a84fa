// 50,000 clusters in 10 MB: the first view, scrolling, search, sorting, filters, keyboard, export.

import assert from "node:assert/strict";
import { readFile, stat } from "node:fs/promises";
import { after, before, test } from "node:test";
import { open, start, stop } from "../browser.mjs";
import { finding, report, shot } from "../report.mjs";

const FILE = report("large.html");
const CLUSTERS = 50_000;

before(start);
after(stop);

const found = async (tab) => Number((await tab.textContent("#found")).split(" ")[0].replaceAll(",", ""));
const first = (tab) => tab.textContent("#table tbody tr[data-place='0'] .story a");

/** Waits until the table says something else than it did. */
async function changed(tab, act) {
  const before = await tab.textContent("#found");
  await act();
  await tab.waitForFunction((before) => document.getElementById("found").textContent !== before, before);
}

test("the first view is there within a second", async () => {
  const { size } = await stat(FILE);
  assert.ok(size <= 10_000_000 && size > 9_000_000, `${size} bytes`);
  const times = [];
  for (let turn = 0; turn < 3; turn += 1) {
    const tab = await open(FILE, { hash: "#clusters" });
    times.push(await tab.evaluate(() => ({
      paint: performance.getEntriesByName("first-contentful-paint")[0].startTime,
      ready: performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd,
    })));
    await tab.close();
  }
  const median = (name) => times.map((time) => time[name]).sort((a, b) => a - b)[1];
  console.log(`  ${size} bytes, first paint ${Math.round(median("paint"))} ms, all read ${Math.round(median("ready"))} ms`);
  assert.ok(median("paint") <= 1000, `first paint after ${median("paint")} ms`);
});

test("50,000 rows scroll without a shift, and few are elements", async () => {
  const tab = await open(FILE, { hash: "#clusters" });
  assert.equal(await found(tab), CLUSTERS);
  await tab.evaluate(() => (window.shifts.length = 0));
  const frames = await tab.evaluate(async () => {
    const height = document.documentElement.scrollHeight;
    const gaps = [];
    let last = performance.now();
    for (let step = 0; step <= 120; step += 1) {
      window.scrollTo(0, step < 60 ? step * 90 : (height * (step - 60)) / 60);
      await new Promise(requestAnimationFrame);
      gaps.push(performance.now() - last);
      last = performance.now();
    }
    return gaps.sort((a, b) => a - b);
  });
  await tab.waitForTimeout(200);
  const shift = await tab.evaluate(() => window.shifts.reduce((sum, { value }) => sum + value, 0));
  console.log(`  frames while scrolling: median ${Math.round(frames[60])} ms, longest ${Math.round(frames[120])} ms; shift ${shift}`);
  assert.equal(shift, 0);
  assert.ok(frames[60] < 60, `a frame takes ${frames[60]} ms`);
  assert.ok((await tab.locator("#table tbody tr").count()) < 80);
  const last = await tab.locator("#table tbody tr[data-place]").last().getAttribute("data-place");
  assert.equal(Number(last), CLUSTERS - 1, "the end is reached");
  assert.deepEqual(tab.trouble, []);
  await tab.close();
});

test("search finds titles, outlets and ids, all words of it", async () => {
  const tab = await open(FILE, { hash: "#clusters" });
  const search = async (words) => {
    await changed(tab, () => tab.fill("[name=words]", words));
    return found(tab);
  };
  assert.ok((await search("hostile")) >= 6);
  const both = await search("harbour pilot");
  assert.ok(both > 100 && both < CLUSTERS);
  assert.ok((await search("harbour pilot gravel")) < both);
  assert.equal(await search("doc-17-0"), 1);
  const id = (await tab.getAttribute("#table tbody tr[data-place='0'] a", "href")).split("=")[1];
  assert.equal(await search("nothing can be found by this"), 0);
  assert.ok(await tab.isVisible("#nothing"));
  assert.equal(await search(id), 1);
  assert.ok((await search("Caldera Observer")) > 1);
  assert.deepEqual(tab.trouble, []);
  await tab.close();
});

test("filters narrow, and are cleared together", async () => {
  const tab = await open(FILE, { hash: "#clusters" });
  await changed(tab, () => tab.fill("[name=least]", "5"));
  const large = await found(tab);
  assert.ok(large < CLUSTERS);
  await changed(tab, () => tab.fill("[name=from]", "2024-09-20"));
  await changed(tab, () => tab.fill("[name=until]", "2024-09-25"));
  const days = await found(tab);
  await changed(tab, () => tab.fill("[name=outlet]", "Sarrel Post"));
  const outlet = await found(tab);
  await changed(tab, () => tab.selectOption("[name=agency]", { label: "dpa" }));
  await changed(tab, () => tab.selectOption("[name=relation]", { label: "excerpt" }));
  const all = await found(tab);
  assert.ok(large > days && days > outlet && outlet > all && all > 0, [large, days, outlet, all].join(" > "));
  for (const line of await tab.locator("#table tbody tr[data-place] .agencies").allTextContents()) assert.equal(line, "dpa");
  await changed(tab, () => tab.click("[type=reset]"));
  assert.equal(await found(tab), CLUSTERS);
  assert.deepEqual(tab.trouble, []);
  await tab.close();
});

test("a column sorts both ways and says so", async () => {
  const tab = await open(FILE, { hash: "#clusters" });
  const sizes = () => tab.locator("#table tbody tr[data-place] .size").allTextContents();
  const outlets = (await tab.locator("#table tbody tr[data-place] .outlets").allTextContents()).map(Number);
  assert.deepEqual(outlets, [...outlets].sort((a, b) => b - a), "by outlets, unless asked otherwise");
  await tab.click("#table th[data-sort=documents] button");
  const down = (await sizes()).map(Number);
  assert.deepEqual(down, [...down].sort((a, b) => b - a));
  await tab.click("#table th[data-sort=documents] button");
  assert.equal(await tab.getAttribute("#table th[data-sort=documents]", "aria-sort"), "ascending");
  assert.equal((await sizes())[0], "2");
  await tab.click("#table th[data-sort=title] button");
  const titles = await tab.locator("#table tbody tr[data-place] .story a").allTextContents();
  const collator = new Intl.Collator("en", { sensitivity: "base", numeric: true });
  const plain = titles.filter((title) => /^[A-Z]/.test(title));
  assert.deepEqual(plain, [...plain].sort(collator.compare));
  assert.equal(await tab.getAttribute("#table th[data-sort=documents]", "aria-sort"), null);
  await tab.close();
});

test("the keyboard walks the table, opens a cluster and comes back", async () => {
  const tab = await open(FILE, { hash: "#clusters" });
  const at = () => tab.evaluate(() => document.activeElement.closest("tr")?.dataset.place);
  await tab.focus("[name=words]");
  await tab.keyboard.press("ArrowDown");
  assert.equal(await at(), "0");
  for (let turn = 0; turn < 30; turn += 1) await tab.keyboard.press("ArrowDown");
  assert.equal(await at(), "30");
  await tab.keyboard.press("End");
  assert.equal(await at(), String(CLUSTERS - 1));
  await tab.keyboard.press("Home");
  await tab.keyboard.press("PageDown");
  const place = await at();
  assert.ok(Number(place) > 3);
  const title = await tab.textContent(`#table tr[data-place='${place}'] .story a`);
  await tab.keyboard.press("Enter");
  await tab.waitForSelector("#cluster h1");
  assert.equal(await tab.textContent("#cluster h1"), title);
  await tab.goBack();
  await tab.waitForSelector("#clusters:not([hidden])");
  assert.equal(await at(), place);
  assert.deepEqual(tab.trouble, []);
  await tab.close();
});

/** A file that the page hands over. */
async function handed(tab, act) {
  const [download] = await Promise.all([tab.waitForEvent("download"), act()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
}

test("the filtered table is exported as CSV and JSON, formulas made harmless", async () => {
  const tab = await open(FILE, { hash: "#clusters" });
  await changed(tab, () => tab.fill("[name=words]", "hostile"));
  const rows = await found(tab);
  const csv = await handed(tab, () => tab.click("#csv"));
  assert.equal(csv.name, "clusters-hostile.csv");
  const lines = csv.text.trimEnd().split("\r\n");
  const documents = Number((/, ([\d,]+) documents:/.exec(await tab.textContent("#taking"))[1]).replaceAll(",", ""));
  assert.ok(documents > rows);
  assert.match(lines[0], /^\ufeff"cluster_id","story","documents"/);
  assert.ok(csv.text.includes(`"'=HYPERLINK(""http://example.invalid/"";""hostile formula"")"`));
  assert.ok(!/(^|,)"[=+\-@]/m.test(csv.text), "no cell begins as a formula");
  const json = await handed(tab, () => tab.click("#json"));
  const exported = JSON.parse(json.text);
  assert.equal(new Set(exported.map(({ cluster_id }) => cluster_id)).size, rows);
  assert.equal(lines.length, exported.length + 1);
  // A row for every document or, where they are not on the page, one for the story.
  const listed = exported.filter(({ document_id }) => document_id !== undefined);
  assert.ok(listed.length > 0 && exported.length <= documents);
  assert.ok(exported.some(({ story }) => story.startsWith("=HYPERLINK")), "JSON needs no quoting");
  assert.deepEqual(tab.trouble, []);
  await tab.close();
});

test("what was left out is said, on the page and in a cluster", async () => {
  const tab = await open(FILE);
  assert.match(await tab.textContent(".left-out"), /leaves out/);
  assert.match(await tab.textContent(".left-out"), /wirecopy report copies --report-budget \d+MB/);
  await tab.click("nav [data-view=clusters]");
  // The table may not have its height yet when it is first scrolled.
  await tab.waitForFunction((last) => {
    window.scrollTo(0, document.documentElement.scrollHeight);
    return document.querySelector(`#table tr[data-place='${last}']`);
  }, CLUSTERS - 1);
  await tab.click(`#table tr[data-place='${CLUSTERS - 1}'] a`);
  await tab.waitForSelector("#cluster .empty");
  assert.match(await tab.textContent("#cluster .empty"), /wirecopy (report|explain)/);
  await tab.close();
});

test("the large table is accessible, and pictured", async () => {
  const tab = await open(FILE, { hash: "#clusters" });
  assert.deepEqual(await finding(tab), []);
  assert.equal(await tab.getAttribute("#table", "aria-rowcount"), String(CLUSTERS + 1));
  await tab.close();
  for (const scheme of ["light", "dark"]) {
    for (const width of [1280, 400]) await shot(FILE, "large-clusters", { hash: "#clusters", width, scheme });
  }
});
