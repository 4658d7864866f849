// Values in words that people read: 2000万元, ≤ 15%, 5个工作日.
import { language, word } from "./words.js";

const SIGNS = { exactly: "", at_least: "≥ ", more_than: "> ", at_most: "≤ ", less_than: "< ", about: "≈ ", between: "" };

/** 20000000 → 2000万, or 20M. @param {number} value */
export function short(value) {
  const [place, digits] = language === "zh" ? ["zh-CN", 4] : ["en", 3];
  return new Intl.NumberFormat(place, { notation: "compact", maximumFractionDigits: digits, useGrouping: false }).format(value);
}

/** Groups the digits of an exact number: "20000000.5" → 20,000,000.5. @param {string} number */
export function grouped(number) {
  const [whole, fraction] = number.split(".");
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? groups : `${groups}.${fraction}`;
}

/** 2000万元, or 20M CNY. @param {number} value @param {string} currency */
export function money(value, currency) {
  return language === "zh" ? short(value) + word(currency) : `${short(value)} ${word(currency)}`;
}

/** 0.15 → 15%; 0.003 as permille → 3‰. @param {number} value @param {string} unit */
export function rate(value, unit) {
  const scale = unit === "permille" ? 1000 : 100;
  const number = Number((value * scale).toPrecision(12));
  if (unit === "percentage_point") return language === "zh" ? `${number}个百分点` : `${number} pp`;
  return number + (unit === "permille" ? "‰" : "%");
}

const UNITS = {
  Y: ["年", "y"],
  M: ["个月", "mo"],
  W: ["周", "wk"],
  D: ["天", "d"],
  H: ["小时", "h"],
  m: ["分钟", "min"],
  S: ["秒", "s"],
};

/** ISO 8601 → 5个工作日, 12个月, 1年6个月. @param {string} iso @param {boolean} working */
export function duration(iso, working = false) {
  const [days, hours = ""] = iso.slice(1).split("T");
  const parts = [...days.matchAll(/([\d.]+)([YMWD])/g), ...hours.replace("M", "m").matchAll(/([\d.]+)([HmS])/g)];
  if (parts.length === 0) return iso;
  const told = parts.map(([, number, unit]) => {
    if (unit === "D" && working) return language === "zh" ? `${number}个工作日` : `${number} working d`;
    return language === "zh" ? number + UNITS[unit][0] : `${number} ${UNITS[unit][1]}`;
  });
  return told.join(language === "zh" ? "" : " ");
}

/** The days of a duration, roughly, to sort by. @param {string} iso */
export function days(iso) {
  const [whole, hours = ""] = iso.slice(1).split("T");
  const sum = (text, sizes) =>
    [...text.matchAll(/([\d.]+)([A-Z])/g)].reduce((all, [, number, unit]) => all + number * sizes[unit], 0);
  return sum(whole, { Y: 365, M: 30, W: 7, D: 1 }) + sum(hours, { H: 1 / 24, M: 1 / 1440, S: 1 / 86400 });
}

/** What a fact states, on one line. @param {import("./rows.js").Fact} fact */
export function stated({ table, row }) {
  switch (table) {
    case "amounts":
      return bounded(row, (value) => money(value, row.currency)) + per(row.per);
    case "percentages": {
      const arrow = { increase: "↑ ", decrease: "↓ " }[row.change] ?? "";
      return arrow + bounded(row, (value) => rate(value, row.unit));
    }
    case "caps":
      return "≤ " + limit(row);
    case "lead_units":
      return `${row.name ?? flat(row.raw)} · ${word(row.role)}`;
    default:
      return time(row);
  }
}

function bounded(row, show) {
  return row.upper === null ? SIGNS[row.bound] + show(row.value) : `${show(row.value)} – ${show(row.upper)}`;
}

function per(counted) {
  if (counted === null) return "";
  return "/" + (counted.value === 1 ? "" : counted.value) + counted.unit;
}

function limit(row) {
  if (row.of === "amount") return money(row.value, row.unit);
  if (row.of === "percentage") return rate(row.value, row.unit);
  if (row.of === "duration") return duration(row.value);
  return `${row.value} ${row.unit}`;
}

function time(row) {
  const length = row.duration === null ? null : duration(row.duration, row.working_days);
  if (row.from !== null && row.to !== null) return row.from === row.to ? row.to : `${row.from} – ${row.to}`;
  if (row.to !== null) return `→ ${row.to}`;
  if (row.from !== null) return `${row.from} →`;
  const start = row.trigger === null ? null : `${row.trigger} →`;
  return [start, length].filter((part) => part !== null).join(" ") || word(row.kind);
}

/** Words on one line: a value broken over lines reads as one. @param {string} text */
export function flat(text) {
  return text.replace(/\s+/g, "");
}
