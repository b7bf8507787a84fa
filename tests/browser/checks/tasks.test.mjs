// What a researcher came for, from the first view on: every answer right, by the tables of the run, and in no more steps than stated.
// A step is a click, a key or a field that is filled.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { open, start, stop } from "../browser.mjs";
import { report } from "../report.mjs";

const FILE = report("newsroom/report.html");
const table = () => readFileSync(report("newsroom/clusters.jsonl"), "utf8").trim().split("\n").map((line) => JSON.parse(line));

before(start);
after(stop);

/** Opens the report, and counts steps. */
async function reader() {
  const tab = await open(FILE);
  let steps = 0;
  const step = async (act) => {
    steps += 1;
    await act();
    await tab.waitForTimeout(160); // a filter waits for the next letter
  };
  return { tab, step, steps: () => steps };
}

test("what everybody carried on a day: one step", async () => {
  const { tab, step, steps } = await reader();
  const [day, iso] = ["16 Oct 2024", "2024-10-16"];
  await step(() => tab.locator("#overview [data-stories]", { hasText: `${day}:` }).first().click());
  const shown = await tab.locator("#table tr[data-place]").evaluateAll((all) => all.map((row) => [/cluster=(\w+)/.exec(row.querySelector("a").href)[1], Number(row.querySelector(".outlets").textContent)]));
  const rows = table();
  const expected = new Set(rows.filter((row) => row.date.startsWith(iso)).map((row) => row.cluster_id));
  assert.deepEqual(new Set(shown.map(([id]) => id)), expected);
  // By outlets, most first.
  for (const [id, outlets] of shown) assert.equal(outlets, new Set(rows.filter((row) => row.cluster_id === id && row.publisher).map((row) => row.publisher)).size);
  assert.deepEqual(shown.map(([, outlets]) => outlets), shown.map(([, outlets]) => outlets).sort((a, b) => b - a));
  assert.equal(steps(), 1);
  await tab.close();
});

test("who was first with a story, and how late another was: one step", async () => {
  const { tab, step, steps } = await reader();
  await step(() => tab.locator(".carried a").first().click());
  const line = (outlet) => tab.locator("#cluster .members tr", { hasText: outlet }).locator(".when b").first().textContent();
  const rows = table().filter((row) => row.id.startsWith("strike-") && row.cluster_size === 9);
  const late = rows.find((row) => row.publisher === "Pacific Observer");
  assert.equal(await tab.locator("#cluster .members tbody tr").first().locator(".outlet").textContent(), rows.find((row) => row.lag_seconds === 0).publisher);
  assert.equal(await line("wiremirror.example"), "first");
  assert.equal(late.lag_seconds, 9_720);
  assert.equal(await line("Pacific Observer"), "+2 h 42");
  assert.equal(steps(), 1);
  await tab.close();
});

test("what one outlet changed in a story: two steps", async () => {
  const { tab, step, steps } = await reader();
  await step(() => tab.locator(".carried a").first().click());
  await step(() => tab.locator("#cluster .members tr", { hasText: "marketdesk.example" }).locator(".compare a").click());
  await tab.waitForSelector("#cluster .pair");
  const row = table().find((row) => row.id === "strike-marketdesk");
  const percent = (share) => `${Math.round(share * 100)} %`;
  const said = await tab.textContent("#cluster .decision p");
  assert.equal(row.relation, "excerpt");
  assert.ok(said.includes("an excerpt") && said.includes(`${percent(row.coverage)} of the second`) && said.includes(`${percent(row.representative_coverage)} of the first`), said);
  assert.ok((await tab.locator("#cluster .pair del").count()) > 0, "what was cut is marked");
  assert.equal(steps(), 2);
  await tab.close();
});

test("the stories of one outlet as CSV, with ids: two steps", async () => {
  const { tab, step, steps } = await reader();
  const outlet = "harbourpost.example";
  await step(() => tab.locator(".carriers a", { hasText: outlet }).click());
  const waiting = tab.waitForEvent("download");
  await step(() => tab.click("#csv"));
  const lines = readFileSync(await (await waiting).path(), "utf8").trimEnd().split("\r\n").slice(1);
  const rows = table();
  const stories = new Set(rows.filter((row) => row.publisher === outlet).map((row) => row.cluster_id));
  const expected = rows.filter((row) => stories.has(row.cluster_id)).map((row) => row.id);
  assert.deepEqual(lines.map((line) => line.split(",")).map((cells) => cells.find((cell) => expected.includes(cell.slice(1, -1)))?.slice(1, -1)).sort(), expected.sort());
  assert.equal(steps(), 2);
  await tab.close();
});

test("twenty pairs judged to a figure: two steps and twenty keys", async () => {
  const { tab, step, steps } = await reader();
  await step(() => tab.click("nav [data-view=check]"));
  await step(() => tab.check("#accepted-only"));
  for (let pair = 1; pair <= 20; pair += 1) {
    const verdict = pair === 7 ? "d" : "s";
    await step(() => tab.keyboard.press(verdict));
  }
  const said = await tab.textContent("#quality");
  const [, value, low, high, judged, of] = /^Precision (\d\.\d\d), (\d\.\d\d) to (\d\.\d\d), from (\d+) of (\d+) accepted pairs/.exec(said).map(Number);
  assert.equal(judged, 20);
  assert.ok(low < value && value <= high && value > 0.8 && value < 1, said);
  const drawn = JSON.parse(await tab.textContent("#check-lists"));
  assert.ok(of >= 20 && drawn.sample.length >= 20);
  assert.equal(steps(), 22);
  await tab.close();
});
