// One message as an element, and the order of the list: days, albums, who speaks after whom.

import { el, iconButton } from "./dom.js";
import { renderText } from "./entities.js";
import { inlineKeyboard } from "./keyboards.js";
import { renderMedia } from "./media.js";
import { clockTime, dayName, word } from "./words.js";

const SERVICE = {
  pinned_message: "pinned", new_chat_members: "joined", left_chat_member: "left",
  migrate_to_chat_id: "migrated", migrate_from_chat_id: "migrated",
};

/** `view`: me, group, and the actions command, link, press, copy, show, jump, act(message, anchor). */
export function renderMessage(message, view) {
  const mine = message.from?.id === view.me;
  const dataset = { messageId: message.message_id, testid: "message", author: message.from?.id ?? "", day: dayName(message.date) };
  if (message.media_group_id) dataset.album = message.media_group_id;
  const service = Object.keys(SERVICE).find((field) => field in message);
  if (service) return el("div.row.service", { dataset }, el("span.pill", {}, word(SERVICE[service])));
  const row = el(`div.row.${mine ? "out" : "in"}`, { dataset });
  const keys = message.reply_markup?.inline_keyboard;
  row.append(el("div.stack", {}, bubble(message, view, mine), keys ? inlineKeyboard(keys, view) : null), more(message, view));
  return row;
}

function bubble(message, view, mine) {
  const text = message.text ?? message.caption;
  const media = renderMedia(message, view.show);
  const kind = message.sticker ? ".bare" : media && (message.photo || message.video || message.location) ? ".filled" : "";
  const body = el(`div.bubble${kind}${text ? "" : ".wordless"}`);
  if (view.group && !mine) body.append(el("div.author", {}, message.sender_chat?.title ?? message.from.first_name));
  if (message.forward_origin) body.append(forwarded(message.forward_origin));
  if (message.reply_to_message) body.append(quote(message.reply_to_message, view));
  if (media) body.append(media);
  if (text) body.append(el("div.words", {}, renderText(text, message.entities ?? message.caption_entities, view)));
  body.append(stamp(message));
  if (message.reactions) body.append(el("div.reactions", {}, message.reactions.map((emoji) => el("span", {}, emoji))));
  return body;
}

function stamp(message) {
  const edited = message.edit_date ? el("span.edited", { dataset: { testid: "edited" } }, word("edited")) : null;
  return el("span.stamp", {}, edited, el("time", { datetime: new Date(message.date * 1000).toISOString() }, clockTime(message.date)));
}

function forwarded(origin) {
  return el("div.forwarded", {}, `${word("forwarded")} `, el("strong", {}, origin.sender_user?.first_name ?? ""));
}

function quote(target, view) {
  return el("button.quote", { type: "button", onclick: () => view.jump(target.message_id) },
    el("strong", {}, target.from?.first_name ?? ""), el("span", {}, summary(target)));
}

/** A message in a few words. */
export function summary(message) {
  const kind = ["photo", "video", "voice", "document", "location", "contact", "sticker"].find((field) => field in message);
  return message.text ?? message.caption ?? (kind ? word(kind) : "…");
}

function more(message, view) {
  return iconButton("more", word("actions"), (event) => view.act(message, event.currentTarget), {
    spec: "button.more", "aria-haspopup": "menu", dataset: { testid: "message-menu" },
  });
}

/** Put days between, mark first and last of what one author says in a row, and join albums. */
export function tidy(list) {
  list.querySelectorAll(".day").forEach((each) => each.remove());
  const rows = [...list.querySelectorAll(":scope > .row")];
  rows.forEach((row, index) => {
    const [before, after] = [rows[index - 1], rows[index + 1]];
    if (row.dataset.day !== before?.dataset.day) {
      row.before(el("div.day", {}, el("span.pill", {}, row.dataset.day)));
    }
    row.classList.toggle("first", !together(before, row));
    row.classList.toggle("last", !together(row, after));
    row.classList.toggle("album", Boolean(row.dataset.album) && [before, after].some((other) => other?.dataset.album === row.dataset.album));
  });
}

function together(one, other) {
  return Boolean(one && other) && one.dataset.author === other.dataset.author && one.dataset.day === other.dataset.day
    && !one.classList.contains("service") && !other.classList.contains("service");
}

/** The look of an empty chat: who this is and what it does. */
export function emptyChat(bot, description) {
  return el("div.empty", {}, el("span.avatar.large.bot", { "aria-hidden": "true" }, bot.first_name.slice(0, 1)),
    el("h3", {}, bot.first_name), el("p", {}, description || word("empty")));
}
