// The report of the fixtures, as the program writes it.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, before, test } from "node:test";
import { finding, report, shot } from "../report.mjs";
import { open, start, stop } from "../browser.mjs";

const FILE = report("newsroom/report.html");
const there = existsSync(FILE);

before(start);
after(stop);

test("every view of the newsroom is without trouble", { skip: !there }, async () => {
  const tab = await open(FILE);
  assert.match(await tab.textContent("#overview h1"), /46 of 88 documents/);
  await tab.click("nav [data-view=clusters]");
  assert.equal(await tab.textContent("#found"), "15 stories");
  // The first of the table is the strike, nine documents of eight outlets.
  await tab.click("#table tbody tr[data-place='0'] a");
  await tab.waitForSelector("#cluster .members");
  assert.equal(await tab.locator("#cluster .members tbody tr").count(), 9);
  assert.ok((await tab.locator("#cluster .kept .text [class^=k]").count()) > 5, "the text is shaded");
  await tab.click("#cluster .members tr[data-member='2'] .compare a");
  await tab.waitForSelector("#cluster .pair");
  assert.ok((await tab.locator("#cluster .pair .same").count()) > 3, "passages are aligned");
  assert.ok((await tab.locator("#cluster .pair .masked").count()) > 0, "boilerplate is told apart");
  await tab.click("nav [data-view=check]");
  await tab.waitForSelector("#judge .pair");
  assert.deepEqual(tab.trouble, []);
  await tab.close();
});

test("aligned passages say the same on both sides", { skip: !there }, async () => {
  const tab = await open(FILE, { hash: "#clusters" });
  await tab.click("#table tbody tr[data-place='0'] a");
  await tab.waitForSelector("#cluster .members");
  for (const place of [1, 2, 3, 4]) {
    await tab.goto(await tab.evaluate((place) => location.href.split("&")[0] + "&with=" + encodeURIComponent(document.querySelector(`tr[data-member='${place}'] td .id`).textContent), place));
    await tab.waitForSelector("#cluster .pair");
    const told = await tab.evaluate(() => {
      const words = (parts) => parts.map((part) => part.textContent).join(" ").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
      const runs = new Set([...document.querySelectorAll("#cluster [data-run]")].map((part) => part.dataset.run));
      return [...runs].map((run) => ["odd", "even"].map((side) => words([...document.querySelectorAll(`#cluster .pair > .side:nth-child(${side}) [data-run="${run}"]`)]).join(" ")));
    });
    assert.ok(told.length > 0);
    for (const [a, b] of told) assert.equal(a, b);
    await tab.goto(tab.url().split("&with")[0]);
    await tab.waitForSelector("#cluster .members");
  }
  assert.deepEqual(tab.trouble, []);
  await tab.close();
});

test("the newsroom has no finding of accessibility", { skip: !there }, async () => {
  for (const scheme of ["light", "dark"]) {
    for (const hash of ["", "#clusters", "#check=doubtful&n=1"]) {
      const tab = await open(FILE, { hash, scheme });
      assert.deepEqual(await finding(tab), [], `${scheme} ${hash}`);
      await tab.close();
    }
  }
});

test("the newsroom is pictured", { skip: !there }, async () => {
  for (const [width, scheme] of [[1280, "light"], [1280, "dark"], [400, "light"]]) {
    await shot(FILE, "newsroom-overview", { width, scheme });
    const tab = await open(FILE, { hash: "#clusters" });
    const cluster = await tab.getAttribute("#table tbody tr[data-place='0'] a", "href");
    await tab.close();
    await shot(FILE, "newsroom-cluster", { width, scheme, hash: cluster });
    await shot(FILE, "newsroom-pair", { width, scheme, hash: `${cluster}&with=strike-deccan` });
    await shot(FILE, "newsroom-check", { width, scheme, hash: "#check=doubtful&n=1" });
  }
});
