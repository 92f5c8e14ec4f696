"use strict";
// Keyboard for the lists and the review page, and the light between a fact and its source.
const typing = (target) =>
  target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");

const step = (by) => {
  const rows = [...document.querySelectorAll("main [data-row]")].filter((row) => row.offsetParent);
  if (!rows.length) return;
  const now = rows.indexOf(document.activeElement.closest?.("[data-row]"));
  const from = now >= 0 ? now : rows.findIndex((row) => row.getAttribute("aria-current"));
  const next = rows[Math.min(rows.length - 1, Math.max(0, from + by))];
  next.focus();
};

const act = (key) => {
  const target = document.querySelector(`main [data-key="${key}"]`);
  if (!target) return false;
  if (target.tagName === "FORM") target.requestSubmit();
  else if (target.tagName === "A") target.click();
  else {
    target.open = true;
    target.querySelector("input:not([type=hidden]), textarea")?.focus();
  }
  return true;
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape" && typing(event.target)) return event.target.blur();
  if (typing(event.target) || event.repeat) return;
  const key = event.key.toLowerCase();
  if (key === "/") {
    const menu = document.querySelector(".menu");
    if (menu) menu.open = true;
    document.getElementById("q")?.focus();
  } else if (key === "j") step(1);
  else if (key === "k") step(-1);
  else if (!"aer".includes(key) || !act(key)) return;
  event.preventDefault();
});

document.addEventListener("change", (event) => {
  const name = event.target.dataset?.all;
  if (!name) return;
  for (const box of event.target.form.querySelectorAll(`input[name="${name}"]`))
    box.checked = event.target.checked;
});

const light = (on) => (event) => {
  const mark = event.target.closest?.("mark[data-fact]");
  if (!mark) return;
  const source = document.getElementById(mark.dataset.fact)
    ?? mark.closest(".mail")?.querySelector(`[data-source="${mark.dataset.fact}"]`);
  source?.classList.toggle("lit", on);
};
for (const [name, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]])
  document.addEventListener(name, light(on));

document.addEventListener("submit", (event) => {
  if (event.target.dataset.sent) event.preventDefault();
  else if (event.target.method === "post") event.target.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
if (matchMedia("(max-width: 900px)").matches) document.querySelector(".menu")?.removeAttribute("open");
for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
