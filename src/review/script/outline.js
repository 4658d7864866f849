// The tree of documents and provisions.
import { word } from "./words.js";
import { element } from "./dom.js";

/**
 * @param {import("./rows.js").Sheet} sheet
 * @param {(start: number) => void} go
 */
export function outline(sheet, go) {
  const counts = counted(sheet);
  const below = new Map();
  for (const row of sheet.file.provisions) {
    const above = row.parent ?? row.document;
    if (!below.has(above)) below.set(above, []);
    below.get(above).push(row);
  }
  const entry = (row, title, open) => {
    const link = element(
      "a",
      { href: "#", "data-id": row.id, title, onclick: (event) => (event.preventDefault(), go(row.start)) },
      title,
      counts.has(row.id) ? element("small", {}, String(counts.get(row.id))) : null,
    );
    const inner = below.get(row.id);
    if (inner === undefined) return element("li", {}, link);
    const list = element("ul", {}, ...inner.map((row) => entry(row, provisionTitle(row), false)));
    return element("li", {}, element("details", { open }, element("summary", {}, link), list));
  };
  const { documents } = sheet.file;
  return element("ul", {}, ...documents.map((row) => entry(row, row.title ?? word("untitled"), documents.length < 4)));
}

/** 第八条 加大金融资金投放; without heading, its first words. */
export function provisionTitle(row) {
  const fallback = { preamble: word("preamble"), closing: word("closing"), paragraph: word("paragraph") + (row.number ?? "") };
  const label = row.label ?? fallback[row.form] ?? "";
  const words = row.heading ?? first(row.text, 18);
  return `${label} ${words}`;
}

/** The first characters of a text, with … if there are more. @param {string} text @param {number} most */
export function first(text, most) {
  const characters = [...text.replace(/\n/g, " ")];
  return characters.length > most ? characters.slice(0, most).join("") + "…" : characters.join("");
}

/** How many facts each provision and document holds, with all below it. */
function counted(sheet) {
  const counts = new Map();
  const add = (id) => counts.set(id, (counts.get(id) ?? 0) + 1);
  for (const { row } of sheet.facts) {
    let provision = sheet.provisions.get(row.provision);
    if (provision) add(provision.document);
    for (; provision; provision = sheet.provisions.get(provision.parent)) add(provision.id);
  }
  return counts;
}

/** Marks the entry of the provision that is being read; of a closed branch, its root. @param {Element} tree @param {string | null} id */
export function markRead(tree, id) {
  tree.querySelector("[aria-current]")?.removeAttribute("aria-current");
  let entry = id === null ? null : tree.querySelector(`[data-id="${CSS.escape(id)}"]`);
  for (let branch = entry?.closest("ul")?.parentElement; branch?.matches("details"); branch = branch.parentElement.closest("ul")?.parentElement) {
    if (!branch.open) entry = branch.querySelector("a");
  }
  entry?.setAttribute("aria-current", "true");
  entry?.scrollIntoView({ block: "nearest" });
}
