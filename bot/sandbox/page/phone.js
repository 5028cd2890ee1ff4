// One persona's phone: head, chats, messages, composer.

import { api, transcriptUrl } from "./api.js";
import { emptyChat, renderMessage, tidy } from "./bubbles.js";
import { Composer } from "./composer.js";
import { el, iconButton } from "./dom.js";
import { startPayload } from "./entities.js";
import { openMenu, toast } from "./menus.js";
import { Presses } from "./presses.js";
import { photoSheet, qrSheet } from "./sheets.js";
import { LANGUAGES, word } from "./words.js";

export class Phone {
  /** `app`: bot(), places(), unreadChanged(); `unread`: counts to go on from, by chat. */
  constructor(person, app, unread = new Map()) {
    this.person = person;
    this.app = app;
    this.places = app.places;
    this.chat = person.chats[0];
    this.messages = new Map();
    this.unread = unread;
    this.presses = new Presses(this);
    this.build();
  }

  build() {
    [this.stuck, this.top] = [true, 0];
    this.list = el("div.messages", { role: "log", "aria-live": "polite", tabindex: "0", onscroll: () => this.scrolled() });
    this.list.addEventListener("load", () => this.stuck && this.toEnd(), true);
    new ResizeObserver(() => this.stuck && this.toEnd()).observe(this.list);
    this.status = el("small", {}, word("bot"));
    this.title = el("strong");
    this.sign = el("span.avatar.bot", { "aria-hidden": "true" });
    this.tabs = el("div.tabs", { role: "tablist", "aria-label": word("chats") });
    this.down = iconButton("down", word("down"), () => this.toEnd(true), { spec: "button.round.down", hidden: true });
    this.wall = el("div.wall", {}, this.list, this.down);
    this.more = iconButton("more", word("menu"), () => this.menu(), { "aria-haspopup": "menu", dataset: { testid: "menu" } });
    this.composer = new Composer(this);
    this.frame = el("div.phone", { ondragover: (event) => event.preventDefault(), ondrop: (event) => this.composer.take(event, event.dataTransfer) },
      el("div.head", {}, this.sign, el("div.head-words", {}, this.title, this.status), this.more),
      this.tabs, this.wall, this.composer.element);
    this.element = el("section.slot", { "aria-label": `${this.person.first_name}, ${this.person.label}`, dataset: { persona: this.person.id } },
      this.strip(), this.frame);
  }

  strip() {
    const avatar = el("span.avatar", { "aria-hidden": "true" }, this.person.first_name.slice(0, 1));
    avatar.style.setProperty("--colour", this.person.colour);
    const codes = { ...LANGUAGES, ...(this.person.language_code in LANGUAGES ? {} : { [this.person.language_code]: this.person.language_code }) };
    const options = Object.entries(codes).map(([code, title]) => el("option", { value: code, selected: code === this.person.language_code }, title));
    const choose = (event) => this.attempt(api.setLanguage(this.person.id, event.target.value));
    const name = [this.person.first_name, this.person.last_name].filter(Boolean).join(" ");
    return el("div.strip", {}, avatar, el("div.strip-words", {}, el("strong", {}, name), el("small", {}, this.person.label)),
      el("select.tongue", { "aria-label": word("person_language"), title: word("person_language"), dataset: { testid: "language" }, onchange: choose }, options));
  }

  /** Load the chat anew; changes heard meanwhile wait, for the answer may be older than they. */
  async open(chat = this.chat) {
    this.chat = chat;
    this.composer.end();
    if (this.shown()) this.unread.delete(chat.id);
    const waiting = (this.waiting = []);
    const messages = await this.attempt(api.history(this.person.id, chat.id));
    if (this.waiting !== waiting) return;
    this.waiting = null;
    this.messages = new Map((messages ?? []).map((message) => [message.message_id, message]));
    this.draw();
    this.toEnd();
    waiting.forEach((event) => this.hear(event));
    this.app.unreadChanged();
  }

