// The facts as rows, and all that is known of the chosen one.
import { word } from "./words.js";
import { duration, flat, grouped, stated } from "./format.js";
import { exact, officeOf, path } from "./rows.js";
import { element } from "./dom.js";
import { first, provisionTitle } from "./outline.js";

/** @param {import("./rows.js").Sheet} sheet @param {import("./rows.js").Fact} fact */
export function tableRow(sheet, fact) {
  const { table, row } = fact;
  const steps = path(sheet, row.provision);
  const place = steps.map((step) => step.label ?? "").join("") || word(steps.at(-1)?.form ?? "");
  return element(
    "tr",
    { "data-id": row.id, tabindex: "-1", "aria-selected": "false" },
    element("td", {}, element("span", { class: `kind ${table}` }, word(table))),
    element("td", { lang: "zh-CN" }, first(flat(row.raw), 40)),
    // The ends of a range are broken apart before they are broken.
    element("td", {}, ...stated(fact).split(/(?<= – )/).map((end) => element("span", { class: "end" }, end))),
    element("td", { lang: "zh-CN" }, place),
  );
}

/**
 * The row below the chosen one.
 * @param {import("./rows.js").Sheet} sheet
 * @param {import("./rows.js").Fact} fact
 * @param {number} line on which it begins
 * @param {{ open: (id: string) => void, go: (start: number) => void, copy: () => void }} act
 */
export function detailRow(sheet, fact, line, act) {
  const { table, row } = fact;
  const list = element("dl");
  const tell = (key, ...told) => list.append(element("dt", {}, word(key)), element("dd", {}, ...told));
  const link = (id) => element("button", { type: "button", class: "link", onclick: () => act.open(id) }, named(sheet.byId.get(id)));

  tell("raw", element("q", { lang: "zh-CN" }, flat(row.raw)));
  tell("value", element("strong", {}, stated(fact)));
  const number = exact(fact, "value");
  if (number !== null) {
    const upper = exact(fact, "upper");
    tell("exact", grouped(number) + (upper === null ? "" : ` – ${grouped(upper)}`));
  }
  for (const key of ["bound", "change", "role"]) if (row[key]) tell(key, word(row[key]));
  if (row.currency ?? row.unit) tell("unit", word(row.currency ?? row.unit));
  if (table === "deadlines") {
    tell("form", word(row.kind));
    for (const key of ["from", "to"]) if (row[key] !== null) tell(key, row[key]);
    if (row.duration !== null) tell("duration", `${duration(row.duration, row.working_days)} (${row.duration})`);
  }
  for (const key of ["name", "cue", "scope", "trigger"]) if (row[key]) tell(key, row[key]);
  if (row.fact) tell("limits", link(row.fact));
  const caps = sheet.facts.filter((other) => other.row.fact === row.id);
  if (caps.length > 0) tell("limitedBy", ...caps.map((cap) => link(cap.row.id)));

  const provision = sheet.provisions.get(row.provision);
  if (provision) {
    const steps = path(sheet, provision.id).map((row) =>
      element("button", { type: "button", class: "link", lang: "zh-CN", onclick: () => act.go(row.start) }, provisionTitle(row)),
    );
    tell("where", element("span", { class: "path" }, ...steps));
    const own = sheet.facts.filter((other) => other.table === "lead_units" && other.row.provision === provision.id && other !== fact);
    if (own.length > 0) tell("own", ...few(own.map((other) => other.row.id), link));
    if (provision.lead_units_inherited.length > 0) tell("inherited", ...few(provision.lead_units_inherited, link));
  }
  tell("rule", element("code", {}, row.rule));
  tell("place", `${word("line")}${line}${word("lineEnd")} · ${row.start}–${row.end}`);
  const copy = element("button", { type: "button", class: "copy", onclick: act.copy }, word("copy"), element("kbd", {}, "c"));
  return element("tr", { class: "detail" }, element("td", { colspan: "4" }, list, copy));
}

/** The first of many: a table of tasks may name hundreds of units at one provision. */
function few(ids, link, most = 10) {
  const more = ids.length > most ? [`… +${ids.length - most}`] : [];
  return [...ids.slice(0, most).map(link), ...more];
}

function named(fact) {
  return fact.table === "lead_units" ? `${officeOf(fact)} · ${word(fact.row.role)}` : `${word(fact.table)} ${flat(fact.row.raw)}`;
}
