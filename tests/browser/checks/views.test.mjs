// Every view of reports as the program writes them, read from end to end: no hole where a value should be, no heading without words,
// and figures that come to what the tables of the run say.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { open, start, stop } from "../browser.mjs";
import { finding, report } from "../report.mjs";

const REPORTS = ["newsroom/report.html", "newsroom/report-min-outlets-3.html", "dedup/report.html", "near/report.html", "index.html"].filter((name) => existsSync(report(name)));

before(start);
after(stop);

const jsonl = (path) => readFileSync(path, "utf8").trim().split("\n").map((line) => JSON.parse(line));

/** The data behind a page. */
const blocks = (tab) => tab.evaluate(() => Object.fromEntries([...document.querySelectorAll("script[type='application/json']")].map((block) => [block.id, block.textContent === "" ? null : JSON.parse(block.textContent)])));

/** The addresses of all views that a report has. */
async function addresses(tab) {
  const { rows, members, "check-lists": lists } = await blocks(tab);
  const found = ["#overview", "#clusters", "#cluster=nobody"];
  rows.id.forEach((id, row) => {
    found.push(`#cluster=${id}`);
    for (const [place, member] of members[row].entries()) {
      if (place > 0) found.push(`#cluster=${id}&with=${encodeURIComponent(member[0])}`);
    }
    if (members[row].length > 2) found.push(`#cluster=${id}&of=${encodeURIComponent(members[row][1][0])}&with=${encodeURIComponent(members[row][2][0])}`);
    found.push(`#cluster=${id}&of=${encodeURIComponent(members[row][1][0])}&with=${encodeURIComponent(members[row][1][0])}`);
  });
  for (const list of ["sample", "doubtful"]) for (let at = 1; at <= Math.min(12, lists?.[list].length ?? 0); at += 1) found.push(`#check=${list}&n=${at}`);
  return found;
}

