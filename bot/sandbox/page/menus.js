// Small menus that hang on a button, and toasts.

import { el, icon } from "./dom.js";

let closeCurrent = () => {};

/** items: [{icon, label, run, testid, danger, hint}]; the menu is laid inside `frame`, near `anchor`. */
export function openMenu(frame, anchor, items, { testid = "menu", empty = "" } = {}) {
  closeCurrent();
  const menu = el("div.menu", { role: "menu", dataset: { testid } });
  menu.append(...items.map((item) => entry(item, close)), ...(items.length ? [] : [el("p.menu-empty", {}, empty)]));
  frame.append(menu);
  lay(menu, frame, anchor);
  const outside = (event) => !menu.contains(event.target) && event.target.closest("button") !== anchor && close();
  const keys = (event) => onKey(event, menu, close);
  document.addEventListener("pointerdown", outside, true);
  menu.addEventListener("keydown", keys);
  anchor.setAttribute("aria-expanded", "true");
  menu.querySelector("button")?.focus();
  closeCurrent = close;

  function close(refocus = false) {
    menu.remove();
    document.removeEventListener("pointerdown", outside, true);
    anchor.setAttribute("aria-expanded", "false");
    closeCurrent = () => {};
    if (refocus) anchor.focus();
  }
}

function entry({ icon: name, label, hint, run, testid = "menu-item", danger }, close) {
  const onclick = () => {
    close();
    run();
  };
  return el(`button.menu-item${danger ? ".danger" : ""}`, { type: "button", role: "menuitem", onclick, dataset: { testid } },
    name ? icon(name) : null, el("span.menu-label", {}, label), hint ? el("span.menu-hint", {}, hint) : null);
}

function onKey(event, menu, close) {
  const all = [...menu.querySelectorAll("button")];
  const at = all.indexOf(document.activeElement);
  if (event.key === "Escape") close(true);
  else if (event.key === "ArrowDown") all[(at + 1) % all.length]?.focus();
  else if (event.key === "ArrowUp") all[(at - 1 + all.length) % all.length]?.focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function lay(menu, frame, anchor) {
  const outer = frame.getBoundingClientRect();
  const box = anchor.getBoundingClientRect();
  const left = Math.min(Math.max(8, box.left - outer.left), outer.width - menu.offsetWidth - 8);
  const below = box.bottom - outer.top + 6;
  const above = box.top - outer.top - menu.offsetHeight - 6;
  const fits = below + menu.offsetHeight < outer.height - 8;
  menu.style.left = `${left}px`;
  menu.style.top = `${Math.max(8, fits ? below : above)}px`;
}

/** A line that shows itself for a few seconds at the foot of `wall`. */
export function toast(wall, text, testid = "toast") {
  const line = el("div.toast", { role: "status", dataset: { testid } }, text);
  wall.append(line);
  setTimeout(() => line.classList.add("gone"), 3200);
  setTimeout(() => line.remove(), 3700);
}
