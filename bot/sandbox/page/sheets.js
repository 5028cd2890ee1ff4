// Sheets: what slides over a phone and wants an answer.

import { fileSize, word } from "./words.js";
import { el, icon, iconButton } from "./dom.js";
import { qrUrl } from "./api.js";
import { PinMap } from "./map.js";

/** Open a sheet in `frame`; resolves with what `build(done)` hands to `done`, null when it is closed. */
export function openSheet(frame, title, build, { testid = "sheet" } = {}) {
  return new Promise((resolve) => {
    const before = document.activeElement;
    const done = (value) => {
      shade.remove();
      before?.focus?.();
      resolve(value ?? null);
    };
    const id = `sheet-${Math.random().toString(36).slice(2)}`;
    const sheet = el("div.sheet", { role: "dialog", "aria-modal": "true", "aria-labelledby": id, dataset: { testid } },
      el("div.sheet-head", {}, el("h2", { id }, title), iconButton("close", word("close"), () => done())), build(done));
    const shade = el("div.shade", {
      onclick: (event) => event.target === shade && done(),
      onkeydown: (event) => keys(event, sheet, done),
    }, sheet);
    frame.append(shade);
    (sheet.querySelector("[data-first]") ?? sheet.querySelector("input, textarea, button"))?.focus();
  });
}

function keys(event, sheet, done) {
  if (event.key === "Escape") done();
  if (event.key !== "Tab") return;
  const all = [...sheet.querySelectorAll("button, input, select, textarea, a[href], [tabindex='0']")].filter((each) => !each.disabled);
  const [first, last] = [all[0], all.at(-1)];
  if (event.shiftKey && document.activeElement === first) last.focus();
  else if (!event.shiftKey && document.activeElement === last) first.focus();
  else return;
  event.preventDefault();
}

export function field(label, attributes) {
  const input = el("input", { type: "text", autocomplete: "off", ...attributes });
  return el("label.field", {}, el("span", {}, label), input);
}

function button(label, onclick, attributes = {}) {
  return el("button.wide", { type: "button", onclick, ...attributes }, label);
}

export function alertSheet(frame, title, text) {
  return openSheet(frame, title, (done) => el("div.sheet-body", {},
    el("p.alert-words", { dataset: { testid: "alert-text" } }, text),
    button(word("ok"), () => done(true), { dataset: { first: "", testid: "alert-ok" } })), { testid: "alert" });
}

export function confirmSheet(frame, text, yes) {
  return openSheet(frame, text, (done) => el("div.sheet-body.two", {},
    button(word("cancel"), () => done(), { class: "wide quiet" }), button(yes, () => done(true), { dataset: { first: "", testid: "confirm" } })));
}

/** Files with a caption before they go out: {files, caption}. */
export function filesSheet(frame, kind, files) {
  return openSheet(frame, word(kind), (done) => {
    const caption = field(word("caption"), { maxlength: 1024, dataset: { first: "", testid: "attach-caption" } });
    const send = () => done({ files, caption: caption.querySelector("input").value });
    caption.addEventListener("keydown", (event) => event.key === "Enter" && send());
    return el("div.sheet-body", {}, el("div.previews", {}, files.map((file) => preview(kind, file))), caption,
      button(word("send"), send, { dataset: { testid: "attach-send" } }));
  });
}

function preview(kind, file) {
  if (kind !== "photo") return el("div.preview-file", {}, icon(kind), el("strong", {}, file.name), el("small", {}, fileSize(file.size)));
  const image = el("img", { alt: file.name, src: URL.createObjectURL(file) });
  image.onload = () => URL.revokeObjectURL(image.src);
  return image;
}

