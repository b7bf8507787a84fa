// Titles, names and texts that attack the page: nothing of them runs, nothing of them leaks out.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { open, start, stop } from "../browser.mjs";
import { report } from "../report.mjs";

const FILE = report("small.html");

before(start);
after(stop);

const attacked = (tab) => tab.evaluate(() => window.attacked ?? 0);

test("hostile titles are shown as they are, and do nothing", async () => {
  const tab = await open(FILE, { hash: "#clusters" });
  await tab.fill("[name=words]", "window.attacked");
  await tab.waitForFunction(() => document.getElementById("found").textContent.includes(" of "));
  const titles = await tab.locator("#table .story a").allTextContents();
  assert.ok(titles.includes("</script><script>window.attacked = 1</script>"));
  assert.equal(await tab.locator("#table img, #table script").count(), 0);
  for (let place = 0; place < titles.length; place += 1) {
    await tab.evaluate((hash) => (location.hash = hash), await tab.locator("#table .story a").nth(place).getAttribute("href"));
    await tab.waitForSelector("#cluster h1");
    assert.equal(await tab.locator("main img, main script").count(), 0);
    await tab.goBack();
    await tab.waitForSelector("#clusters:not([hidden])");
  }
  assert.equal(await attacked(tab), 0);
  assert.deepEqual(tab.trouble, []);
  await tab.close();
});

test("a hostile text is inert in the shaded text and side by side", async () => {
  const tab = await open(FILE, { hash: "#check=doubtful&n=1" });
  await tab.waitForSelector("#judge .pair");
  assert.match(await tab.textContent("#judge .pair"), /<script>window\.attacked = 3<\/script>/);
  assert.equal(await attacked(tab), 0);
  const controls = await tab.evaluate(() => /[\u0000\u202a-\u202e\u2066-\u2069]/.test(document.querySelector("main").innerText));
  assert.equal(controls, false, "no directional control reaches what is shown");
  assert.deepEqual(tab.trouble, []);
  await tab.close();
});

test("only addresses of the web are links", async () => {
  const tab = await open(FILE, { hash: "#clusters?sort=documents" });
  const rows = await tab.evaluate(() => JSON.parse(document.getElementById("members").textContent).map((members) => members.map((member) => member[13])));
  const at = rows.findIndex((urls) => urls.some((url) => url.startsWith("javascript:")));
  assert.ok(at >= 0, "the sample holds such an address");
  const id = await tab.evaluate((at) => JSON.parse(document.getElementById("rows").textContent).id[at], at);
  await tab.evaluate((id) => { location.hash = `#cluster=${id}`; }, id);
  await tab.waitForSelector("#cluster .members");
  const protocols = await tab.locator("main a[target]").evaluateAll((all) => all.map((link) => link.protocol));
  assert.ok(protocols.every((protocol) => protocol === "https:"), protocols.join());
  assert.equal(await tab.locator("#cluster .members a.site").count(), 0);
  await tab.close();
});

test("a hostile list address filters and does nothing else", async () => {
  for (const hash of ["#clusters?outlet=%3Cimg%20src%3Dx%3E", "#clusters?sort=__proto__&order=x", "#clusters?sort=constructor", "#clusters?relation=%00&agency=__proto__", "#clusters?least=x&most=-1&from=9999-99-99&outlets=1e9"]) {
    const tab = await open(FILE, { hash });
    await tab.waitForTimeout(50);
    assert.equal(await tab.locator("main img").count(), 0);
    assert.deepEqual(tab.trouble, [], hash);
    await tab.close();
  }
});

test("names of outlets keep to themselves", async () => {
  const tab = await open(FILE);
  const name = tab.locator("#overview .carriers bdi", { hasText: "<b>Bold</b> & Sons" });
  assert.equal(await name.count(), 1);
  const isolated = await tab.evaluate(() => [...document.querySelectorAll("#overview .carriers bdi")].every((bdi) => getComputedStyle(bdi).unicodeBidi === "isolate"));
  assert.ok(isolated);
  await tab.close();
});

test("a hostile address opens nothing", async () => {
  for (const hash of ["#cluster=%3Cimg%20src%3Dx%3E", "#cluster=%E0%A4%A", "#check=__proto__&n=x", "#cluster=&with=%00", "#%22%3E<script>"]) {
    const tab = await open(FILE, { hash });
    await tab.waitForTimeout(50);
    assert.equal(await tab.locator("main img").count(), 0);
    assert.deepEqual(tab.trouble, [], hash);
    await tab.close();
  }
});

test("the policy refuses what is put into the page", async () => {
  const tab = await open(FILE);
  await tab.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.attacked = 4";
    document.body.append(script);
    const image = document.createElement("img");
    image.src = "http://example.invalid/x.png";
    document.body.append(image);
  });
  await tab.waitForTimeout(100);
  assert.equal(await attacked(tab), 0);
  assert.ok(tab.trouble.some((line) => line.includes("script-src")));
  assert.ok(tab.trouble.some((line) => line.includes("img-src") || line.includes("default-src")));
  await tab.close();
});
