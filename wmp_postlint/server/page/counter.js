// How long a post is, as its platform counts it.

const LIMITS = {
  x: { most: 280, size: weight, unit: "characters" }, // docs.x.com, "Counting characters"
  bluesky: { most: 300, size: graphemes, bytes: 3000, unit: "characters" }, // lexicon app.bsky.feed.post
  threads: { most: 500, size: threads, unit: "characters" }, // Threads API: emojis count as their bytes in UTF-8
  facebook: { most: 63206, size: units, unit: "characters" },
  instagram: { most: 2200, size: units, unit: "characters" },
  linkedin: { most: 3000, size: units, unit: "characters" },
  tiktok: { most: 2200, size: units, unit: "characters" }, // TikTok Content Posting API, in UTF-16 units
  youtube: { most: 5000, size: units, unit: "characters" },
};
const URL_WEIGHT = 23;
const LIGHT = [
  [0, 4351],
  [8192, 8205],
  [8208, 8223],
  [8242, 8247],
]; // twitter-text, configuration 3
const EMOJI = /\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F|[#*0-9]\uFE0F?\u20E3|\p{RI}\p{RI}/u;
const GENERIC =
  "app|biz|blog|com|dev|edu|gov|info|int|live|london|mil|mobi|name|net|news|online|org|scot|shop|site|wales|cymru";
// A name of two parts under a country's own domain is no link on X unless a path follows: "Come home.at last".
const LINK = new RegExp(
  "(?<![\\w@#$.\\-/])(?:https?://[^\\s/?#]+\\.[^\\s]+" +
    `|(?:[a-z0-9][a-z0-9-]{0,62}\\.){1,4}(?:${GENERIC})(?![\\w-])(?:/\\S*)?` +
    "|(?:[a-z0-9][a-z0-9-]{0,62}\\.){2,4}[a-z]{2}(?![\\w-])(?:/\\S*)?" +
    "|[a-z0-9][a-z0-9-]{0,62}\\.[a-z]{2}/\\S*)",
  "gi",
);
const segmenter = new Intl.Segmenter("en-GB", { granularity: "grapheme" });

/**
 * Say how much room is left.
 *
 * @param {string} text the post
 * @param {string} platform as the service calls it
 * @returns {{used: number, most: number, left: number} | null} null where the platform has no limit that is known
 */
export function room(text, platform) {
  const limit = LIMITS[platform];
  if (!limit) return null;
  const used = limit.size(text);
  let left = limit.most - used;
  if (limit.bytes && bytes(text) > limit.bytes) left = Math.min(left, limit.bytes - bytes(text));
  return { used, most: limit.most, left };
}

/** Return the length that X counts: a link is 23, an emoji 2, most letters outside Europe's scripts 2. */
export function weight(text) {
  let sum = 0;
  let from = 0;
  const normal = text.normalize("NFC");
  for (const match of normal.matchAll(LINK)) {
    sum += plainWeight(normal.slice(from, match.index)) + URL_WEIGHT;
    from = match.index + trimmed(match[0]).length;
  }
  return sum + plainWeight(normal.slice(from));
}

function trimmed(link) {
  const shorter = link.replace(/[.,!?;:'"”’…]+$/u, "");
  return shorter.endsWith(")") && !shorter.includes("(") ? shorter.slice(0, -1) : shorter;
}

function plainWeight(text) {
  let sum = 0;
  for (const { segment } of segmenter.segment(text)) {
    if (EMOJI.test(segment)) sum += 2;
    else
      for (const one of segment)
        sum += LIGHT.some(([low, high]) => low <= one.codePointAt() && one.codePointAt() <= high) ? 1 : 2;
  }
  return sum;
}

function graphemes(text) {
  let sum = 0;
  for (const _ of segmenter.segment(text)) sum += 1;
  return sum;
}

function threads(text) {
  let sum = 0;
  for (const { segment } of segmenter.segment(text)) sum += EMOJI.test(segment) ? bytes(segment) : [...segment].length;
  return sum;
}

// Platforms that do not say how they count: UTF-16 units, which is never less than what they may mean.
function units(text) {
  return text.length;
}

function bytes(text) {
  return new TextEncoder().encode(text).length;
}