  draw() {
    const rows = [...this.messages.values()].map((message) => renderMessage(message, this.view()));
    this.list.replaceChildren(...rows);
    this.drawHead();
    this.settle();
  }

  drawHead() {
    const { chat, person } = this;
    const own = chat.type === "private";
    this.title.textContent = own ? this.app.bot().first_name : chat.title;
    this.status.textContent = own ? word("bot") : word("group");
    this.sign.textContent = this.title.textContent.slice(0, 1);
    this.composer.commands.hidden = own && chat.menu_button?.type !== "commands";
    this.tabs.hidden = person.chats.length < 2;
    this.tabs.replaceChildren(...person.chats.map((each) => this.tab(each)));
  }

  tab(chat) {
    const count = this.unread.get(chat.id) ?? 0;
    const name = chat.type === "private" ? this.app.bot().first_name : chat.title;
    return el("button.tab", { type: "button", role: "tab", "aria-selected": String(chat.id === this.chat.id), onclick: () => this.open(chat) },
      name, count ? el("span.badge", {}, String(count)) : null);
  }

  /** After any change: order, empty look, keyboards. */
  settle() {
    const messages = [...this.messages.values()];
    this.list.querySelector(".empty")?.remove();
    if (!messages.length) this.list.append(emptyChat(this.app.bot(), this.description()));
    tidy(this.list);
    this.composer.refresh(messages);
  }

  description() {
    const { descriptions } = this.app.bot();
    return descriptions[this.person.language_code.slice(0, 2)] || descriptions[""];
  }

  view() {
    const send = (text) => this.attempt(api.text(this.person.id, text, this.chat.id));
    return {
      me: this.person.id, group: this.chat.type !== "private", command: send,
      link: (url, forced) => this.follow(url, forced), press: (button, element) => this.presses.press(button, element),
      copy: (text) => this.copy(text), show: (url) => photoSheet(this.frame, url),
      jump: (id) => this.jump(id), act: (message, anchor) => this.actions(message, anchor),
    };
  }

  /** A change from the stream that this person can see. */
  hear(event) {
    const { kind, data } = event;
    if (this.waiting) this.waiting.push(event);
    else if (kind === "message") this.receive(data.message);
    else if (kind === "edited") this.replace(data.message);
    else if (kind === "deleted") this.remove(data);
    else if (kind === "action") this.typing(data);
    else if (kind === "answer") this.presses.answered(data);
    else if (kind === "bot_status") this.setStatus(data);
  }

  receive(message) {
    const chatId = message.chat.id;
    if (chatId === this.chat.id && !this.messages.has(message.message_id)) {
      const stay = this.stuck || message.from?.id === this.person.id;
      this.messages.set(message.message_id, message);
      this.list.append(renderMessage(message, this.view()));
      this.settle();
      this.status.textContent = word(this.chat.type === "private" ? "bot" : "group");
      if (stay) this.toEnd(true);
    }
    const seen = chatId === this.chat.id && this.shown() && this.atEnd();
    if (!seen && message.from?.id !== this.person.id) this.unread.set(chatId, (this.unread.get(chatId) ?? 0) + 1);
    this.drawHead();
    this.scrolled();
    this.app.unreadChanged();
  }

  replace(message) {
    if (message.chat.id !== this.chat.id || !this.messages.has(message.message_id)) return;
    const stay = this.stuck;
    this.messages.set(message.message_id, message);
    this.row(message.message_id)?.replaceWith(renderMessage(message, this.view()));
    this.settle();
    if (stay) this.toEnd();
    this.scrolled();
  }

  remove({ chat_id: chatId, message_id: id }) {
    if (chatId !== this.chat.id) return;
    this.messages.delete(id);
    this.row(id)?.remove();
    this.settle();
  }

