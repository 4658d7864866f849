// The page: what is shown of which source, and what the reader's hands do.
import { language, speak, word } from "./words.js";
import { flat } from "./format.js";
import { csv, everything, matching, officeOf, readSheet, sorted, TABLES, unitOf } from "./rows.js";
import { ranges } from "./search.js";
import { byId, element } from "./dom.js";
import { markRead, outline } from "./outline.js";
import { detailRow, tableRow } from "./table.js";
import { amountChart, timeLine } from "./charts.js";

const articles = [...document.querySelectorAll("article")];
const islands = [...document.querySelectorAll("script[type='application/json']")];
const pane = byId("text");
const rows = byId("rows");
/** Sheets that were looked at. */
const sheets = [];

let at = 0;
/** @type {import("./rows.js").Sheet} */
let sheet;
/** Blocks of the text with their first code points, and the marks of each fact. */
let blocks = [];
let starts = [];
let paragraphs = [];
let marks = new Map();
let filter = everything();
/** @type {import("./rows.js").Order} */
let order = { by: "place", down: false };
/** The facts shown, in order. */
let shown = [];
/** Id of the chosen fact. */
let chosen = null;
/** What the search found in the text. */
let hits = [];
let hit = -1;

// -- Source ---------------------------------------------------------------------------------------------------------

function openSource(index) {
  at = index;
  articles.forEach((article, other) => (article.hidden = other !== index));
  sheet = sheets[index] ??= readSheet(islands[index].textContent);
  blocks = [...articles[index].children];
  paragraphs = blocks.filter((block) => block.classList.contains("paragraph"));
  starts = blocks.map((block) => Number(block.dataset.start));
  marks = new Map();
  for (const mark of articles[index].querySelectorAll("mark")) {
    for (const id of mark.dataset.facts.split(" ")) {
      if (!marks.has(id)) marks.set(id, []);
      marks.get(id).push(mark);
    }
  }
  // Markup is in the way in a page of HTML; elsewhere what was set aside is little, and worth a look.
  showUnread(articles[index].dataset.format !== "html");
  filter = { ...everything(), query: filter.query };
  order = { by: "place", down: false };
  chosen = null;
  pane.scrollTop = 0;
  draw();
  find();
  followReading();
}

/** Draws all that depends on the source or on the language. */
function draw() {
  byId("outline").replaceChildren(outline(sheet, go), ...oddities());
  drawFilters();
  drawRows();
}

function oddities() {
  const { diagnostics } = sheet.file;
  if (diagnostics.length === 0) return [];
  const item = ({ code, message, start }) => {
    const told = language === "zh" ? `${word(code)}（${word("line")}${lineAt(start)}${word("lineEnd")}）` : message;
    return element("li", {}, element("a", { href: "#", onclick: (event) => (event.preventDefault(), go(start)), title: message }, told));
  };
  return [element("h2", {}, word("oddities")), element("ul", { class: "oddities" }, ...diagnostics.map(item))];
}

