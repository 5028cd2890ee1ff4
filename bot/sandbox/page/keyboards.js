// Inline keyboards under a message, and the reply keyboard under the input.

import { el, icon } from "./dom.js";
import { word } from "./words.js";

/** `actions`: press(button, element), link(url), copy(text). */
export function inlineKeyboard(rows, actions) {
  return el("div.keys", { role: "group" }, rows.map((row) =>
    el("div.keys-row", {}, row.map((button) => inlineButton(button, actions)))));
}

function inlineButton(button, actions) {
  const element = el(`button.key${button.style ? `.${button.style}` : ""}`, {
    type: "button",
    dataset: { testid: "inline-button", ...(button.callback_data ? { callback: button.callback_data } : {}) },
    onclick: () => run(button, element, actions),
  }, el("span.key-text", {}, button.text), mark(button));
  return element;
}

function mark(button) {
  if (button.url || button.web_app) return icon("link");
  return button.copy_text ? icon("copy") : null;
}

function run(button, element, actions) {
  if (button.callback_data) actions.press(button, element);
  else if (button.copy_text) actions.copy(button.copy_text.text);
  else if (button.url || button.web_app) actions.link(button.url ?? button.web_app.url, true);
}

/** The pressed look until the bot answers. */
export function busy(element, on) {
  element.classList.toggle("busy", on);
  element.toggleAttribute("aria-busy", on);
  if (on) element.setAttribute("aria-description", word("waiting"));
  else element.removeAttribute("aria-description");
}

/** `tap(button)` hears which one. */
export function replyKeyboard(markup, tap) {
  const rows = markup.keyboard.map((row) => el("div.reply-row", {}, row.map((button) => replyButton(button, tap))));
  return el(`div.reply-keys${markup.resize_keyboard ? "" : ".tall"}`, { role: "group", "aria-label": word("keyboard") }, rows);
}

function replyButton(button, tap) {
  const sign = button.request_location ? "location" : button.request_contact ? "contact" : null;
  return el(`button.reply-key${button.style ? `.${button.style}` : ""}`, {
    type: "button", dataset: { testid: "reply-button" }, onclick: () => tap(button),
  }, sign ? icon(sign) : null, el("span", {}, button.text));
}

/** What lies under the input now, by the newest message that says anything about it. */
export function currentKeyboard(messages) {
  let answered = false;
  for (const message of [...messages].reverse()) {
    const markup = message.reply_markup;
    if (markup?.keyboard || (markup?.force_reply && !answered)) return { message, markup };
    if (markup?.remove_keyboard) return null;
    answered ||= message.from?.is_bot === false;
  }
  return null;
}