  typing({ chat_id: chatId }) {
    if (chatId !== this.chat.id) return;
    this.status.textContent = word("typing");
    clearTimeout(this.typingEnds);
    this.typingEnds = setTimeout(() => this.drawHead(), 5000);
  }

  setStatus({ chat_id: chatId, status }) {
    this.person.chats.filter((chat) => chat.id === chatId).forEach((chat) => Object.assign(chat, { bot_status: status }));
    this.settle();
  }

  /** Open a link: one to this bot inside the phone (true), any other by the browser, at once where `forced`. */
  follow(url, forced = false) {
    const payload = startPayload(url, this.app.bot().username);
    if (payload === null) {
      if (forced && /^(https?|tg):/i.test(url)) window.open(url, "_blank", "noopener,noreferrer");
      return false;
    }
    this.enter(payload);
    return true;
  }

  async enter(payload) {
    if (this.chat !== this.person.chats[0]) await this.open(this.person.chats[0]);
    this.attempt(api.open(this.person.id, payload));
  }

  actions(message, anchor) {
    const items = [{ icon: "reply", label: word("reply"), testid: "reply", run: () => this.composer.begin("reply", message) }];
    const text = message.text ?? message.caption;
    if (text) items.push({ icon: "copy", label: word("copy"), run: () => this.copy(text) });
    if (message.from?.id === this.person.id && text) items.push({ icon: "edit", label: word("edit"), testid: "edit", run: () => this.composer.begin("edit", message) });
    openMenu(this.frame, anchor, items, { testid: "message-actions" });
  }

  menu() {
    const { id } = this.person;
    const blocked = this.person.chats[0].bot_status === "kicked";
    openMenu(this.frame, this.more, [
      { icon: "qr", label: word("qr"), testid: "qr", run: () => this.scan() },
      { icon: "document", label: word("transcript"), run: () => window.open(transcriptUrl(id, this.chat.id), "_blank", "noopener") },
      { icon: "block", label: word(blocked ? "unblock" : "block"), danger: !blocked, testid: "block", run: () => this.attempt(blocked ? api.unblock(id) : api.block(id)) },
    ]);
  }

  async scan() {
    const link = await qrSheet(this.frame, this.app.bot());
    if (!link) return;
    if (startPayload(link, this.app.bot().username) === null) toast(this.wall, word("bad_link"));
    else this.follow(link);
  }

  async copy(text) {
    await navigator.clipboard?.writeText(text).catch(() => {});
    toast(this.wall, word("copied"));
  }

  jump(id) {
    const row = this.row(id);
    row?.scrollIntoView({ block: "center", behavior: "smooth" });
    row?.classList.add("found");
    setTimeout(() => row?.classList.remove("found"), 1400);
  }

  /** The call's result, or null after telling the person why not. */
  async attempt(call) {
    try {
      return await call;
    } catch (error) {
      toast(this.wall, `${word("failed")}: ${error.message}`, "error");
      return null;
    }
  }

  row(id) {
    return this.list.querySelector(`[data-message-id="${id}"]`);
  }

  shown() {
    return !document.hidden && this.element.offsetParent !== null;
  }

  atEnd() {
    return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 80;
  }

  toEnd(smooth = false) {
    this.stuck = true;
    this.list.scrollTo({ top: this.list.scrollHeight, behavior: smooth ? "smooth" : "instant" });
  }

  /** Only a move upwards lets go of the end: what grows below (a picture that loads) does not. */
  scrolled() {
    const top = this.list.scrollTop;
    if (this.atEnd()) this.stuck = true;
    else if (top < this.top - 1) this.stuck = false;
    this.top = top;
    this.down.hidden = this.atEnd();
    if (this.atEnd() && this.shown() && this.unread.delete(this.chat.id)) {
      this.drawHead();
      this.app.unreadChanged();
    }
  }

  totalUnread() {
    return [...this.unread.values()].reduce((sum, count) => sum + count, 0);
  }
}
