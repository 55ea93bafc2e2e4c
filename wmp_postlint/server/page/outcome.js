// What was found, or why nothing is known: the summary at the top, the text as it was read, the findings.

import { h, marked } from "./drawing.js";
import { article, place, severityOf, unreadArticle } from "./finding.js";

const find = (id) => document.getElementById(id);
const outcome = find("outcome");
const GRAVITY = ["error", "warning", "info"];
let spoken = "";

/** Draw that there is no result, and why; an earlier result is never left looking like one. */
export function unchecked(state, title, words, { keep = false } = {}) {
  head(state, title, words, []);
  find("again").hidden = state !== "failed";
  if (keep && !find("results").hidden) {
    find("stale").hidden = false;
    find("results").classList.add("old");
    for (const button of find("findings").querySelectorAll("button")) button.disabled = true;
  } else clear();
  if (state === "failed") say(`${title}. ${words}`);
  if (state === "empty") spoken = "";
}

function clear() {
  find("results").hidden = true;
  find("read").replaceChildren();
  find("findings").replaceChildren();
}

/**
 * Draw a report.
 *
 * @param {object} report
 * @param {string} text the text that was checked
 * @param {File[]} files the files that were checked
 * @param {object} pack clauses and names
 * @param {(words: string) => void} applied called after a fix was made
 */
export function drawn(report, text, files, pack, applied) {
  const findings = ordered(report.findings);
  const open = findings.filter((finding) => finding.status === "open");
  const blocking = open.filter((finding) => finding.severity === "error").length;
  const asking = open.filter((finding) => finding.severity === "warning").length;
  const advising = open.length - blocking - asking;
  const unread = report.errors.length;
  let [state, title] = ["pass", "Nothing found"];
  if (blocking || report.verdict === "block") [state, title] = ["block", "Do not post"];
  else if (unread) [state, title] = ["review", "Not everything was checked"];
  else if (asking || report.verdict !== "pass" || report.passed !== true) [state, title] = ["review", "Ask first"];
  else if (advising) title = "Nothing stands in the way";

  const parts = [];
  if (blocking) parts.push(things(blocking, "must not go out", "must not go out"));
  if (asking) parts.push(things(asking, "needs somebody to decide", "need somebody to decide"));
  if (advising) parts.push(advising === 1 ? "1 piece of advice" : `${advising} pieces of advice`);
  if (unread) parts.push(things(unread, "could not be checked", "could not be checked"));
  const words = parts.length
    ? `${parts.join("; ")}.`
    : files.length
      ? "The text and the files were checked. What a picture shows is for you to judge."
      : "The text was checked.";

  const entries = [
    ...findings.map((finding, index) => [
      `finding-${index + 1}`,
      finding.severity,
      severityOf(finding),
      finding.message,
    ]),
    ...report.errors.map((error, index) => [
      `unread-${index + 1}`,
      "warning",
      "Not checked",
      place(error.field, files),
    ]),
  ];
  head(state, title, words, entries);
  find("again").hidden = !unread;
  find("stale").hidden = true;
  find("results").classList.remove("old");
  find("results").hidden = !entries.length;
  const spans = findings
    .map((finding, index) => ({ ...finding, number: index + 1 }))
    .filter((finding) => finding.field === "text" && finding.span)
    .sort((a, b) => GRAVITY.indexOf(a.severity) - GRAVITY.indexOf(b.severity))
    .map(({ number, span, severity }) => ({ number, severity, start: span.utf16[0], end: span.utf16[1] }));
  find("read").hidden = !text;
  find("read").replaceChildren(...marked(text, spans));
  const context = { text, files, pack, applied };
  find("findings").replaceChildren(
    ...findings.map((finding, index) => article(finding, index + 1, context)),
    ...report.errors.map((error, index) => unreadArticle(error, index + 1, files)),
  );
  say(`${title}. ${words}`);
}

/** Say something to a screen reader, politely, and only when it is new. */
export function say(words) {
  if (words !== spoken) find("spoken").textContent = words;
  spoken = words;
}

function head(state, title, words, entries) {
  outcome.dataset.state = state;
  find("outcome-title").textContent = title;
  find("outcome-words").textContent = words;
  find("summary").replaceChildren(
    ...entries.map(([id, severity, called, message]) => {
      const link = h("a", { href: `#${id}`, class: severity }, `${called}: ${message}`);
      link.addEventListener("click", () => find(id)?.focus());
      return h("li", {}, link);
    }),
  );
  document.title = `${title}: check a post before it goes out`;
}

function things(count, one, many) {
  return count === 1 ? `1 thing ${one}` : `${count} things ${many}`;
}

// As they stand on the page: the text from its beginning, then the pictures, then what is about the post.
function ordered(findings) {
  const rank = ({ field }) => (field === "text" ? 0 : field.startsWith("media[") ? 1 : 2);
  const start = ({ span }) => span?.start ?? -1;
  return [...findings].sort((a, b) => rank(a) - rank(b) || (a.field === b.field ? start(a) - start(b) : 0));
}
