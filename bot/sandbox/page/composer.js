// The input row: words, attachments, commands, reply and edit bars, the reply keyboard, start and unblock.

import { api } from "./api.js";
import { summary } from "./bubbles.js";
import { el, icon, iconButton } from "./dom.js";
import { currentKeyboard, replyKeyboard } from "./keyboards.js";
import { openMenu } from "./menus.js";
import { confirmSheet, contactSheet, filesSheet, placeSheet } from "./sheets.js";
import { word } from "./words.js";

const ACCEPTED = { photo: "image/*", document: "", voice: "audio/*,.ogg,.oga", video: "video/*" };

export class Composer {
  /** `phone`: person, chat, frame, places, attempt(promise). */
  constructor(phone) {
    this.phone = phone;
    this.mode = null;
    this.forced = 0;
    this.hidden = false;
    this.input = el("textarea", {
      rows: 1, "aria-label": word("write"), placeholder: word("write"), dataset: { testid: "input" }, oninput: () => this.grow(),
      onkeydown: (event) => this.key(event), onpaste: (event) => this.take(event, event.clipboardData),
    });
    this.commands = iconButton("menu", word("commands"), () => this.showCommands(), { "aria-haspopup": "menu", dataset: { testid: "commands" } });
    this.attach = iconButton("attach", word("attach"), () => this.showAttach(), { "aria-haspopup": "menu", dataset: { testid: "attach" } });
    this.toggle = iconButton("keyboard", word("keyboard"), () => this.flip(), { hidden: true, dataset: { testid: "keyboard-toggle" } });
    this.submit = iconButton("send", word("send"), () => this.send(), { spec: "button.round.send", dataset: { testid: "send" } });
    this.pickers = Object.fromEntries(Object.keys(ACCEPTED).map((kind) => [kind, this.picker(kind)]));
    this.above = el("div.above", { hidden: true });
    this.below = el("div.below", { hidden: true });
    this.gate = el("div.gate", { hidden: true });
    this.line = el("div.line", {}, this.commands, this.attach, this.input, this.toggle, this.submit);
    this.element = el("div.composer", {}, this.above, this.line, this.gate, this.below, Object.values(this.pickers));
  }

  picker(kind) {
    return el("input", {
      type: "file", accept: ACCEPTED[kind], multiple: kind !== "voice", hidden: true, tabindex: "-1",
      "aria-label": word(kind), dataset: { testid: `attach-${kind}` },
      onchange: (event) => this.chosen(kind, [...event.target.files], event.target),
    });
  }

  /** Fit what is shown to the chat's state and its newest keyboard. */
  refresh(messages) {
    const { chat } = this.phone;
    const status = chat.type === "private" ? chat.bot_status : "member";
    this.gate.hidden = status === "member";
    this.line.hidden = !this.gate.hidden;
    this.gate.replaceChildren(...this.gateParts(status));
    const current = chat.type === "private" && this.gate.hidden ? currentKeyboard(messages) : null;
    this.keyboard = current?.markup.keyboard ? current : null;
    this.showKeyboard();
    this.input.placeholder = current?.markup.input_field_placeholder || word("write");
    if (current?.markup.force_reply && this.forced !== current.message.message_id) {
      this.forced = current.message.message_id;
      this.begin("reply", current.message);
    }
  }

  gateParts(status) {
    if (status === "left") {
      return [this.gateButton(word("start"), () => api.open(this.phone.person.id), "start")];
    }
    const unblock = this.gateButton(word("unblock"), () => api.unblock(this.phone.person.id), "unblock");
    return status === "kicked" ? [el("p", {}, word("blocked")), unblock] : [];
  }

  gateButton(label, call, testid) {
    return el("button.wide", { type: "button", dataset: { testid }, onclick: () => this.phone.attempt(call()) }, label);
  }

  showKeyboard() {
    const shown = this.keyboard && this.hidden !== this.keyboard.message.message_id;
    this.toggle.hidden = !this.keyboard;
    this.below.hidden = !shown;
    this.toggle.setAttribute("aria-expanded", String(Boolean(shown)));
    this.below.replaceChildren(...(shown ? [replyKeyboard(this.keyboard.markup, (button) => this.tap(button))] : []));
  }

  flip() {
    this.hidden = this.below.hidden ? false : this.keyboard.message.message_id;
    this.showKeyboard();
  }

