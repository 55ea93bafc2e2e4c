// What was found, or why nothing is known: the summary at the top, the text as it was read, the findings.

import { h, marked, short } from "./drawing.js";
import * as fields from "./fields.js";
import { cleanCopy } from "./service.js";
import * as pictures from "./pictures.js";

const find = (id) => document.getElementById(id);
const outcome = find("outcome");
const WORDS = { error: "Do not post", warning: "Ask first", info: "Advice" };
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
  const words = parts.length ? `${parts.join("; ")}.` : "The text and pictures below were checked.";

  const entries = [
    ...findings.map((finding, index) => [`finding-${index + 1}`, severityOf(finding), finding.message]),
    ...report.errors.map((error, index) => [`unread-${index + 1}`, "Not checked", place(error.field, files)]),
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
    ...entries.map(([id, severity, message]) => {
      const link = h("a", { href: `#${id}` }, `${severity}: ${message}`);
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

function severityOf(finding) {
  if (finding.status !== "open") return finding.status === "approved" ? "Approved" : "Waived";
  return WORDS[finding.severity] ?? "Ask first";
}

function article(finding, number, { text, files, pack, applied }) {
  const box = fields.boxOf(finding.field);
  const given = finding.field === "text" ? text : (box?.value ?? "");
  const [from, to] = finding.span?.utf16 ?? [0, 0];
  const quoted = box && to > from ? given.slice(from, to) : "";
  const actions = h("div", { class: "actions" });
  const after = h("p", { class: "after", role: "status" });
  for (const fix of finding.fixes.filter(fields.canApply)) {
    const button = h("button", { type: "button" }, `Apply: ${fix.description}`);
    button.addEventListener("click", () => {
      fields.apply(fix);
      applied(fix.description);
    });
    actions.append(button);
    if (!fix.safe) after.textContent = "Read the post again after applying: its meaning may change.";
  }
  if (quoted) {
    const button = h("button", { type: "button", class: "quiet" }, "Go to these words");
    button.addEventListener("click", () => {
      box.focus();
      box.setSelectionRange(from, to);
    });
    actions.append(button);
  }
  const index = pictureOf(finding.field);
  if (index !== null && files[index] && /\]\.(location|metadata|hidden)/.test(finding.field))
    actions.append(download(finding.field.endsWith(".location"), index, files[index], after));
  return h(
    "article",
    { id: `finding-${number}`, class: `finding ${finding.severity}`, tabindex: -1, "aria-labelledby": `title-${number}` },
    h("p", { class: "severity" }, severityOf(finding)),
    h("h3", { id: `title-${number}` }, h("span", { class: "figure" }, `${number}. `), finding.message),
    h("p", { class: "hint" }, place(finding.field, files)),
    quoted ? h("blockquote", { dir: "auto" }, short(quoted)) : null,
    h("p", {}, h("strong", {}, "What to do: "), finding.advice),
    ...finding.notes.map((note) => h("p", { class: "hint" }, note)),
    clauses(finding, pack),
    actions.childElementCount ? actions : null,
    after,
  );
}

function unreadArticle(error, number, files) {
  return h(
    "article",
    { id: `unread-${number}`, class: "finding warning", tabindex: -1, "aria-labelledby": `unread-title-${number}` },
    h("p", { class: "severity" }, "Not checked"),
    h("h3", { id: `unread-title-${number}` }, place(error.field, files)),
    h("p", {}, error.message),
    h("p", {}, h("strong", {}, "What to do: "), "Check it yourself or have somebody look at it. Nothing is known of it."),
  );
}

function clauses(finding, pack) {
  const items = finding.clauses.map((number) => {
    const clause = pack.clauses.find((one) => one.number === number);
    const words = clause ? `${number}: ${clause.title}` : number;
    const safe = /^https?:\/\//.test(clause?.link ?? "");
    return h("li", {}, safe ? h("a", { href: clause.link, rel: "noreferrer", target: "_blank" }, `${words} (opens a new tab)`) : words);
  });
  if (!items.length) return null;
  return h("div", { class: "clauses" }, h("p", {}, items.length === 1 ? "Clause of the policy" : "Clauses of the policy"), h("ul", {}, ...items));
}

function download(onlyLocation, index, file, after) {
  const button = h("button", { type: "button" }, onlyLocation ? "Download copy without location" : "Download copy without hidden details");
  button.addEventListener("click", async () => {
    button.disabled = true;
    after.textContent = "Making the copy…";
    try {
      const clean = await cleanCopy(file, onlyLocation ? "location" : "identifying");
      const address = URL.createObjectURL(clean);
      h("a", { href: address, download: clean.name }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
      const swap = h("button", { type: "button", class: "quiet" }, "Check that copy instead");
      swap.addEventListener("click", () => {
        if (pictures.files()[index] === file) pictures.replace(index, clean);
        outcome.focus();
      });
      after.replaceChildren(`Saved as ${clean.name}. Post that one, not ${file.name}. `, swap);
    } catch (error) {
      after.textContent = `There is no copy. ${error.message}`;
    }
    button.disabled = false;
  });
  return button;
}

function pictureOf(field) {
  const match = /^media\[(\d+)\]/.exec(field ?? "");
  return match ? Number(match[1]) : null;
}

function place(field, files) {
  const index = pictureOf(field);
  if (index === null) return PLACES[field] ?? (field ? `About the post: ${field}` : "The post");
  const name = `picture ${index + 1}${files[index]?.name ? ` (${files[index].name})` : ""}`;
  const part = field.slice(field.indexOf("]") + 1).split(".")[1] ?? "";
  const words = { alt: "Alt text of ", seen: "Words seen in ", filename: "File name of ", metadata: "Details kept in ", hidden: "Hidden in ", location: "Location kept in " };
  return part in words ? words[part] + name : name[0].toUpperCase() + name.slice(1);
}

const PLACES = {
  text: "Text of the post",
  published_at: "The time at which it goes out",
  platform: "The platform",
  "account.handle": "The account",
  "account.platform": "The account",
};
