// Stories as a file, a row for every document, so that it joins with the corpus by their ids.

const COLUMNS = ["cluster_id", "story", "documents", "outlets", "document_id", "outlet", "date", "headline", "relation", "coverage", "words", "agency", "url"];
const REMOVAL = ["verdict", "carried_by"];

/** A cell of CSV. What a spreadsheet would take for a formula is made text by an apostrophe. */
function cell(value) {
  if (typeof value === "number") return String(value);
  const text = String(value ?? "");
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** The documents of a row as plain values; one without a document where the page was too small for them. */
function documentsOf(row) {
  const story = { cluster_id: rows.id[row], story: rows.title[row], documents: rows.size[row], outlets: rows.outlets[row].length };
  const members = membersOf(row);
  if (members === null) return [story];
  return members.map((member) => ({
    ...story,
    document_id: member.id,
    outlet: member.outlet,
    date: member.date,
    headline: member.title,
    relation: member.relation ?? "representative",
    coverage: member.relation === null ? null : member.coverage,
    words: member.words,
    agency: member.agency,
    url: member.url,
    ...(head.removes ? { verdict: member.witness === null ? "kept" : "removed", carried_by: member.witness } : {}),
  }));
}

/** What a file may be called everywhere. */
function fileName(name) {
  return name.replace(/[^\p{L}\p{N}._-]+/gu, "-").replace(/-+/g, "-").slice(0, 80).replace(/[-.]+$/, "");
}

function exportStories(chosen, form, name) {
  const all = chosen.map((row) => documentsOf(row));
  const documents = all.flat();
  if (form === "json") {
    hand(`${fileName(name)}.json`, "application/json", JSON.stringify(documents, null, 1) + "\n");
  } else {
    const names = head.removes ? [...COLUMNS, ...REMOVAL] : COLUMNS;
    const lines = [names, ...documents.map((row) => names.map((column) => row[column]))];
    // With a byte order mark spreadsheets read it as UTF-8.
    hand(`${fileName(name)}.csv`, "text/csv", "\ufeff" + lines.map((line) => line.map(cell).join(",") + "\r\n").join(""));
  }
  const without = all.filter((rows) => rows[0].document_id === undefined).length;
  say(`${counted(chosen.length, "story", "stories")} exported.${without > 0 ? ` Of ${count(without)} the documents are not in this report.` : ""}`);
}
