// What the theme makes while the page is read: a wide table can be moved with the keys, and each bar of buttons has a name of its own.
function mend() {
  document.querySelectorAll(".md-typeset__scrollwrap, .md-typeset p:has(> img[src$='.svg'])").forEach((box) => {
    box.tabIndex = 0;
  });
  document.querySelectorAll(".md-code__nav").forEach((bar, number) => {
    const name = `Code ${number + 1}`;
    if (bar.ariaLabel !== name) bar.ariaLabel = name;
  });
}
mend();
new MutationObserver(mend).observe(document.body, { childList: true, subtree: true });
