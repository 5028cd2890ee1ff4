// Pressed inline buttons: spinning until the bot answers, then a toast or an alert.

import { api } from "./api.js";
import { busy } from "./keyboards.js";
import { toast } from "./menus.js";
import { alertSheet } from "./sheets.js";

const LIFE = 15_000;

export class Presses {
  /** `phone`: person, chat, frame, wall, app, attempt(promise), follow(url). */
  constructor(phone) {
    this.phone = phone;
    this.spinning = new Map();
    this.early = new Map();
  }

  async press(button, element) {
    if (element.classList.contains("busy")) return;
    const { person, chat } = this.phone;
    const message = Number(element.closest(".row").dataset.messageId);
    busy(element, true);
    const press = await this.phone.attempt(api.press(person.id, message, button.callback_data, chat.id));
    if (!press) return busy(element, false);
    this.spinning.set(press.press_id, element);
    setTimeout(() => this.release(press.press_id), LIFE);
    if (this.early.has(press.press_id)) this.answered(this.early.get(press.press_id));
  }

  /** The answer may overtake the press's own confirmation; then it waits for it. */
  answered(answer) {
    if (!this.spinning.has(answer.press_id)) return this.early.set(answer.press_id, answer);
    this.early.delete(answer.press_id);
    this.release(answer.press_id);
    if (answer.url) return this.phone.follow(answer.url, true);
    if (!answer.text) return null;
    return answer.show_alert
      ? alertSheet(this.phone.frame, this.phone.app.bot().first_name, answer.text)
      : toast(this.phone.wall, answer.text);
  }

  release(pressId) {
    const element = this.spinning.get(pressId);
    if (element) busy(element, false);
    this.spinning.delete(pressId);
  }
}
