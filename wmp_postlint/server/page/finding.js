// One finding: what it is, where, under which clause, and what can be done about it.

import { h, short } from "./drawing.js";
import * as fields from "./fields.js";
import * as pictures from "./pictures.js";
import { cleanCopy } from "./service.js";

const WORDS = { error: "Do not post", warning: "Ask first", info: "Advice" };

/** Return what a finding calls for, in words. */
export function severityOf(finding) {
  if (finding.status !== "open") return finding.status === "approved" ? "Approved" : "Waived";
  return WORDS[finding.severity] ?? "Ask first";
}

/** Return a finding with what can be done about it. */
export function article(finding, number, { text, files, pack, applied }) {
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
    {
      id: `finding-${number}`,
      class: `finding ${finding.severity}`,
      tabindex: -1,
      "aria-labelledby": `title-${number}`,
    },
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

/** Return what could not be looked at. */
export function unreadArticle(error, number, files) {
  return h(
    "article",
    { id: `unread-${number}`, class: "finding warning", tabindex: -1, "aria-labelledby": `unread-title-${number}` },
    h("p", { class: "severity" }, "Not checked"),
    h("h3", { id: `unread-title-${number}` }, place(error.field, files)),
    h("p", {}, error.message),
    h(
      "p",
      {},
      h("strong", {}, "What to do: "),
      "Check it yourself or have somebody look at it. Nothing is known of it.",
    ),
  );
}

function clauses(finding, pack) {
  const items = finding.clauses.map((number) => {
    const clause = pack.clauses.find((one) => one.number === number);
    const words = clause ? `${number}: ${clause.title}` : number;
    const safe = /^https?:\/\//.test(clause?.link ?? "");
    return h(
      "li",
      {},
      safe ? h("a", { href: clause.link, rel: "noreferrer", target: "_blank" }, `${words} (opens a new tab)`) : words,
    );
  });
  if (!items.length) return null;
  return h(
    "div",
    { class: "clauses" },
    h("p", {}, items.length === 1 ? "Clause of the policy" : "Clauses of the policy"),
    h("ul", {}, ...items),
  );
}

function download(onlyLocation, index, file, after) {
  const button = h(
    "button",
    { type: "button" },
    onlyLocation ? "Download copy without location" : "Download copy without hidden details",
  );
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
        document.getElementById("outcome").focus();
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

/** Return where on the page a field is. */
export function place(field, files) {
  const index = pictureOf(field);
  if (index === null) return PLACES[field] ?? (field ? `About the post: ${field}` : "The post");
  const name = `picture ${index + 1}${files[index]?.name ? ` (${files[index].name})` : ""}`;
  const part = field.slice(field.indexOf("]") + 1).split(".")[1] ?? "";
  const words = {
    alt: "Alt text of ",
    seen: "Words seen in ",
    filename: "File name of ",
    metadata: "Details kept in ",
    hidden: "Hidden in ",
    location: "Location kept in ",
  };
  return part in words ? words[part] + name : name[0].toUpperCase() + name.slice(1);
}

const PLACES = {
  text: "Text of the post",
  published_at: "The time at which it goes out",
  platform: "The platform",
  "account.handle": "The account",
  "account.platform": "The account",
};
