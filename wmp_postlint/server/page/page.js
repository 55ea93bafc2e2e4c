// The officer's page: what is written goes to the service a moment later, and only an answer to what stands there is drawn.

import { room } from "./counter.js";
import { h } from "./drawing.js";
import * as fields from "./fields.js";
import { drawn, say, unchecked } from "./outcome.js";
import * as pictures from "./pictures.js";
import { NotChecked, hasKey, lint, pack as askPack, useKey } from "./service.js";

const find = (id) => document.getElementById(id);
const QUIET = 400; // milliseconds without a change before a check
const QUIET_WITH_FILES = 900; // the files are sent each time
const TRIES = 5; // by itself, after a failure that may pass
const NEAR = 20; // characters left, from which it is said aloud
const PLATFORMS = {
  x: "X",
  linkedin: "LinkedIn",
  tiktok: "TikTok",
  youtube: "YouTube",
  wordpress: "Website (WordPress)",
};
const KINDS = {
  corporate: "The Force's main account",
  team: "A team's account",
  officer: "An officer's or staff member's work account",
  personal: "Somebody's own private account",
};
const OTHER = "\u0000other";

const text = find("text");
let pack = null;
let turn = 0; // counts what was written; an answer to an earlier turn is dropped
let stop = new AbortController();
let timer = 0;
let tries = 0;
let countTimer = 0;

fields.know("text", text);
pictures.onChange(changed);

/** Note that something changed: nothing that was known holds any more. */
function changed() {
  tries = 0;
  count();
  showUndo();
  const wait = pictures.files().length ? QUIET_WITH_FILES : QUIET;
  begin(() => check(), wait);
}

function begin(next, wait) {
  turn += 1;
  stop.abort();
  stop = new AbortController();
  clearTimeout(timer);
  if (isEmpty()) {
    unchecked("empty", "Not checked", "Nothing to check yet. Paste or write the post.");
    return;
  }
  unchecked("checking", "Not checked yet", "Checking…", { keep: true });
  timer = setTimeout(next, wait);
}

function isEmpty() {
  return !text.value.trim() && !pictures.files().length;
}

async function check({ thenFocus = false } = {}) {
  const mine = turn;
  const signal = stop.signal;
  const files = pictures.files();
  try {
    const post = written();
    pack ?? (await loadPack(signal));
    const report = await lint(post, files, signal);
    if (mine !== turn) return;
    tries = 0;
    drawn(report, post.text, files, pack, applied);
  } catch (error) {
    if (mine !== turn) return;
    failed(error);
  }
  if (thenFocus) find("outcome").focus();
}

/** Return the post in the wire format. */
function written() {
  const post = { text: text.value };
  if (find("platform").value) post.platform = find("platform").value;
  const account = find("account").value;
  if (account === OTHER) post.account = { handle: find("handle").value.trim(), kind: find("kind").value };
  else if (account) post.account = { handle: account };
  const media = pictures.media();
  if (media.length) post.media = media;
  const when = find("when");
  if (when.validity.badInput) throw new NotChecked("The time at which the post goes out is not complete.");
  if (when.value) post.published_at = new Date(when.value).toISOString();
  const reply = find("reply").value.trim();
  if (reply) {
    post.kind = "reply";
    post.in_reply_to = { handle: reply };
  }
  return post;
}

function failed(error) {
  const known = error instanceof NotChecked;
  const retry = known ? error.retry : 0;
  let words = known ? error.message : "This page failed. Load it again, and tell whoever looks after this service.";
  if (known && error.wantsKey) wantKey();
  if (retry && tries < TRIES) {
    tries += 1;
    words += ` It tries again by itself in ${retry === 1 ? "a second" : `${retry} seconds`}.`;
    timer = setTimeout(() => check(), retry * 1000);
  }
  unchecked("failed", "Not checked", words);
}

