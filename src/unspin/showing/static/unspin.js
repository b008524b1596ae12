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
