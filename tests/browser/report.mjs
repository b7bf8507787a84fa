// What the checks share: where the reports are, findings of accessibility, pictures.

import { createRequire } from "node:module";
import { join } from "node:path";
import { open } from "./browser.mjs";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

export const report = (name) => join(process.env.REPORTS, name);

/** Findings of axe-core on what a tab shows, of any weight. */
export async function finding(tab) {
  // The policy of the page holds for scripts in it: axe is run from outside of it.
  const { readFile } = await import("node:fs/promises");
  await tab.evaluate(await readFile(axe, "utf8"));
  return tab.evaluate(async () => {
    const { violations } = await window.axe.run(document, { resultTypes: ["violations"] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.length}, ${nodes[0].html.slice(0, 200)} ${nodes[0].failureSummary.slice(0, 200)}`);
  });
}

/** A picture of a view, and a check that nothing stands out at the sides. */
export async function shot(file, name, { hash = "", width = 1280, scheme = "light", full = false } = {}) {
  const tab = await open(file, { hash, width, height: 860, scheme });
  await tab.waitForTimeout(200);
  await tab.screenshot({ path: join(process.env.SHOTS, `${name}-${scheme}-${width}.png`), fullPage: full });
  const wide = await tab.evaluate(() => document.documentElement.scrollWidth);
  const { trouble } = tab;
  await tab.close();
  if (wide > width) throw new Error(`${name}: ${wide} pixels wide at ${width}`);
  if (trouble.length > 0) throw new Error(`${name}: ${trouble.join("; ")}`);
}