async function loadPack(signal) {
  const loaded = await askPack(signal);
  find("force").textContent = loaded.force.name;
  find("press-office").textContent = loaded.force.press_office || "the press office";
  find("pack").textContent = `Checked by: ${loaded.policy.title}`;
  fill(
    "platform",
    loaded.platforms.map((name) => [name, PLATFORMS[name] ?? name[0].toUpperCase() + name.slice(1)]),
  );
  const names = loaded.accounts.map(({ handle }) => [handle, `@${handle}`]);
  fill("account", [...names, [OTHER, "Another account"]]);
  find("kind").replaceChildren();
  fill(
    "kind",
    loaded.account_kinds.map((kind) => [kind, KINDS[kind] ?? kind]),
  );
  find("kind").value = loaded.account_kinds.includes("officer") ? "officer" : loaded.account_kinds[0];
  find("key-wanted").hidden = true;
  pack = loaded;
}

function fill(id, options) {
  const list = find(id);
  const first = [...list.options].filter((option) => option.value === "");
  list.replaceChildren(...first, ...options.map(([value, words]) => h("option", { value }, words)));
}

function wantKey() {
  find("key-wanted").hidden = false;
  const wrong = find("key-wrong");
  wrong.hidden = !hasKey();
  wrong.textContent = hasKey() ? "The service did not take this key. It may have ended, or be mistyped." : "";
}

function count() {
  const platform = find("platform");
  const name = platform.selectedOptions[0]?.textContent;
  const left = platform.value ? room(text.value, platform.value)?.left : undefined;
  const line = find("count");
  clearTimeout(countTimer);
  line.textContent =
    left === undefined
      ? ""
      : left >= 0
        ? `${characters(left)} left on ${name}`
        : `${characters(-left)} too many for ${name}`;
  line.classList.toggle("wrong", left < 0);
  countTimer = setTimeout(() => {
    find("count-spoken").textContent = left <= NEAR ? line.textContent : "";
  }, 1000);
}

function characters(number) {
  return number === 1 ? "1 character" : `${number.toLocaleString("en-GB")} characters`;
}

function applied(words) {
  changed();
  say(`Applied: ${words}`);
  find("undo").focus();
}

function showUndo() {
  const last = fields.undoable();
  find("undo-bar").hidden = !last;
  find("undo-words").textContent = last ? `Applied: ${last.words}` : "";
}

// What the officer does

for (const id of ["text", "handle", "reply", "when"]) find(id).addEventListener("input", changed);
for (const id of ["platform", "account", "kind"])
  find(id).addEventListener("change", () => {
    find("other-account").hidden = find("account").value !== OTHER;
    changed();
  });

find("undo").addEventListener("click", () => {
  const box = fields.undo();
  changed();
  say("Undone.");
  (box ?? text).focus();
});

function now(event) {
  event?.preventDefault();
  tries = 0;
  begin(() => check({ thenFocus: true }), 0);
  if (isEmpty()) find("outcome").focus();
}
find("post").addEventListener("submit", now);
find("again").addEventListener("click", now);
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) now(event);
});

find("key-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const key = find("key").value.trim();
  if (!key) return;
  useKey(key);
  find("key").value = "";
  start();
  text.focus();
});

find("files").addEventListener("change", () => {
  pictures.add([...find("files").files]);
  find("files").value = "";
});
// Anywhere on the page: a browser would open a file that is dropped beside the box, and the text would be gone.
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  if (!event.dataTransfer?.files.length) return;
  event.preventDefault();
  pictures.add([...event.dataTransfer.files]);
});
document.addEventListener("paste", (event) => {
  if (!event.clipboardData?.files.length) return;
  event.preventDefault();
  pictures.add([...event.clipboardData.files]);
});
window.addEventListener("online", () => {
  if (find("outcome").dataset.state === "failed") start();
});

/** Ask for the pack, and check what a browser may have kept in the boxes. */
async function start() {
  changed();
  if (!isEmpty() || pack) return;
  const mine = turn;
  try {
    await loadPack(stop.signal);
  } catch (error) {
    if (mine === turn) failed(error);
    return;
  }
  if (mine === turn) changed();
}
window.addEventListener("pageshow", start);
