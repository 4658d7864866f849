// The rows of an output file, what of them is shown, and in which order.
import { days, flat, stated } from "./format.js";

export const TABLES = ["amounts", "percentages", "caps", "lead_units", "deadlines"];

/**
 * @typedef {object} Fact
 * @property {string} table
 * @property {Record<string, any>} row
 * @property {string} json the row as the output file has it, numbers exact
 */

/**
 * What the page knows of a source.
 * @typedef {object} Sheet
 * @property {any} file the output file
 * @property {Fact[]} facts in the order of the text
 * @property {Map<string, Fact>} byId
 * @property {Map<string, any>} provisions by id
 */

/** Reads an output file; each row of it is a line. @param {string} text @returns {Sheet} */
export function readSheet(text) {
  const file = JSON.parse(text);
  const lines = text.split("\n");
  const facts = TABLES.flatMap((table) => {
    const head = lines.indexOf(`"${table}":[`);
    return file[table].map((row, index) => ({ table, row, json: plain(lines[head + 1 + index]) }));
  });
  facts.sort((a, b) => a.row.start - b.row.start || b.row.end - a.row.end);
  const provisions = new Map(file.provisions.map((row) => [row.id, row]));
  return { file, facts, byId: new Map(facts.map((fact) => [fact.row.id, fact])), provisions };
}

/** A row as the program writes it: no comma at its end, and `<` as it is. @param {string} line */
function plain(line) {
  const unescape = { "\\u003c": "<", "\\u2028": "\u2028", "\\u2029": "\u2029" };
  return line.replace(/,$/, "").replace(/\\(?:u003c|u202[89]|.)/g, (found) => unescape[found] ?? found);
}

/** A number of a row with all its digits, as text; null if the row has none. @param {Fact} fact @param {string} field */
export function exact({ json }, field) {
  return json.match(`"${field}":(-?[0-9.]+)`)?.[1] ?? null;
}

/** The provision of a fact and those above it, the top one first. @param {Sheet} sheet @param {string} id */
export function path(sheet, id) {
  const found = [];
  for (let row = sheet.provisions.get(id); row; row = sheet.provisions.get(row.parent)) found.unshift(row);
  return found;
}

/** What a fact is counted in. @param {Fact} fact @returns {string | null} */
export function unitOf({ table, row }) {
  if (table === "amounts") return row.currency;
  if (table === "deadlines") return row.duration === null ? null : "duration";
  return row.unit ?? null;
}

/** @param {Fact} fact */
export function officeOf({ row }) {
  return row.name ?? flat(row.raw);
}

/** The offices that answer for a provision: stated there or above. @param {Sheet} sheet @returns {Map<string, Set<string>>} */
export function officesByProvision(sheet) {
  const offices = new Map();
  const add = (provision, office) => {
    if (!offices.has(provision)) offices.set(provision, new Set());
    offices.get(provision).add(office);
  };
  for (const fact of sheet.facts) if (fact.table === "lead_units") add(fact.row.provision, officeOf(fact));
  for (const row of sheet.file.provisions) {
    for (const id of row.lead_units_inherited) add(row.id, officeOf(sheet.byId.get(id)));
  }
  return offices;
}

/**
 * What is asked for; an empty text asks for nothing.
 * @typedef {object} Filter
 * @property {Set<string>} tables
 * @property {string} bound
 * @property {string} unit
 * @property {string} office
 * @property {string} query
 */

/** @returns {Filter} */
export function everything() {
  return { tables: new Set(TABLES), bound: "", unit: "", office: "", query: "" };
}

/** Facts that the filter lets through. An office lets through what it answers for. @param {Sheet} sheet @param {Filter} filter */
export function matching(sheet, filter) {
  const offices = filter.office === "" ? null : officesByProvision(sheet);
  const query = flat(filter.query).toLowerCase();
  return sheet.facts.filter((fact) => {
    const { table, row } = fact;
    if (!filter.tables.has(table)) return false;
    if (filter.bound !== "" && row.bound !== filter.bound) return false;
    if (filter.unit !== "" && unitOf(fact) !== filter.unit) return false;
    if (offices !== null) {
      const answers = table === "lead_units" ? officeOf(fact) === filter.office : offices.get(row.provision)?.has(filter.office);
      if (!answers) return false;
    }
    return query === "" || words(sheet, fact).includes(query);
  });
}

/** All that a search may find a fact by. */
function words(sheet, fact) {
  const { row } = fact;
  const provision = sheet.provisions.get(row.provision);
  const parts = [row.raw, stated(fact), row.name, row.scope, row.trigger, row.cue, row.rule, provision?.label, provision?.heading];
  return flat(parts.filter((part) => part).join("\u0000")).toLowerCase();
}

/** @typedef {{ by: "place" | "table" | "raw" | "value", down: boolean }} Order */

/** Facts in the order asked for; facts of different tables are never compared by value. @param {Fact[]} facts @param {Order} order */
export function sorted(facts, { by, down }) {
  const keys = { place: () => 0, table: () => 0, raw: (fact) => flat(fact.row.raw), value: size }[by];
  const groups = by === "table" || by === "value" ? (fact) => TABLES.indexOf(fact.table) : () => 0;
  const known = facts.map((fact, index) => ({ fact, index, group: groups(fact), key: keys(fact) }));
  const sign = down ? -1 : 1;
  known.sort((a, b) => a.group - b.group || sign * compare(a.key, b.key) || (by === "place" ? sign : 1) * (a.index - b.index));
  return known.map(({ fact }) => fact);
}

function compare(a, b) {
  return typeof a === "string" && typeof b === "string" ? a.localeCompare(b, "zh") : (a > b) - (a < b);
}

/** What a fact is sorted by among its like: a number, or a name. */
function size({ table, row }) {
  switch (table) {
    case "caps":
      return row.of === "duration" ? days(row.value) : row.value;
    case "lead_units":
      return row.name ?? flat(row.raw);
    case "deadlines":
      // What has a day comes before what has a length only.
      return Date.parse(row.to ?? row.from ?? "") || 1e15 + (row.duration === null ? 0 : days(row.duration));
    default:
      return row.value;
  }
}

const FIELDS = [
  "id", "provision", "start", "end", "raw", "value", "upper", "currency", "unit", "bound", "per", "change", "of", "cue", "scope",
  "fact", "name", "role", "kind", "from", "to", "duration", "working_days", "trigger", "rule",
];

/** Facts as CSV (RFC 4180) with a byte-order mark, by which Excel knows UTF-8. @param {Sheet} sheet @param {Fact[]} facts */
export function csv(sheet, facts) {
  const line = (fact) => {
    const provision = sheet.provisions.get(fact.row.provision);
    const place = [sheet.file.source.name, fact.table, provision?.label ?? "", provision?.heading ?? ""];
    return [...place, ...FIELDS.map((field) => cell(fact, field))];
  };
  const lines = [["source", "table", "label", "heading", ...FIELDS], ...facts.map(line)];
  return "\uFEFF" + lines.map((cells) => cells.map(quoted).join(",") + "\r\n").join("");
}

function cell(fact, field) {
  const value = fact.row[field] ?? "";
  if (field === "per" && value !== "") return (value.value === 1 ? "" : `${value.value} `) + value.unit;
  return typeof value === "number" ? exact(fact, field) : String(value);
}

function quoted(text) {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