  async tap(button) {
    const { person, frame, places } = this.phone;
    let place = {};
    if (button.request_location) place = await placeSheet(frame, places());
    if (button.request_contact) place = (await confirmSheet(frame, word("share"), person.phone_number)) && {};
    if (!place) return;
    if (this.keyboard?.markup.one_time_keyboard) this.flip();
    this.phone.attempt(api.tap(person.id, button.text, place));
  }

  /** Start replying to a message or editing one. */
  begin(kind, message) {
    this.mode = { kind, message };
    const title = word(kind === "edit" ? "editing" : "replying");
    const cancel = iconButton("close", word("cancel"), () => this.end());
    this.above.replaceChildren(icon(kind), el("span.above-words", {}, el("strong", {}, title), el("span", {}, summary(message))), cancel);
    this.above.hidden = false;
    if (kind === "edit") this.input.value = message.text ?? message.caption ?? "";
    this.grow();
    this.input.focus();
  }

  repliedTo() {
    return this.mode?.kind === "reply" ? this.mode.message.message_id : undefined;
  }

  end() {
    if (this.mode?.kind === "edit") this.input.value = "";
    this.mode = null;
    this.above.hidden = true;
    this.grow();
  }

  async send() {
    const text = this.input.value.trim();
    if (!text) return;
    const { person, chat } = this.phone;
    const { kind, message } = this.mode ?? {};
    const call = kind === "edit" ? api.edit(person.id, message.message_id, text, chat.id) : api.text(person.id, text, chat.id, message?.message_id);
    if (await this.phone.attempt(call)) {
      this.input.value = "";
      this.end();
    }
  }

  key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.send();
    } else if (event.key === "Escape" && this.mode) this.end();
  }

  grow() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, 132)}px`;
    this.element.classList.toggle("writing", this.input.value.trim() !== "");
  }

  async showCommands() {
    const { person, chat, frame } = this.phone;
    const commands = await this.phone.attempt(api.commands(person.id, chat.id));
    if (!commands) return;
    const items = commands.map(({ command, description }) => ({
      label: `/${command}`, hint: description, testid: "command",
      run: () => this.phone.attempt(api.text(person.id, `/${command}`, chat.id)),
    }));
    openMenu(frame, this.commands, items, { testid: "commands-menu", empty: word("no_commands") });
  }

  showAttach() {
    const files = Object.keys(ACCEPTED).map((kind) => ({ icon: kind, label: word(kind), testid: `attach-${kind}-item`, run: () => this.pickers[kind].click() }));
    openMenu(this.phone.frame, this.attach, [
      ...files,
      { icon: "location", label: word("location"), testid: "attach-location", run: () => this.sendPlace() },
      { icon: "contact", label: word("contact"), testid: "attach-contact", run: () => this.sendContact() },
    ], { testid: "attach-menu" });
  }

  async sendPlace() {
    const { person, chat, frame, places } = this.phone;
    const place = await placeSheet(frame, places());
    if (place && await this.phone.attempt(api.location(person.id, place, chat.id, this.repliedTo()))) this.end();
  }

  async sendContact() {
    const { person, frame } = this.phone;
    const contact = await contactSheet(frame, person);
    if (contact) this.phone.attempt(api.contact(person.id, contact.phone_number ? contact : null));
  }

  /** Files pasted or dropped: pictures as photos, the rest as documents. */
  take(event, transfer) {
    const files = [...(transfer?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    this.chosen(files.every((file) => file.type.startsWith("image/")) ? "photo" : "document", files);
  }

  async chosen(kind, files, picker) {
    if (picker) picker.value = "";
    if (!files.length) return;
    const { person, chat, frame } = this.phone;
    const answer = await filesSheet(frame, kind, files);
    if (!answer) return;
    const duration = kind === "voice" || kind === "video" ? await lengthOf(files[0], kind) : 0;
    const options = { caption: answer.caption, duration, chat: chat.id, replyTo: this.repliedTo() };
    if (await this.phone.attempt(api.files(person.id, kind, files, options))) this.end();
  }
}

/** Seconds of a sound or film; 1 where the browser cannot tell. */
function lengthOf(file, kind) {
  const player = document.createElement(kind === "video" ? "video" : "audio");
  return new Promise((resolve) => {
    const answer = () => {
      URL.revokeObjectURL(player.src);
      resolve(Number.isFinite(player.duration) ? Math.max(1, Math.round(player.duration)) : 1);
    };
    player.onloadedmetadata = player.onerror = answer;
    setTimeout(answer, 1500);
    player.preload = "metadata";
    player.src = URL.createObjectURL(file);
  });
}
