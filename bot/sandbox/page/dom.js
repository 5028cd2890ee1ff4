// Building elements: every text goes in as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";

/** el("button.round", {type: "button", onclick: f, dataset: {testid: "send"}}, child, …) */
export function el(spec, attributes = {}, ...children) {
  const [tag, ...classes] = spec.split(".");
  const element = document.createElement(tag || "div");
  if (classes.length) element.className = classes.join(" ");
  apply(element, attributes);
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** The same for SVG; attributes are set as they are. */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function apply(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "dataset") Object.assign(element.dataset, value);
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && typeof value !== "string") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
}

const PATHS = {
  send: "M4 12 20 4.5 15.5 20l-4-6.5L4 12Zm7.5 1.5L20 4.5",
  attach: "M20 11.5 12.4 19a5 5 0 0 1-7-7l8.2-8.2a3.4 3.4 0 0 1 4.8 4.8l-8.2 8.2a1.7 1.7 0 0 1-2.4-2.4l7.2-7.2",
  menu: "M4 7h16M4 12h16M4 17h10",
  more: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  close: "M6 6l12 12M18 6 6 18",
  photo: "M4 6.5h16v12H4zM4 16l4.5-4.5 4 4 3-3L20 17M15.5 10v.01",
  document: "M7 3.5h7l4 4v13H7zM14 3.5v4h4M10 12h5M10 15.5h5",
  voice: "M12 4a2.5 2.5 0 0 1 2.5 2.5v5a2.5 2.5 0 0 1-5 0v-5A2.5 2.5 0 0 1 12 4ZM6.5 11.5a5.5 5.5 0 0 0 11 0M12 17v3",
  video: "M4 7h11v10H4zM15 10.5 20 8v8l-5-2.5",
  location: "M12 21s6.5-6 6.5-11a6.5 6.5 0 0 0-13 0c0 5 6.5 11 6.5 11ZM12 12.2a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.8",
  contact: "M12 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM5 20c.6-4 3.4-6 7-6s6.4 2 7 6",
  keyboard: "M4 7h16v10H4zM7.5 10.2v.01M11 10.2v.01M14.5 10.2v.01M8 14h8",
  reply: "M10 7 5 12l5 5M5.5 12H14c3 0 5 2 5 5.5",
  edit: "M5 19l1-4L16 5l3 3L9 18l-4 1ZM14 7l3 3",
  copy: "M9 9h10v11H9zM5 15V4h10",
  down: "M6 10l6 6 6-6",
  play: "M8 5.5 18.5 12 8 18.5z",
  pause: "M8.5 6v12M15.5 6v12",
  link: "M9 15l6-6M10.5 7 13 4.5a4 4 0 0 1 6 6L16.5 13M13.5 17 11 19.500a4 4 0 0 1-6-6L7.5 11",
  qr: "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.500v2.500H14zM17.5 17.500H20V20h-2.500zM20 14v.01M14 20v.01",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 2.500v2M12 19.500v2M2.5 12h2M19.5 12h2M5.3 5.300l1.4 1.400M17.3 17.300l1.4 1.400M5.3 18.700l1.4-1.400M17.3 6.700l1.4-1.4",
  moon: "M19.5 14.500A8 8 0 0 1 9.5 4.500a8 8 0 1 0 10 10Z",
  block: "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM6.4 6.400l11.2 11.2",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
};

/** A line icon; it says nothing to screen readers, the button around it does. */
export function icon(name) {
  const path = svg("path", { d: PATHS[name] });
  return svg("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" }, path);
}

/** A button that shows an icon and says `label`. */
export function iconButton(name, label, onclick, attributes = {}) {
  const { spec = "button.round", ...rest } = attributes;
  return el(spec, { type: "button", "aria-label": label, title: label, onclick, ...rest }, icon(name));
}
