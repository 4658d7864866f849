// Drawings of the rows that are shown: amounts on a log scale by section, deadlines on a time line.
import { word } from "./words.js";
import { flat, short, stated } from "./format.js";
import { path } from "./rows.js";
import { drawn, element } from "./dom.js";
import { first, provisionTitle } from "./outline.js";

const DOT = 4.5;
const DAY = 86400000;

/** Powers of ten from at or below the least to at or above the greatest value. @param {number[]} values all above zero */
export function decades(values) {
  const from = Math.floor(Math.log10(Math.min(...values)));
  const to = Math.max(Math.ceil(Math.log10(Math.max(...values))), from + 1);
  return Array.from({ length: to - from + 1 }, (_, step) => 10 ** (from + step));
}

/** Puts dots that would cover each other into layers: for each place its layer, from 0. @param {number[]} places sorted */
export function layers(places, width) {
  const ends = [];
  return places.map((place) => {
    const free = ends.findIndex((end) => place - end >= width);
    const layer = free < 0 ? ends.length : free;
    ends[layer] = place;
    return layer;
  });
}

/**
 * Heaps dots on a line: each heap has a place and a count, and stands upon those that it would cover. What is many grows
 * in breadth, not in height.
 * @param {[number, number][]} heaps in order
 * @returns {{ x: number, y: number }[]} a place for each dot, `y` above the line
 */
export function pile(heaps, width, most = 24) {
  const standing = [];
  return heaps.flatMap(([place, count]) => {
    const columns = Math.ceil(count / most);
    const half = (columns * width) / 2;
    const below = standing.filter((heap) => place - half < heap.place + heap.half && heap.place - heap.half < place + half);
    const base = Math.max(0, ...below.map(({ top }) => top));
    standing.push({ place, half, top: base + Math.ceil(count / columns) * width });
    return Array.from({ length: count }, (_, dot) => ({
      x: place - half + width / 2 + (dot % columns) * width,
      y: base + Math.floor(dot / columns) * width,
    }));
  });
}

/** First days of the years, quarters or months from `from` to `to`, as few as can be told apart. @param {number} from @param {number} to */
export function dates(from, to, most = 8) {
  const months = (to - from) / (30.4 * DAY);
  const step = [1, 3, 6, 12, 24, 60, 120, 240].find((step) => months / step <= most) ?? 600;
  const first = new Date(from);
  const found = [];
  const month = Math.floor((first.getUTCFullYear() * 12 + first.getUTCMonth()) / step) * step;
  const dayOf = (month) => Date.UTC(Math.floor(month / 12), month % 12);
  for (let next = month; dayOf(next) <= to; next += step) {
    const day = dayOf(next);
    if (day >= from) found.push({ day, label: step < 12 ? new Date(day).toISOString().slice(0, 7) : String(Math.floor(next / 12)) });
  }
  return found;
}

/**
 * Amounts of one currency, a line for each section.
 * @param {import("./rows.js").Sheet} sheet
 * @param {import("./rows.js").Fact[]} facts
 * @param {number} width
 * @param {(id: string) => void} open
 */
export function amountChart(sheet, facts, width, open) {
  const amounts = facts.filter(({ table, row }) => table === "amounts" && row.value > 0);
  const figure = element("figure", {}, element("figcaption", {}, word("amountsBySection")));
  if (amounts.length === 0) return figure.append(element("p", {}, word("noAmounts"))), figure;
  for (const [currency, ofIt] of grouping(amounts, ({ row }) => row.currency)) {
    figure.append(oneCurrency(sheet, currency, ofIt, width, open));
  }
  figure.append(element("p", { class: "hint" }, word("amountsHint")));
  return figure;
}

function oneCurrency(sheet, currency, amounts, width, open) {
  const capped = new Set(sheet.facts.map(({ row }) => row.fact));
  const ticks = decades(amounts.flatMap(({ row }) => [row.value, row.upper ?? row.value]));
  const [low, high] = [Math.log10(ticks[0]), Math.log10(ticks.at(-1))];
  const x = (value) => 16 + ((Math.log10(value) - low) / (high - low)) * (width - 40);
  const rows = drawn("g");
  let y = 34;
  for (const [section, own] of grouping(amounts, (fact) => sectionOf(sheet, fact))) {
    own.sort((a, b) => a.row.value - b.row.value);
    const layer = layers(own.map(({ row }) => x(row.value)), 2 * DOT);
    rows.append(drawn("text", { x: 0, y: y + 12, class: "section", lang: "zh-CN" }, first(section, Math.floor(width / 13))));
    own.forEach((fact, index) => {
      const { row } = fact;
      const at = y + 24 + layer[index] * 2 * DOT;
      if (row.upper !== null) rows.append(drawn("line", { class: "range", x1: x(row.value), x2: x(row.upper), y1: at, y2: at }));
      rows.append(dot(fact, x(row.value), at, capped.has(row.id) ? "amounts capped" : "amounts", open));
    });
    y += 24 + (Math.max(...layer) + 1) * 2 * DOT + 2;
    rows.append(drawn("line", { class: "rule", x1: 0, x2: width, y1: y, y2: y }));
  }
  const every = Math.ceil((ticks.length * 48) / width);
  const grid = ticks.flatMap((tick, index) => [
    drawn("line", { class: "grid", x1: x(tick), x2: x(tick), y1: 32, y2: y }),
    index % every === 0 ? drawn("text", { class: "tick", x: x(tick), y: 28 }, short(tick)) : null,
  ]);
  const label = `${word("amountsBySection")} (${word(currency)})`;
  const axis = drawn("text", { class: "axis", x: 0, y: 12 }, `${word("currency")}: ${word(currency)}`);
  return drawn("svg", { class: "chart", role: "img", width, height: y + 2, "aria-label": label }, axis, ...grid, rows);
}

