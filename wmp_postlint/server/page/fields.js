// The texts that the officer can change, by the names that findings call them, and the changes that can be undone.

const boxes = new Map();
const done = []; // {changes: [{box, before, after}], words}

export function know(field, box) {
  boxes.set(field, box);
}

export function forget(prefix) {
  for (const field of boxes.keys()) if (field.startsWith(prefix)) boxes.delete(field);
}

export function boxOf(field) {
  return boxes.get(field) ?? null;
}

/** Return whether every edit of a fix lies in a text that can be changed here. */
export function canApply(fix) {
  return fix.edits.length > 0 && fix.edits.every((edit) => edit.span && boxes.has(edit.field));
}

/** Make the edits of a fix, from the last to the first so that none moves another. */
export function apply(fix) {
  const before = new Map();
  const edits = [...fix.edits].sort((a, b) => b.span.utf16[0] - a.span.utf16[0]);
  for (const { field, span, replacement } of edits) {
    const box = boxes.get(field);
    if (!before.has(box)) before.set(box, box.value);
    box.value = box.value.slice(0, span.utf16[0]) + replacement + box.value.slice(span.utf16[1]);
  }
  const changes = [...before].map(([box, value]) => ({ box, before: value, after: box.value }));
  done.push({ changes, words: fix.description });
}

/** Return the last change that can still be undone: nothing was written since in what it changed. */
export function undoable() {
  while (done.length && !done.at(-1).changes.every(({ box, after }) => box.isConnected && box.value === after))
    done.pop();
  return done.at(-1) ?? null;
}

/** Undo the last change; return the box that it changed. */
export function undo() {
  const last = undoable();
  if (!last) return null;
  done.pop();
  for (const { box, before } of last.changes) box.value = before;
  return last.changes[0].box;
}
