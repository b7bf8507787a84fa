// The filtered table as a file.

/** A cell of CSV. What a spreadsheet would take for a formula is made text by an apostrophe. */
function cell(value) {
  const text = String(value ?? "");
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** The rows that are shown, in their order, as plain values. */
function exported() {
  return order.map((row) => ({
    cluster_id: rows.id[row],
    title: rows.title[row],
    documents: rows.size[row],
    outlets: rows.outlets[row].length,
    first_outlet: outletName(rows.outlets[row][0]),
    first_day: rows.day[row] === null ? null : isoDay(rows.day[row]),
    last_day: rows.day[row] === null ? null : isoDay(rows.day[row] + rows.span[row]),
    agency: rows.agency[row] < 0 ? null : head.agencies[rows.agency[row]],
    relations: head.relations.filter((_, number) => rows.relations[row] & (1 << number)).join(" "),
    carried_by: rows.outlets[row].map((outlet) => outletName(outlet)).join("; "),
    opening: rows.opening[row],
  }));
}

function exportTable(form) {
  const all = exported();
  if (form === "json") {
    hand("clusters.json", "application/json", JSON.stringify(all, null, 1) + "\n");
  } else {
    const names = ["cluster_id", "title", "documents", "outlets", "first_outlet", "first_day", "last_day", "agency", "relations", "carried_by", "opening"];
    const lines = [names, ...all.map((row) => names.map((name) => row[name]))];
    hand("clusters.csv", "text/csv", lines.map((line) => line.map(cell).join(",") + "\r\n").join(""));
  }
  say(`${counted(all.length, "cluster")} exported.`);
}
