// What the page asks of the service. Whatever is no whole answer is thrown as NotChecked, in words for an officer.

const KEY = "wmp-postlint-key"; // in sessionStorage: gone with the tab
const PATIENCE = 45_000; // milliseconds; the service gives a post up after 30 seconds

/** A check that gave no result: why, whether a key is wanted, and after how many seconds to try again by itself. */
export class NotChecked extends Error {
  constructor(why, { wantsKey = false, retry = 0 } = {}) {
    super(why);
    this.wantsKey = wantsKey;
    this.retry = retry;
  }
}

export function hasKey() {
  return sessionStorage.getItem(KEY) !== null;
}

export function useKey(key) {
  sessionStorage.setItem(KEY, key);
}

/** Return the pack: accounts, platforms, clauses. */
export async function pack(signal) {
  return json(await ask("/v1/policy", { signal }));
}

/**
 * Return the report of a post.
 *
 * @param {object} post in the wire format, its media in the order of the files
 * @param {File[]} files
 */
export async function lint(post, files, signal) {
  const report = await json(await ask("/v1/lint", { method: "POST", body: form(post, files), signal }));
  const known =
    report.version === 1 &&
    ["pass", "review", "block"].includes(report.verdict) &&
    Array.isArray(report.findings) &&
    Array.isArray(report.errors);
  if (!known) throw new NotChecked("The service gave an answer that this page does not understand.");
  return report;
}

/** Return a copy of a file without the place where it was taken, or without anything that gives somebody away. */
export async function cleanCopy(file, remove, signal) {
  const answer = await ask(`/v1/fix?remove=${remove}`, {
    method: "POST",
    headers: { accept: "application/octet-stream" },
    body: form({ text: "" }, [file]),
    signal,
  });
  const bytes = await body(answer, () => answer.arrayBuffer());
  const dot = file.name.lastIndexOf(".");
  const name = dot > 0 ? `${file.name.slice(0, dot)}.clean${file.name.slice(dot)}` : `${file.name}.clean`;
  return new File([bytes], name, { type: file.type });
}

function form(post, files) {
  const parts = new FormData();
  parts.append("post", JSON.stringify(post));
  for (const file of files) parts.append("media", file);
  return parts;
}

async function ask(address, { headers = {}, signal, ...rest }) {
  const key = sessionStorage.getItem(KEY);
  if (key !== null) headers = { ...headers, authorization: `Bearer ${key}` };
  const limit = AbortSignal.timeout(PATIENCE);
  const either = signal ? AbortSignal.any([signal, limit]) : limit;
  let answer;
  try {
    answer = await fetch(address, { ...rest, headers, cache: "no-store", signal: either });
  } catch (error) {
    throw lost(error, limit, rest.body?.has("media"));
  }
  if (!answer.ok) throw await refused(answer);
  return answer;
}

function json(answer) {
  return body(answer, () => answer.json());
}

async function body(answer, read) {
  try {
    return await read();
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new NotChecked("The answer of the service was cut off.", { retry: 3 });
  }
}

function lost(error, limit, withFiles) {
  if (limit.aborted) return new NotChecked("The service took too long to answer.", { retry: 5 });
  if (error.name === "AbortError") return error;
  if (error instanceof TypeError) {
    const or = withFiles ? ", or a picture can no longer be read" : "";
    return new NotChecked(`The service cannot be reached${or}. Is this computer connected?`, { retry: 5 });
  }
  return error;
}

async function refused(answer) {
  let detail = "";
  try {
    detail = String((await answer.json()).detail ?? "");
  } catch {
    // Something between here and the service answered; its status is all there is.
  }
  const wait = Math.max(1, Math.min(60, Number(answer.headers.get("retry-after")) || 2));
  switch (answer.status) {
    case 401:
      return new NotChecked("The service asks for a key.", { wantsKey: true });
    case 413:
      return new NotChecked(
        "The post and its pictures are too large to check together. Take a picture out, or send a smaller copy.",
      );
    case 422:
      return new NotChecked(`The service could not use what it was sent. ${detail}`);
    case 429:
      return new NotChecked("Too many checks at once.", { retry: wait });
    case 408:
    case 503:
      return new NotChecked(answer.status === 408 ? "Sending it took too long." : "The service is busy.", {
        retry: wait,
      });
    default:
      return new NotChecked(`The service could not check this (${answer.status}). ${detail}`);
  }
}
