// Reading and judging: addresses, one cluster, two texts, verdicts, theme, paper, no script.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { open, start, stop } from "../browser.mjs";
import { finding, report, shot } from "../report.mjs";

const FILE = report("small.html");

before(start);
after(stop);

/** The address of the first cluster of the table. */
async function firstCluster() {
  const tab = await open(FILE, { hash: "#clusters" });
  const hash = await tab.getAttribute("#table tbody tr[data-place='0'] a", "href");
  await tab.close();
  return hash;
}

test("a cluster has an address, and so has a comparison in it", async () => {
  const hash = await firstCluster();
  const tab = await open(FILE, { hash });
  await tab.waitForSelector("#cluster .members");
  const lags = await tab.locator("#cluster .when b").allTextContents();
  assert.equal(lags[0], "first");
  assert.ok(lags.slice(1).some((lag) => lag.startsWith("+")));
  const bars = tab.locator("#cluster .members tr").nth(2).locator("[role=img]");
  assert.match(await bars.first().getAttribute("aria-label"), /^of it, in the first copy: \d+ %$/);
  await tab.locator("#cluster .compare a").first().click();
  await tab.waitForSelector("#cluster .pair");
  const compared = tab.url();
  await tab.close();
  const again = await open(FILE, { hash: compared.slice(compared.indexOf("#")) });
  await again.waitForSelector("#cluster .pair");
  assert.deepEqual(again.trouble, []);
  await again.goto(compared.split("&with")[0]);
  await again.waitForSelector("#cluster .members");
  await again.close();
});

test("pointing at a passage tells who carries it", async () => {
  const tab = await open(FILE, { hash: await firstCluster() });
  await tab.waitForSelector("#cluster .kept [data-passage]");
  await tab.locator("#cluster .kept [data-passage].k3, #cluster .kept [data-passage].k2").first().hover();
  assert.match(await tab.textContent(".carrying"), /^Carried by \d+ of \d+/);
  assert.ok((await tab.locator("#cluster tr.without").count()) > 0);
  await tab.close();
});

test("boilerplate unfolds, passages light up on both sides", async () => {
  const tab = await open(FILE, { hash: `${await firstCluster()}&with=doc-0-3` });
  await tab.waitForSelector("#cluster .pair");
  const folds = tab.locator("#cluster details.masked");
  const closed = await folds.evaluateAll((all) => all.filter((fold) => !fold.open).length);
  assert.ok(closed > 0);
  await tab.click("text=Unfold boilerplate");
  assert.equal(await folds.evaluateAll((all) => all.filter((fold) => !fold.open).length), 0);
  await tab.locator("#cluster .pair .same").first().hover();
  assert.equal(await tab.locator("#cluster .pair .lit").count() >= 2, true);
  await tab.close();
});

test("verdicts go round: keys, buttons, storage, export, import", async () => {
  const tab = await open(FILE, { hash: "#check=sample&n=1" });
  await tab.waitForSelector("#judge .pair");
  const at = (pair) => tab.waitForFunction((pair) => document.getElementById("judged").textContent.includes(`Pair ${pair} of`), pair);
  assert.equal(await tab.locator("#judge .decision").count(), 0, "the decision is not shown before the verdict");
  await tab.keyboard.press("s");
  await at(2); // the next pair follows, below what was decided of this one
  assert.match(await tab.textContent("#judge .told"), /Pair 1, you said: One text/);
  assert.equal(await tab.locator("#judge .decision").count(), 1);
  await tab.keyboard.press("s");
  await at(3);
  await tab.keyboard.press("u");
  await at(2);
  assert.equal(await tab.locator(".verdict[aria-pressed=true]").count(), 0, "the verdict is undone");
  await tab.keyboard.press("d");
  await at(3);
  await tab.click(".verdict.unsure");
  await at(4);
  await tab.keyboard.press("k");
  await at(3);
  assert.equal(await tab.getAttribute(".verdict.unsure", "aria-pressed"), "true");
  await tab.click("[data-list=doubtful]");
  await tab.waitForFunction(() => document.querySelector("[data-list=doubtful]").getAttribute("aria-pressed") === "true");
  await tab.click(".verdict.same");
  await at(2);
  await tab.keyboard.press("ArrowLeft");
  await at(1);
  await tab.reload();
  await tab.waitForSelector("#judge .pair");
  assert.equal(await tab.getAttribute(".verdict.same", "aria-pressed"), "true", "kept in the browser");
  const [download] = await Promise.all([tab.waitForEvent("download"), tab.click("#save")]);
  assert.match(await tab.textContent("#quality .command"), /^wirecopy eval \S+ --pairs ~\/Downloads\/verdicts.jsonl$/);
  const text = await readFile(await download.path(), "utf8");
  const rows = text.trimEnd().split("\n").map((line) => JSON.parse(line));
  assert.deepEqual(rows.map(({ list, verdict }) => [list, verdict]), [["sample", "same"], ["sample", "different"], ["sample", "unsure"], ["doubtful", "same"]]);
  for (const row of rows) assert.deepEqual(Object.keys(row), ["a", "b", "verdict", "list", "stratum", "weight", "accepted"]);
  assert.equal(typeof rows[0].stratum, "string");
  assert.ok(rows[0].weight >= 1 && rows[3].weight === null && rows[3].stratum === null);
  assert.match(rows[0].a, /^doc-\d+-0$/);
  assert.deepEqual(tab.trouble, []);

  await tab.evaluate(() => localStorage.clear());
  await tab.reload();
  await tab.waitForSelector("#judge .pair");
  assert.equal(await tab.locator(".verdict[aria-pressed=true]").count(), 0);
  const saved = join(tmpdir(), `wirecopy-verdicts-${process.pid}.jsonl`);
  await writeFile(saved, `${text}not a line\n{"a":"x","b":"y","verdict":"same","list":"sample"}\n`);
  await tab.setInputFiles("#load", saved);
  await tab.waitForFunction(() => document.getElementById("said").textContent.includes("loaded"));
  assert.match(await tab.textContent("#said"), /^4 verdicts loaded/);
  await tab.goto(tab.file + "#check=doubtful&n=1");
  await tab.waitForSelector(".verdict.same[aria-pressed=true]");
  await tab.evaluate(() => localStorage.clear());
  await tab.close();
});