/** What is wrong with the text of what a tab shows. */
const holes = (tab) => tab.evaluate(() => {
  const value = /\b(null|undefined|NaN|Infinity)\b|nullnull|\[object|\{\{/;
  const found = [];
  for (const part of document.querySelectorAll("body *")) {
    if (part.closest("script, style, template, noscript, datalist, [hidden]")) continue;
    const ofTheCorpus = part.closest(".text, .side, bdi");
    const own = [...part.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.textContent);
    for (const said of [...own, part.getAttribute("title"), part.getAttribute("aria-label")]) {
      if (said && (ofTheCorpus ? /^\s*(null|undefined|NaN)+\s*$/ : value).test(said)) found.push(`${part.tagName} ${part.className}: ${said.trim().slice(0, 80)}`);
    }
    const words = part.textContent.trim();
    if (/^(H[1-4]|TH|SUMMARY|BUTTON|LEGEND|DT|DD|OPTION|A|P|FIGCAPTION)$/.test(part.tagName) && words === "" && !part.getAttribute("aria-label") && part.id !== "said" && part.className !== "carrying") found.push(`${part.tagName} without words`);
    // Where a value is missing, marks stand alone.
    if (!ofTheCorpus && /^(P|DD|DT|H1|H2|TH)$/.test(part.tagName) && / ,|, ,|^[,.:;]|\(\s*\)|· ·|·$/.test(part.innerText.trim())) found.push(`${part.tagName}: ${part.innerText.trim().slice(0, 80)}`);
    if (/^(DL|OL|UL|TBODY)$/.test(part.tagName) && part.children.length === 0) found.push(`${part.tagName} without content`);
  }
  return found;
});

for (const name of REPORTS) {
  test(`${name}: every view says what it has, and nothing else`, async () => {
    const tab = await open(report(name));
    for (const address of await addresses(tab)) {
      await tab.evaluate((address) => { location.hash = address; }, address);
      await tab.waitForFunction((view) => !document.getElementById(view).hidden, /^#(\w+)/.exec(address)[1]);
      assert.deepEqual(await holes(tab), [], address);
      const headings = await tab.locator("main > .view:not([hidden]) h1").allTextContents();
      assert.equal(headings.length, 1, `one heading in ${address}`);
    }
    assert.deepEqual(tab.trouble, []);
    await tab.close();
  });

  test(`${name}: axe finds nothing in any kind of view`, async () => {
    const first = await open(report(name));
    const { rows, members, "check-lists": lists } = await blocks(first);
    await first.close();
    const story = `#cluster=${rows.id[0]}`;
    const kinds = ["", "#clusters", story, `${story}&with=${encodeURIComponent(members[0][1][0])}`, `${story}&of=${encodeURIComponent(members[0][1][0])}&with=${encodeURIComponent(members[0].at(-1)[0])}`, ...(lists?.sample.length > 0 ? ["#check=sample&n=1"] : [])];
    for (const scheme of ["light", "dark"]) {
      for (const hash of kinds) {
        const tab = await open(report(name), { hash, scheme });
        assert.deepEqual(await finding(tab), [], `${scheme} ${hash}`);
        await tab.close();
      }
    }
  });

  test(`${name}: figures come to what the tables say`, async () => {
    const tab = await open(report(name));
    const { rows, head } = await blocks(tab);
    const sum = (values) => values.reduce((all, value) => all + value, 0);
    const plain = (text) => Number(text.replaceAll(",", ""));
    const tiles = Object.fromEntries(await tab.locator(".figures div").evaluateAll((all) => all.map((tile) => [tile.querySelector("dt").textContent, tile.querySelector("dd").firstChild.textContent])));
    assert.equal(plain(tiles["stories with copies"]), rows.id.length);
    assert.equal(plain(tiles.repeats), sum(rows.size) - rows.id.length);
    const outlets = rows.outlets.map((list) => list.length);
    if (outlets.some((many) => many > 0)) assert.equal(plain(tiles["in 2 outlets or more"]), outlets.filter((many) => many > 1).length);
    else assert.equal(tiles["in 2 outlets or more"], undefined);

    // The bars of the sizes are all stories, those of the pairs all that is said of them.
    const bars = await tab.locator("#overview figure").evaluateAll((all) => all.map((figure) => ({
      title: figure.querySelector("h3").textContent,
      says: figure.querySelector("p").textContent,
      titles: [...figure.querySelectorAll("rect.full title")].map((title) => title.textContent),
    })));
    const figureOf = (word) => bars.find(({ title }) => title.includes(word));
    const sizes = figureOf("How many documents tell");
    assert.equal(sum(sizes.titles.map((title) => plain(/^[\d,]+/.exec(title)[0]))), rows.id.length);
    const alike = figureOf("How alike");
    if (alike) {
      const [, accepted, refused] = /Of the candidates ([\d,]+) were accepted, ([\d,]+) refused/.exec(alike.says).map(plain);
      const notDrawn = plain(/Not drawn: ([\d,]+)/.exec(alike.says)?.[1] ?? "0");
      assert.equal(sum(alike.titles.map((title) => plain(/([\d,]+) accepted/.exec(title)[1]))), accepted);
      assert.equal(sum(alike.titles.map((title) => plain(/([\d,]+) refused/.exec(title)[1]))) + notDrawn, refused);
    }

    // Every line of the outlets opens as many stories as it counts, and those with others among them.
    const lines = await tab.locator(".carriers tbody tr").evaluateAll((all) => all.map((line) => ({ list: line.querySelector("a").getAttribute("href"), figures: [...line.querySelectorAll(".figure")].map((cell) => cell.textContent) })));
    const foundIn = async (address) => {
      await tab.evaluate((address) => { location.hash = address; }, address);
      await tab.waitForFunction(() => !document.getElementById("clusters").hidden);
      return plain(/^[\d,]+/.exec(await tab.textContent("#found"))[0]);
    };
    for (const { list, figures } of lines) {
      assert.equal(await foundIn(list), plain(figures[1]), list);
      assert.equal(await foundIn(`${list}&outlets=2`), plain(figures[2]), list);
    }
    // And so do the tiles and the bars.
    for (const [name, address] of await tab.locator(".figures a").evaluateAll((all) => all.map((link) => [link.closest("div").querySelector("dt").textContent, link.getAttribute("href")]))) {
      if (name === "repeats") continue; // of all stories
      const expected = name === "removed" ? rows.gone.filter((gone) => gone > 0).length : plain(tiles[name]);
      assert.equal(await foundIn(address), expected, name);
    }
    for (const [address, title] of await tab.locator("#overview [data-stories]").evaluateAll((all) => all.map((bar) => [bar.dataset.stories, bar.querySelector("title").textContent]))) {
      const found = await foundIn(address);
      if (address.includes("least=")) assert.equal(found, plain(/^[\d,]+/.exec(title)[0]), title);
    }

    // Against the tables of the run, where there is one and all of it is shown.
    const folder = report(name).replace(/\/[^/]*$/, "");
    if (existsSync(`${folder}/clusters.jsonl`) && !name.includes("min-outlets")) {
      const table = jsonl(`${folder}/clusters.jsonl`);
      assert.equal(sum(rows.size), table.length);
      const run = JSON.parse(readFileSync(`${folder}/run.json`, "utf8"));
      assert.equal(plain(tiles.documents), run.counts.read - run.counts.rejected);
      if (head.removes) assert.deepEqual([plain(tiles.removed), sum(rows.gone)], [run.counts.removed, run.counts.removed]);
      else assert.equal(tiles.removed, undefined);
    }
    assert.deepEqual(tab.trouble, []);
    await tab.close();
  });
}

test("a day in the filter has a document in every story that is shown", async () => {
  const tab = await open(report("newsroom/report.html"));
  const { rows } = await blocks(tab);
  const days = new Map();
  for (const { cluster_id, date } of jsonl(report("newsroom/clusters.jsonl"))) if (date) days.set(date.slice(0, 10), (days.get(date.slice(0, 10)) ?? new Set()).add(cluster_id));
  assert.ok(days.size > 5 && rows.id.length === 15);
  for (let day = Date.UTC(2024, 9, 9); day < Date.UTC(2024, 9, 27); day += 86_400_000) {
    const iso = new Date(day).toISOString().slice(0, 10);
    await tab.evaluate((iso) => { location.hash = `#clusters?from=${iso}&until=${iso}`; }, iso);
    await tab.waitForFunction((iso) => document.querySelector("[name=from]").value === iso, iso);
    assert.equal(Number(/^\d+/.exec(await tab.textContent("#found"))[0]), days.get(iso)?.size ?? 0, iso);
  }
  await tab.close();
});

test("filters and order are in the address, there and back", async () => {
  const tab = await open(report("newsroom/report.html"), { hash: "#clusters" });
  await tab.fill("[name=outlet]", "The Deccan Ledger");
  await tab.click("th[data-sort=day] button");
  await tab.waitForFunction(() => location.hash.includes("outlet=The%20Deccan%20Ledger") && location.hash.includes("sort=day"));
  const [address, found] = [await tab.evaluate(() => location.hash), await tab.textContent("#found")];
  await tab.click("#table tbody tr[data-place='0'] a");
  await tab.waitForSelector("#cluster .members");
  assert.equal(await tab.getAttribute("#cluster .back a", "href"), address);
  await tab.click("#cluster .back a");
  assert.equal(await tab.textContent("#found"), found);
  await tab.close();
  const other = await open(report("newsroom/report.html"), { hash: address });
  assert.equal(await other.textContent("#found"), found);
  assert.equal(await other.getAttribute("th[data-sort=day]", "aria-sort"), "ascending");
  await other.click("text=Clear all");
  await other.waitForFunction(() => document.getElementById("found").textContent === "15 stories");
  assert.deepEqual(other.trouble, []);
  await other.close();
});

test("an export names its filter and holds a row for every document", async () => {
  const tab = await open(report("dedup/report.html"), { hash: "#clusters?outlet=newsfeed24.example" });
  const said = await tab.textContent("#taking");
  const [csv] = await Promise.all([tab.waitForEvent("download"), tab.click("#csv")]);
  assert.equal(csv.suggestedFilename(), "clusters-newsfeed24.example.csv");
  const text = readFileSync(await csv.path(), "utf8");
  assert.ok(text.startsWith("\ufeff\"cluster_id\""), "a byte order mark");
  const [json] = await Promise.all([tab.waitForEvent("download"), tab.click("#json")]);
  const rows = JSON.parse(readFileSync(await json.path(), "utf8"));
  assert.equal(said, `Export ${new Set(rows.map((row) => row.cluster_id)).size} stories, ${rows.length} documents:`);
  assert.equal(text.trimEnd().split("\r\n").length, rows.length + 1);
  const known = new Map(jsonl(report("dedup/documents.jsonl")).map((row) => [row.id, row]));
  for (const row of rows) {
    const document = known.get(row.document_id);
    assert.equal(row.cluster_id, document.cluster_id);
    assert.equal(row.verdict, document.verdict);
    assert.equal(row.carried_by, document.verdict === "removed" ? document.duplicate_of : null);
  }
  await tab.close();
});

test("headlines lead to the site of their document, and only there", async () => {
  const tab = await open(report("newsroom/report.html"), { hash: "#clusters" });
  await tab.click("#table tbody tr[data-place='0'] a");
  await tab.waitForSelector("#cluster .members");
  const links = await tab.locator("#cluster a.site").evaluateAll((all) => all.map((link) => [link.protocol, link.rel, link.target]));
  assert.ok(links.length > 3);
  for (const link of links) assert.deepEqual(link, ["https:", "noreferrer", "_blank"]);
  await tab.close();
});

test("any two documents of a story can be chosen, or the command is there", async () => {
  const tab = await open(report("newsroom/report.html"), { hash: "#clusters" });
  await tab.click("#table tbody tr[data-place='0'] a");
  await tab.waitForSelector("#cluster .choose");
  const choose = async (one, other) => {
    await tab.locator("#cluster .choose select").nth(0).selectOption(String(one));
    await tab.locator("#cluster .choose select").nth(1).selectOption(String(other));
    await tab.click("#cluster .choose button");
  };
  await choose(0, 2);
  await tab.waitForSelector("#cluster .pair");
  // The other way round it is the same pair.
  await choose(2, 0);
  await tab.waitForFunction(() => location.hash.includes("of="));
  await tab.waitForSelector("#cluster .pair");
  await choose(3, 7);
  await tab.waitForSelector("#cluster .empty .command");
  assert.match(await tab.textContent("#cluster .empty .command"), /^wirecopy explain \S+ \S+ --run \S+ --html pair.html$/);
  assert.deepEqual(tab.trouble, []);
  await tab.close();
});