/** The first of `count` things for which `holds`, which then holds for all behind it. */
function firstWhere(count, holds) {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The block that holds a code point of the source. */
function blockAt(start) {
  return blocks[Math.max(firstWhere(blocks.length, (index) => starts[index] > start) - 1, 0)];
}

/** Scrolls the text to a code point of the source. */
function go(start) {
  showPane("text");
  const block = blockAt(start);
  bring(block, "start");
  block.classList.remove("called");
  requestAnimationFrame(() => block.classList.add("called"));
}

/** Scrolls to an element of the text. What was never drawn has a guessed height, so the second look may differ. */
function bring(target, block) {
  target.scrollIntoView({ block });
  requestAnimationFrame(() => target.scrollIntoView({ block }));
}

/** Marks in the outline what stands at the top of the text. */
function followReading() {
  const top = pane.getBoundingClientRect().top + 40;
  // What is hidden has no place, so it is left out of the search.
  const low = firstWhere(paragraphs.length, (index) => paragraphs[index].getBoundingClientRect().bottom >= top);
  const place = Number(paragraphs[Math.min(low, paragraphs.length - 1)]?.dataset.start ?? 0);
  const { provisions, documents } = sheet.file;
  const read = provisions.findLast((row) => row.start <= place && place < row.end) ?? documents.findLast((row) => row.start <= place);
  markRead(byId("outline"), read?.id ?? null);
}

// -- Rows -----------------------------------------------------------------------------------------------------------

function drawFilters() {
  const counts = Map.groupBy(sheet.facts, ({ table }) => table);
  const chip = (table) =>
    element(
      "button",
      {
        type: "button",
        class: `kind ${table}`,
        "data-table": table,
        "aria-pressed": String(filter.tables.has(table)),
        onclick: () => (toggleTable(table), drawFilters(), drawRows()),
      },
      word(table),
      element("small", {}, String(counts.get(table)?.length ?? 0)),
    );
  byId("kinds").replaceChildren(...TABLES.map(chip));
  const offices = sheet.facts.filter(({ table }) => table === "lead_units").map(officeOf);
  choices("bound", "allBounds", sheet.facts.map(({ row }) => row.bound), word);
  choices("unit", "allUnits", sheet.facts.map(unitOf), word);
  choices("office", "allOffices", offices, (office) => office);
}

/** All kinds are shown at first; the first one chosen is shown alone. */
function toggleTable(table) {
  if (filter.tables.size === TABLES.length) filter.tables = new Set([table]);
  else if (!filter.tables.delete(table)) filter.tables.add(table);
  if (filter.tables.size === 0) filter.tables = new Set(TABLES);
}

function choices(name, any, values, label) {
  const counts = Map.groupBy(values.filter((value) => value), (value) => value);
  const sortedValues = [...counts.keys()].sort((a, b) => counts.get(b).length - counts.get(a).length);
  const options = sortedValues.map((value) => element("option", { value }, `${label(value)} (${counts.get(value).length})`));
  const select = byId(name);
  select.replaceChildren(element("option", { value: "" }, word(any)), ...options);
  select.value = filter[name];
  select.disabled = options.length === 0;
}

function drawRows() {
  shown = sorted(matching(sheet, filter), order);
  rows.replaceChildren(...shown.map((fact) => tableRow(sheet, fact)));
  byId("none").hidden = shown.length > 0;
  byId("count").textContent = `${shown.length} ${word("of")} ${sheet.facts.length} ${word("shown")}`;
  for (const head of document.querySelectorAll("th[data-by]")) {
    const direction = head.dataset.by === order.by ? (order.down ? "descending" : "ascending") : "none";
    head.setAttribute("aria-sort", direction);
  }
  if (chosen !== null) markChosen();
  drawCharts();
}

function drawCharts() {
  const charts = byId("charts");
  if (charts.hidden) return;
  const width = Math.max(charts.clientWidth - 24, 280);
  charts.replaceChildren(amountChart(sheet, shown, width, choose), timeLine(shown, width, choose));
}

/** Chooses a fact: its mark and its row are shown, the row opened. @param {string} id */
function choose(id, { scrollText = true } = {}) {
  chosen = id;
  if (!shown.some(({ row }) => row.id === id)) {
    filter = everything();
    byId("search").value = "";
    find();
    drawFilters();
    drawRows();
  } else {
    markChosen();
  }
  if (scrollText && marks.has(id)) bring(marks.get(id)[0], "center");
  const fact = sheet.byId.get(id);
  byId("told").textContent = `${word(fact.table)} ${flat(fact.row.raw)}`;
}

function markChosen() {
  document.querySelectorAll("mark.chosen").forEach((mark) => mark.classList.remove("chosen"));
  document.querySelectorAll("[data-id].chosen").forEach((dot) => dot.classList.remove("chosen"));
  rows.querySelector(".detail")?.remove();
  rows.querySelector("[aria-selected='true']")?.setAttribute("aria-selected", "false");
  if (chosen === null) return;
  marks.get(chosen)?.forEach((mark) => mark.classList.add("chosen"));
  byId("charts").querySelector(`[data-id="${CSS.escape(chosen)}"]`)?.classList.add("chosen");
  const row = rows.querySelector(`tr[data-id="${CSS.escape(chosen)}"]`);
  if (row === null) return;
  row.setAttribute("aria-selected", "true");
  const fact = sheet.byId.get(chosen);
  row.after(detailRow(sheet, fact, lineAt(fact.row.start), { open: choose, go, copy: copyChosen }));
  row.nextElementSibling.scrollIntoView({ block: "nearest" });
  row.scrollIntoView({ block: "nearest" });
}

/** The line of the source that holds a code point. */
function lineAt(start) {
  const block = blockAt(start);
  const before = [...block.textContent].slice(0, start - Number(block.dataset.start));
  return Number(block.dataset.line) + before.filter((character) => character === "\n").length;
}

/** Goes to the next row or the one before it; from nothing chosen, to the first. */
function step(by) {
  if (shown.length === 0) return;
  const index = shown.findIndex(({ row }) => row.id === chosen);
  const next = index < 0 ? 0 : Math.min(Math.max(index + by, 0), shown.length - 1);
  choose(shown[next].row.id);
}

async function copyChosen() {
  const fact = chosen === null ? undefined : sheet.byId.get(chosen);
  if (fact === undefined) return;
  try {
    await navigator.clipboard.writeText(fact.json);
    tell(word("copied"));
  } catch {
    tell(word("notCopied"));
  }
}

/** A word to the reader that goes by itself. */
function tell(message) {
  const note = byId("note");
  note.textContent = message;
  note.classList.remove("fresh");
  requestAnimationFrame(() => note.classList.add("fresh"));
}

function download() {
  const file = new Blob([csv(sheet, shown)], { type: "text/csv;charset=utf-8" });
  const href = URL.createObjectURL(file);
  const name = sheet.file.source.name.split("/").at(-1).replace(/\.[^.]*$/, "");
  element("a", { href, download: `${name}.csv` }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60000);
}

// -- Search ---------------------------------------------------------------------------------------------------------

function find() {
  const { query } = filter;
  hits = query.trim() === "" ? [] : ranges(articles[at], query);
  hit = -1;
  CSS.highlights?.set("hits", new Highlight(...hits));
  CSS.highlights?.delete("hit");
  tellHits();
}

function nextHit(by) {
  if (hits.length === 0) return;
  hit = hit < 0 && by < 0 ? hits.length - 1 : (hit + by + hits.length) % hits.length;
  CSS.highlights?.set("hit", new Highlight(hits[hit]));
  showPane("text");
  bring(hits[hit].startContainer.parentElement, "center");
  tellHits();
}

function tellHits() {
  const of = hits.length === 0 ? word("nothing") : `${hit + 1} / ${hits.length}`;
  byId("hits").textContent = filter.query.trim() === "" ? "" : of;
  for (const id of ["previous", "next"]) byId(id).disabled = hits.length === 0;
}

// -- The page itself ------------------------------------------------------------------------------------------------

function setLanguage(chosenLanguage) {
  speak(chosenLanguage);
  keep("language", chosenLanguage);
  document.documentElement.lang = chosenLanguage === "zh" ? "zh-CN" : "en";
  for (const told of document.querySelectorAll("[data-word]")) told.textContent = word(told.dataset.word);
  for (const told of document.querySelectorAll("[data-label]")) told.setAttribute("aria-label", word(told.dataset.label));
  for (const told of document.querySelectorAll("[data-hint]")) told.title = word(told.dataset.hint);
  byId("search").placeholder = word("search");
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  keep("theme", theme);
}

function isDark() {
  const set = document.documentElement.dataset.theme;
  return set ? set === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

/** Remembers a choice, where the browser lets a file do so. */
function keep(name, value) {
  try {
    localStorage.setItem(`gongbao.${name}`, value);
  } catch {
    // Nothing is lost but the choice.
  }
}

function kept(name) {
  try {
    return localStorage.getItem(`gongbao.${name}`);
  } catch {
    return null;
  }
}

/** In a narrow window one pane is shown at a time. */
function showPane(name) {
  document.body.dataset.pane = name;
  for (const tab of document.querySelectorAll("[data-pane-of]")) {
    tab.setAttribute("aria-pressed", String(tab.dataset.paneOf === name));
  }
}

function showView(name) {
  for (const view of ["table", "charts"]) {
    byId(view).hidden = view !== name;
    byId(`${view}-tab`).setAttribute("aria-selected", String(view === name));
  }
  drawCharts();
  if (name === "table") markChosen();
}

function showUnread(on) {
  pane.classList.toggle("show-unread", on);
  byId("unread").setAttribute("aria-pressed", String(on));
}

function escape() {
  if (byId("help").open) byId("help").close();
  else if (filter.query !== "") setQuery("");
  else {
    chosen = null;
    markChosen();
  }
  document.activeElement?.blur();
}

function setQuery(query) {
  byId("search").value = query;
  filter.query = query;
  find();
  drawRows();
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  c: copyChosen,
  "/": () => byId("search").focus(),
  "?": () => byId("help").showModal(),
};

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape") return escape();
  if (event.target.closest("input, select, dialog")) return;
  const inTable = event.target.closest("#table") !== null;
  const key = inTable ? ({ ArrowDown: "j", ArrowUp: "k" }[event.key] ?? event.key) : event.key;
  if (KEYS[key] === undefined) return;
  event.preventDefault();
  KEYS[key]();
  if (inTable) rows.querySelector("[aria-selected='true']")?.focus({ preventScroll: true });
}

function listen() {
  const on = (id, type, act) => byId(id).addEventListener(type, act);
  document.addEventListener("keydown", onKey);
  on("source", "change", (event) => openSource(event.target.selectedIndex));
  on("search", "input", (event) => setQuery(event.target.value));
  on("search", "keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) nextHit(event.shiftKey ? -1 : 1);
  });
  on("previous", "click", () => nextHit(-1));
  on("next", "click", () => nextHit(1));
  on("joined", "click", () => byId("joined").setAttribute("aria-pressed", String(pane.classList.toggle("joined"))));
  on("unread", "click", (event) => showUnread(event.currentTarget.getAttribute("aria-pressed") !== "true"));
  on("language", "click", () => {
    setLanguage(language === "zh" ? "en" : "zh");
    draw();
    tellHits();
  });
  on("theme", "click", () => setTheme(isDark() ? "light" : "dark"));
  on("keys", "click", () => byId("help").showModal());
  on("close", "click", () => byId("help").close());
  for (const name of ["bound", "unit", "office"]) {
    on(name, "change", (event) => {
      filter[name] = event.target.value;
      drawRows();
    });
  }
  on("reset", "click", () => {
    filter = everything();
    setQuery("");
    drawFilters();
  });
  on("csv", "click", download);
  on("table-tab", "click", () => showView("table"));
  on("charts-tab", "click", () => showView("charts"));
  for (const tab of document.querySelectorAll("[data-pane-of]")) {
    tab.addEventListener("click", () => showPane(tab.dataset.paneOf));
  }
  for (const head of document.querySelectorAll("th[data-by] button")) {
    head.addEventListener("click", () => {
      const { by } = head.closest("th").dataset;
      order = { by, down: order.by === by && !order.down };
      drawRows();
    });
  }
  rows.addEventListener("click", (event) => {
    const row = event.target.closest("tr[data-id]");
    if (row !== null) choose(row.dataset.id);
  });
  // A second click on a mark goes on to the fact around it: a cap holds its amount.
  pane.addEventListener("click", (event) => {
    const mark = event.target.closest("mark");
    if (mark === null) return;
    const ids = mark.dataset.facts.split(" ");
    showView("table");
    if (matchMedia("(max-width: 60rem)").matches) showPane("facts");
    choose(ids[(ids.indexOf(chosen) + 1) % ids.length], { scrollText: false });
  });
  let waiting = false;
  pane.addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      followReading();
    });
  }, { passive: true });
  new ResizeObserver(drawCharts).observe(byId("facts"));
}

function start() {
  const theme = kept("theme");
  if (theme !== null) setTheme(theme);
  setLanguage(kept("language") ?? (navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en"));
  listen();
  showPane("text");
  openSource(0);
  document.documentElement.dataset.ready = String(Math.round(performance.now()));
}

start();
