"use strict";
// All the page does without it: this only lights the parts of one statement together.
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
  document.addEventListener("pointerover", (event) => light(event.target));
  document.addEventListener("focusin", (event) => light(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      light(null);
      document.activeElement?.blur();
    }
  });
}