/** The section that a fact is drawn in: its document if there are several, else the provision at the top. */
function sectionOf(sheet, fact) {
  const top = path(sheet, fact.row.provision)[0];
  if (top === undefined) return "";
  if (sheet.file.documents.length === 1) return provisionTitle(top);
  const document = sheet.file.documents.find(({ id }) => id === top.document);
  // 宁波市人民政府关于印发… is what all titles of a gazette begin with.
  return document.instrument ?? document.title?.replace(/^.{2,24}?关于/, "") ?? word("untitled");
}

/**
 * Deadlines with a settled day: dots for days, bars for periods.
 * @param {import("./rows.js").Fact[]} facts
 * @param {number} width
 * @param {(id: string) => void} open
 */
export function timeLine(facts, width, open) {
  const deadlines = facts.filter(({ table }) => table === "deadlines");
  const dated = deadlines.map((fact) => ({ fact, ...settled(fact.row) })).filter(({ from }) => from !== null);
  const figure = element("figure", {}, element("figcaption", {}, word("timeLine")));
  if (dated.length === 0) figure.append(element("p", {}, word("noDates")));
  else figure.append(drawnTime(dated, width, open), element("p", { class: "hint" }, word("timeHint")));
  const undated = deadlines.length - dated.length;
  if (undated > 0) figure.append(element("p", { class: "hint" }, `${undated} ${word("undated")}`));
  return figure;
}

function settled(row) {
  const [from, to] = [row.from ?? row.to, row.to ?? row.from].map((day) => (day === null ? null : Date.parse(day)));
  return { from, to };
}

function drawnTime(dated, width, open) {
  const least = Math.min(...dated.map(({ from }) => from));
  const most = Math.max(...dated.map(({ to }) => to));
  const margin = Math.max((most - least) * 0.04, 20 * DAY);
  const [low, high] = [least - margin, most + margin];
  const x = (day) => 14 + ((day - low) / (high - low)) * (width - 28);
  const points = dated.filter(({ from, to }) => from === to).sort((a, b) => a.from - b.from);
  const bars = dated.filter(({ from, to }) => from !== to).sort((a, b) => a.from - b.from || a.to - b.to);
  const piles = pile([...grouping(points, ({ from }) => String(from)).values()].map((own) => [x(own[0].from), own.length]), 2 * DOT);
  const axis = 14 + Math.max(0, ...piles.map(({ y }) => y)) + (piles.length === 0 ? 0 : 2 * DOT);
  const chart = drawn("svg", { class: "chart", role: "img", width, "aria-label": word("timeLine") });
  const marks = drawn("g");
  points.forEach(({ fact }, index) => marks.append(dot(fact, piles[index].x, axis - DOT - 2 - piles[index].y, "deadlines", open)));
  const lanes = [];
  for (const { fact, from, to } of bars) {
    const free = lanes.findIndex((end) => x(from) - end > 3);
    const lane = free < 0 ? lanes.length : free;
    lanes[lane] = x(to);
    const place = { x: x(from), y: axis + 22 + lane * 12, width: Math.max(x(to) - x(from), 4), height: 8, rx: 3 };
    marks.append(opens(fact, drawn("rect", { ...place, class: "deadlines" }), open));
  }
  const bottom = axis + 22 + lanes.length * 12;
  for (const { day, label } of dates(low, high, Math.floor(width / 60))) {
    chart.append(
      drawn("line", { class: "grid", x1: x(day), x2: x(day), y1: 0, y2: bottom }),
      drawn("text", { class: "tick", x: x(day), y: axis + 14 }, label),
    );
  }
  chart.append(drawn("line", { class: "base", x1: 0, x2: width, y1: axis, y2: axis }), marks);
  chart.setAttribute("height", bottom + 4);
  return chart;
}

function dot(fact, cx, cy, kind, open) {
  return opens(fact, drawn("circle", { cx, cy, r: DOT - 0.5, class: kind }), open);
}

function opens(fact, shape, open) {
  shape.addEventListener("click", () => open(fact.row.id));
  shape.dataset.id = fact.row.id;
  shape.append(drawn("title", {}, `${flat(fact.row.raw)}：${stated(fact)}`));
  return shape;
}

/** Groups in the order of their first. @template T @param {T[]} all @param {(one: T) => string} key @returns {Map<string, T[]>} */
function grouping(all, key) {
  const groups = new Map();
  for (const one of all) {
    const name = key(one);
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(one);
  }
  return groups;
}