test("without storage everything works but remembering", async () => {
  const tab = await open(FILE);
  await tab.addInitScript(() => Object.defineProperty(window, "localStorage", { get() { throw new Error("refused"); } }));
  await tab.goto("about:blank");
  await tab.goto(tab.file + "#check=sample&n=1");
  await tab.waitForSelector("#judge .pair");
  await tab.keyboard.press("s");
  await tab.waitForSelector("#judge .decision"); // the next pair is drawn when the address has changed, a task later
  await tab.click("#theme");
  assert.equal(await tab.evaluate(() => document.documentElement.dataset.theme), "dark");
  assert.deepEqual(tab.trouble.filter((line) => !line.includes("about:blank")), []);
  await tab.close();
});

test("the theme is that of the system until one is chosen", async () => {
  const tab = await open(FILE, { scheme: "dark" });
  const paper = () => tab.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await paper();
  await tab.click("#theme");
  const light = await paper();
  assert.notEqual(dark, light);
  await tab.reload();
  assert.equal(await paper(), light);
  await tab.evaluate(() => localStorage.clear());
  await tab.close();
});

test("without a script the overview and the first rows can be read", async () => {
  const source = await readFile(FILE, "utf8");
  const plain = join(tmpdir(), `wirecopy-noscript-${process.pid}.html`);
  await writeFile(plain, source.replace(/script-src [^;]+/, "script-src 'none'"));
  const tab = await open(plain);
  assert.ok(await tab.isVisible("#overview h1"));
  assert.equal(await tab.locator("#table tbody tr").count(), 40);
  assert.ok(await tab.isVisible("#table tbody tr:nth-child(40) .story"));
  assert.equal(await tab.isVisible("#filter"), false);
  await tab.close();
});

test("it prints what is shown, not what can be pressed", async () => {
  const tab = await open(FILE, { hash: "#clusters" });
  await tab.emulateMedia({ media: "print" });
  assert.equal(await tab.isVisible(".bar"), false);
  assert.equal(await tab.isVisible("#filter"), false);
  assert.ok(await tab.isVisible("#table"));
  await tab.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  assert.equal(await tab.locator("#table tr[data-place]").count(), 300);
  const pdf = await tab.pdf({ format: "A4" });
  assert.ok(pdf.length > 20_000);
  await tab.close();
});

test("a report of nothing says so", async () => {
  const tab = await open(report("empty.html"));
  assert.match(await tab.textContent("#overview .standfirst"), /no story to show/);
  await tab.click("nav [data-view=clusters]");
  assert.match(await tab.textContent("#clusters .empty"), /There are no stories/);
  await tab.click("nav [data-view=check]");
  assert.match(await tab.textContent("#check .empty"), /No pairs were kept/);
  assert.deepEqual(tab.trouble, []);
  await tab.close();
});

test("one pair has a page of its own", async () => {
  const tab = await open(report("pair.html"));
  await tab.waitForSelector("#pair .pair");
  assert.equal(await tab.locator("#pair .decision").count(), 1);
  assert.deepEqual(tab.trouble, []);
  assert.deepEqual(await finding(tab), []);
  await tab.close();
});

test("no view has a finding of accessibility, light or dark, wide or narrow", async () => {
  const cluster = await firstCluster();
  for (const scheme of ["light", "dark"]) {
    for (const width of [1280, 400]) {
      for (const hash of ["", "#clusters", cluster, `${cluster}&with=doc-0-3`, "#check=sample&n=1"]) {
        const tab = await open(FILE, { hash, scheme, width });
        assert.deepEqual(await finding(tab), [], `${scheme} ${width} ${hash}`);
        await tab.close();
      }
    }
  }
});

test("every view is pictured, light and dark, wide and narrow, and fits its width", async () => {
  const cluster = await firstCluster();
  for (const scheme of ["light", "dark"]) {
    for (const width of [1280, 400]) {
      const how = { scheme, width };
      await shot(FILE, "overview", { ...how, full: true });
      await shot(FILE, "clusters", { ...how, hash: "#clusters" });
      await shot(FILE, "cluster", { ...how, hash: cluster });
      await shot(FILE, "side-by-side", { ...how, hash: `${cluster}&with=doc-0-3` });
      await shot(FILE, "check", { ...how, hash: "#check=sample&n=1" });
      await shot(report("pair.html"), "pair", how);
    }
  }
});
