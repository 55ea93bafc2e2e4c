// Posts and reports of wmp_postlint, made of its JSON Schemas (post-v1.json, report-v1.json).
// Positions: `start` and `end` are Unicode code points; `utf16` are those of a JavaScript string.

/** The account that publishes; without 'kind' the policy pack's register decides, else it is an officer's. */
export interface Account {
  handle: string;
  kind?: "corporate" | "team" | "officer" | "personal" | null;
  platform?: string | null;
}

/** An agreement given outside the post: what it covers, by whom, its reference, and when it ends. */
export interface Approval {
  covers: string;
  by: string;
  reference: string;
  expires?: string | null;
  digest?: string | null;
  signature?: string | null;
}

/** The post that a reply answers; its words are somebody else's and are not published again. */
export interface InReplyTo {
  handle: string;
  text?: string | null;
}

/** A link: its real target, and the words that a reader sees, at 'start' to 'end' of the text if known. */
export interface Link {
  url: string;
  text?: string | null;
  start?: number | null;
  end?: number | null;
}

/** The post's own geo tag: WGS 84 decimal degrees, or the name of a place, or both. */
export interface Location {
  latitude?: number | null;
  longitude?: number | null;
  name?: string | null;
}

/** A picture or video: a file 'path' or its bytes as 'data', with the texts that are published beside it. */
export interface Media {
  path?: string | null;
  data?: string | null;
  filename?: string | null;
  alt?: string | null;
  caption?: string | null;
  kind?: string | null;
}

/** The post that a repost shares. */
export interface SharedFrom {
  handle: string;
  platform?: string | null;
  text?: string | null;
}

/** A decision to publish in spite of one rule; 'rule' may be a pattern such as 'family/*'. */
export interface Waiver {
  rule: string;
  reason: string;
  by: string;
  until?: string | null;
}

/** A post before it is published. */
export interface Post {
  text: string;
  id?: string | null;
  text_format?: "plain" | "html" | "markdown";
  kind?: "post" | "reply" | "direct_message" | "repost" | "profile";
  platform?: string | null;
  account?: Account | null;
  media?: Media[];
  links?: Link[];
  shared_from?: SharedFrom | null;
  in_reply_to?: InReplyTo | null;
  location?: Location | null;
  published_at?: string | null;
  approvals?: Approval[];
  waivers?: Waiver[];
  lang?: string | null;
  meta?: Record<string, unknown>;
}

/** Put 'replacement' in the place of 'span' of the text 'field'. */
export interface Edit {
  field: string;
  span: Span;
  replacement: string;
}

/** One thing that a post should not hold. */
export interface Finding {
  rule: string;
  severity: "info" | "warning" | "error";
  confidence: "low" | "medium" | "high";
  clauses: string[];
  field: string;
  span: Span | null;
  message: string;
  advice: string;
  fixes: Fix[];
  data: Record<string, unknown>;
  scope: string | null;
  origin: "own" | "shared";
  status: "open" | "approved" | "waived";
  reference: string | null;
  notes: string[];
}

/** A way to mend a finding; 'safe' when it cannot change what the post says to its readers. */
export interface Fix {
  description: string;
  edits: Edit[];
  safe: boolean;
}

/** The policy pack that a report was made with. */
export interface PolicyRef {
  id: string;
  version: string;
}

/** Something that could not be looked at: which rule (or 'input'), where, and why. */
export interface RuleError {
  rule: string;
  field: string | null;
  message: string;
}

/** A half-open stretch of a text, in Unicode code points from 0. */
export interface Span {
  start: number;
  end: number;
  utf16: [number, number];
  utf8: [number, number];
}

/** What was found in one post, and what could not be looked at. */
export interface Report {
  version: 1;
  passed: boolean;
  verdict: "pass" | "review" | "block";
  findings: Finding[];
  errors: RuleError[];
  policy: PolicyRef;
  id: string | null;
  unused_waivers: string[];
}