/** A place chosen on the map: {latitude, longitude}. */
export function placeSheet(frame, places) {
  return openSheet(frame, word("place_title"), (done) => {
    const inputs = ["latitude", "longitude"].map((name) => field(word(name), {
      inputmode: "decimal", dataset: { testid: `location-${name}` }, oninput: () => read(),
    }));
    const [latitude, longitude] = inputs.map((each) => each.querySelector("input"));
    const show = (point) => {
      latitude.value = point.latitude.toFixed(6);
      longitude.value = point.longitude.toFixed(6);
    };
    const map = new PinMap(places, null, show);
    const read = () => {
      const [lat, lon] = [latitude, longitude].map((each) => Number(each.value.replace(",", ".")));
      if (Math.abs(lat) <= 90 && Math.abs(lon) <= 180) map.set({ latitude: lat, longitude: lon });
    };
    show(map.point);
    const choose = (event) => {
      const chosen = places[event.target.value];
      if (!chosen) return;
      map.set({ latitude: chosen.latitude, longitude: chosen.longitude });
      show(map.point);
    };
    const list = places.length ? el("label.field", {}, el("span", {}, word("nearby")), el("select", { onchange: choose, dataset: { testid: "location-place" } },
      el("option", { value: "" }, word("choose")), places.map((each, index) => el("option", { value: String(index) }, each.name)))) : null;
    return el("div.sheet-body", {}, map.element, list, el("div.pair", {}, inputs),
      button(word("send_place"), () => done(map.point), { dataset: { testid: "location-send" } }));
  });
}

/** A contact: {} for one's own, {phone_number, first_name} for another. */
export function contactSheet(frame, person) {
  return openSheet(frame, word("contact_title"), (done) => {
    const [name, phone] = [field(word("name"), {}), field(word("phone"), { type: "tel" })];
    const other = () => {
      const [first, number] = [name, phone].map((each) => each.querySelector("input").value.trim());
      if (first && number) done({ first_name: first, phone_number: number });
    };
    return el("div.sheet-body", {},
      button(`${word("own_number")} · ${person.phone_number}`, () => done({}), { dataset: { testid: "contact-own" } }),
      el("hr"), name, phone, button(word("send"), other, { class: "wide quiet" }));
  });
}

export function photoSheet(frame, url) {
  return openSheet(frame, word("photo"), () => el("div.viewer", {}, el("img", { src: url, alt: word("photo") })), { testid: "viewer" });
}

/** Show a deep link as a QR code, or scan one by pasting it; resolves with the pasted link. */
export function qrSheet(frame, bot) {
  return openSheet(frame, word("qr"), (done) => {
    const address = (payload) => `https://t.me/${bot.username}${payload ? `?start=${payload}` : ""}`;
    const image = el("img.qr", { alt: address(""), src: qrUrl(address("")) });
    const words = el("code.qr-link", {}, address(""));
    const draw = (event) => {
      const link = address(event.target.value.replace(/[^\w-]/g, "").slice(0, 64));
      words.textContent = image.alt = link;
      image.src = qrUrl(link);
    };
    const scan = field(word("scan"), { type: "url", placeholder: address("…"), dataset: { testid: "qr-scan" } });
    const open = () => done(scan.querySelector("input").value.trim());
    scan.addEventListener("keydown", (event) => event.key === "Enter" && open());
    return el("div.sheet-body", {}, image, words, field(word("payload"), { oninput: draw, maxlength: 64, dataset: { testid: "qr-payload" } }),
      el("hr"), scan, button(word("open"), open, { dataset: { testid: "qr-open" } }));
  });
}

/** A new persona: {first_name, label, language_code}. */
export function personSheet(frame, languages) {
  return openSheet(frame, word("add"), (done) => {
    const [name, label] = [field(word("name"), { dataset: { first: "", testid: "person-name" } }), field(word("role"), {})];
    const choice = el("select", {}, Object.entries(languages).map(([code, title]) => el("option", { value: code }, title)));
    const add = () => {
      const first = name.querySelector("input").value.trim();
      if (first) done({ first_name: first, label: label.querySelector("input").value.trim(), language_code: choice.value });
    };
    return el("div.sheet-body", {}, name, label, el("label.field", {}, el("span", {}, word("person_language")), choice),
      button(word("add"), add, { dataset: { testid: "person-add" } }));
  });
}
