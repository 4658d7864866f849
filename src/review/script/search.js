// Where words stand in the text. Blanks and line ends do not matter, since Chinese has none between words.

/** The text without blanks, and for each character of it where it stood. @param {string} text */
export function squeeze(text) {
  let squeezed = "";
  const places = [];
  for (let at = 0; at < text.length; at += 1) {
    if (/\s/.test(text[at])) continue;
    squeezed += text[at];
    places.push(at);
  }
  return { text: squeezed.toLowerCase(), places };
}

/** Ranges of `text` that hold `query`, at most `most`. @param {string} text @param {string} query @returns {[number, number][]} */
export function occurrences(text, query, most = 1000) {
  const wanted = squeeze(query).text;
  const { text: squeezed, places } = squeeze(text);
  const found = [];
  if (wanted === "" || squeezed.length !== places.length) return found;
  for (let at = squeezed.indexOf(wanted); at >= 0 && found.length < most; at = squeezed.indexOf(wanted, at + wanted.length)) {
    found.push([places[at], places[at + wanted.length - 1] + 1]);
  }
  return found;
}

/** The query in an element, as ranges of the document. @param {Element} element @param {string} query @returns {Range[]} */
export function ranges(element, query) {
  const nodes = [];
  const starts = [];
  let text = "";
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    nodes.push(walker.currentNode);
    starts.push(text.length);
    text += walker.currentNode.data;
  }
  let node = 0;
  const point = (at, ends) => {
    while (node + 1 < nodes.length && (ends ? starts[node + 1] < at : starts[node + 1] <= at)) node += 1;
    return [nodes[node], at - starts[node]];
  };
  return occurrences(text, query).map(([from, to]) => {
    const range = new Range();
    range.setStart(...point(from, false));
    range.setEnd(...point(to, true));
    return range;
  });
}
