// Elements out of plain data. Text is only ever put in as text.

/** Return an element; attributes that are false or null are left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== false && value !== null && value !== undefined)
      element.setAttribute(name, value === true ? "" : value);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/**
 * Return a text in pieces, marked where findings lie. Findings may overlap: a piece ends wherever one begins or ends.
 *
 * @param {string} text
 * @param {{number: number, start: number, end: number, severity: string}[]} spans in UTF-16 units
 */
export function marked(text, spans) {
  const cuts = [...new Set([0, text.length, ...spans.flatMap(({ start, end }) => [start, end])])].sort((a, b) => a - b);
  const pieces = [];
  for (let index = 0; index + 1 < cuts.length; index += 1) {
    const [from, to] = [cuts[index], cuts[index + 1]];
    const over = spans.filter(({ start, end }) => start <= from && to <= end && start < end);
    const words = text.slice(from, to);
    pieces.push(over.length ? h("mark", { class: over[0].severity }, words) : words);
    for (const { number, end } of over)
      if (end === to)
        pieces.push(
          h("a", { class: "number", href: `#finding-${number}`, "aria-label": `Finding ${number}` }, String(number)),
        );
  }
  return pieces;
}

/** Return a text cut short for a quotation. */
export function short(text, most = 120) {
  const points = [...text];
  return points.length > most ? `${points.slice(0, most).join("")}…` : text;
}
