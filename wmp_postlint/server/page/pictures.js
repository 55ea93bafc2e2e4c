// The pictures and videos of the post, each with its alt text.

import { h } from "./drawing.js";
import * as fields from "./fields.js";

const list = document.querySelector("#pictures");
let items = []; // {file, alt, address}
let changed = () => {};

export function onChange(callback) {
  changed = callback;
}

export function files() {
  return items.map((item) => item.file);
}

export function media() {
  return items.map((item) => (item.alt.value ? { alt: item.alt.value } : {}));
}

export function add(chosen) {
  for (const file of chosen) {
    const alt = h("textarea", { rows: 2, dir: "auto", spellcheck: true });
    alt.addEventListener("input", () => changed());
    items.push({ file, alt, address: URL.createObjectURL(file) });
  }
  if (chosen.length) redraw();
}

export function replace(index, file) {
  URL.revokeObjectURL(items[index].address);
  items[index] = { ...items[index], file, address: URL.createObjectURL(file) };
  redraw();
}

function remove(index) {
  URL.revokeObjectURL(items[index].address);
  items.splice(index, 1);
  redraw();
  (
    list.querySelectorAll("button.remove")[Math.min(index, items.length - 1)] ?? document.querySelector("#files")
  ).focus();
}

function redraw() {
  fields.forget("media[");
  list.replaceChildren(
    ...items.map(({ file, alt, address }, index) => {
      const name = file.name || "a picture without a name";
      alt.id = `alt-${index}`;
      fields.know(`media[${index}].alt`, alt);
      const shown = file.type.startsWith("image/") ? h("img", { src: address, alt: "" }) : null;
      shown?.addEventListener("error", () => shown.remove());
      const out = h(
        "button",
        { type: "button", class: "quiet remove" },
        "Take out",
        h("span", { class: "unseen" }, ` ${name}`),
      );
      out.addEventListener("click", () => remove(index));
      return h(
        "li",
        { id: `picture-${index}` },
        shown,
        h(
          "div",
          {},
          h("p", { class: "file" }, name),
          h("label", { for: alt.id }, "Alt text", h("span", { class: "unseen" }, ` of ${name}`)),
          alt,
          out,
        ),
      );
    }),
  );
  changed();
}
