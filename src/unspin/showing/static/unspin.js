"use strict";
// The page does all else without it: this lights the parts of one statement together, and
// takes away what is shown about a mark on Escape.
{
  let shown;
  const light = (target) => {
    const key = target?.closest?.("[data-statement]")?.dataset.statement;
    if (key === shown) return;
    shown = key;
    for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
    if (key === undefined) return;
    for (const part of document.querySelectorAll(`[data-statement="${CSS.escape(key)}"]`)) {
      part.classList.add("lit");
    }
  };
  const meet = (event) => {
    delete document.body.dataset.hushed;
    light(event.target);
  };
  document.addEventListener("pointerover", meet);
  document.addEventListener("focusin", meet);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      light(null);
      document.body.dataset.hushed = "";
      document.activeElement?.blur();
    }
  });
}
// In a comparison the passages of an item open in place, side by side, over the page; without it
// their links lead down to them.
{
  const opened = (link) => {
    const wanted = document.getElementById(link.hash.slice(1));
    const sides = wanted?.closest(".sides");
    if (!sides) return false;
    const panel = document.createElement("dialog");
    panel.className = "passages-shown comparison";
    const header = document.createElement("header");
    const heading = document.createElement("h2");
    const item = sides.closest(".card, .item");
    heading.id = "passages-shown";
    heading.textContent = item?.querySelector("h2, h3, h4, .words")?.textContent ?? "";
    panel.setAttribute("aria-labelledby", heading.id);
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Close";
    button.addEventListener("click", () => panel.close());
    header.append(heading, button);
    const copy = sides.cloneNode(true);
    const place = [...sides.children].indexOf(wanted.closest(".side"));
    for (const head of copy.querySelectorAll("[id]")) {
      if (head.id === wanted.id) head.classList.add("lit");
      head.removeAttribute("id");
    }
    panel.append(header, copy);
    panel.addEventListener("close", () => panel.remove());
    panel.addEventListener("click", (event) => {
      if (event.target === panel || event.target.closest?.("a")) panel.close();
    });
    document.body.append(panel);
    panel.showModal();
    const side = copy.children[place];
    side?.classList.add("wanted");
    side?.focus({ preventScroll: true });
    side?.scrollIntoView({ block: "center" });
    return true;
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-opens]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && opened(link)) {
      event.preventDefault();
    }
  });
}
