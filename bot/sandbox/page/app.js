// The stage: top bar, phones side by side or one at a time, and the line to the sandbox.

import { api, follow } from "./api.js";
import { el, iconButton } from "./dom.js";
import { Phone } from "./phone.js";
import { personSheet } from "./sheets.js";
import { LANGUAGES, language, setLanguage, word } from "./words.js";

const bar = document.getElementById("bar");
const stage = document.getElementById("stage");
const switcher = document.getElementById("switcher");
const phones = new Map();
let bot = null;
let places = [];
/** A look at the server is under way; something changed since it began. */
let looking = false;
let stale = false;
let active = Number(location.hash.slice(1)) || 0;

const app = { bot: () => bot, places: () => places, unreadChanged: drawSwitcher };

async function begin() {
  applyTheme(localStorage.getItem("theme"));
  drawBar();
  const start = await load();
  places = await api.places();
  follow(start.last_event, hear, (up) => bar.classList.toggle("offline", !up));
}

/** Everything anew: who is there, what they see. */
async function load() {
  const start = await api.start();
  bot = start.bot;
  const before = new Map(phones);
  phones.clear();
  for (const person of start.people) phones.set(person.id, new Phone(person, app, before.get(person.id)?.unread));
  stage.replaceChildren(...[...phones.values()].map((phone) => phone.element));
  stage.style.setProperty("--count", phones.size);
  activate(phones.has(active) ? active : start.people[0]?.id);
  await Promise.all([...phones.values()].map((phone) => phone.open()));
  return start;
}

async function hear(event) {
  if (event.kind === "reset") return load();
  if (["people", "chats", "commands", "bot"].includes(event.kind)) return refresh();
  if (event.kind === "bot_status" && looking) stale = true; // the look under way may not know it yet
  for (const [id, phone] of phones) {
    if (event.people === null || event.people.includes(id)) phone.hear(event);
  }
}

/** One look at a time, and another one if something changed meanwhile: an older answer never overtakes a newer one. */
async function refresh() {
  stale = true;
  if (looking) return;
  looking = true;
  try {
    while (stale) {
      stale = false;
      await look();
    }
  } finally {
    looking = false;
  }
}

/** Who is there and which chats they have, without losing what is being written. */
async function look() {
  const start = await api.start();
  bot = start.bot;
  for (const person of start.people) {
    const phone = phones.get(person.id);
    if (!phone) await join(person);
    else await renew(phone, person);
  }
  drawSwitcher();
}

async function join(person) {
  const phone = new Phone(person, app);
  phones.set(person.id, phone);
  stage.append(phone.element);
  stage.style.setProperty("--count", phones.size);
  if (!active) activate(person.id);
  await phone.open();
}

async function renew(phone, person) {
  const before = phone.chat.id;
  Object.assign(phone.person, person);
  const chat = person.chats.find((each) => each.id === before);
  if (!chat) return phone.open(person.chats[0]);
  phone.chat = chat;
  phone.drawHead();
  return phone.settle();
}

function activate(id) {
  active = id;
  if (id) history.replaceState(null, "", `#${id}`);
  for (const [each, phone] of phones) phone.element.classList.toggle("active", each === id);
  phones.get(id)?.toEnd();
  phones.get(id)?.scrolled();
  drawSwitcher();
}

function drawSwitcher() {
  switcher.setAttribute("aria-label", word("phones"));
  switcher.replaceChildren(...[...phones.values()].map((phone) => chip(phone.person, phone.totalUnread())));
}

function chip(person, count) {
  const avatar = el("span.avatar.small", { "aria-hidden": "true" }, person.first_name.slice(0, 1));
  avatar.style.setProperty("--colour", person.colour);
  const words = el("span.chip-words", {}, el("strong", {}, person.first_name), el("small", {}, person.label));
  const badge = count ? el("span.badge", { "aria-label": `${count} ${word("new_messages")}` }, String(count)) : null;
  return el("button.chip", {
    type: "button", "aria-pressed": String(person.id === active), dataset: { testid: "switch", for: person.id }, onclick: () => activate(person.id),
  }, avatar, words, badge);
}

function drawBar() {
  const options = Object.entries(LANGUAGES).map(([code, title]) => el("option", { value: code, selected: code === language() }, title));
  const speak = (event) => {
    setLanguage(event.target.value);
    drawBar();
    load();
  };
  bar.replaceChildren(
    el("div.brand", {}, el("img", { src: "icon.svg", alt: "", width: 34, height: 34 }), el("h1", {}, "Gurindam", el("span", {}, word("demo")))),
    el("p.line-state", { role: "status" }, word("offline")),
    el("div.bar-tools", {},
      el("select.tongue", { "aria-label": word("language"), title: word("language"), dataset: { testid: "page-language" }, onchange: speak }, options),
      iconButton("plus", word("add"), addPerson, { dataset: { testid: "add-person" } }),
      iconButton(dark() ? "sun" : "moon", word("theme"), flipTheme, { dataset: { testid: "theme" } })));
}

async function addPerson() {
  const person = await personSheet(document.body, LANGUAGES);
  if (person) active = (await api.addPerson(person)).id;
}

function dark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function applyTheme(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
}

function flipTheme() {
  const theme = dark() ? "light" : "dark";
  localStorage.setItem("theme", theme);
  applyTheme(theme);
  drawBar();
}

begin();
