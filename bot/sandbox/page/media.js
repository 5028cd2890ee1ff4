// What a message can carry besides words.

import { fileUrl } from "./api.js";
import { el, icon, iconButton } from "./dom.js";
import { stillMap } from "./map.js";
import { fileSize, word } from "./words.js";

const BARS = 34;

/** The element for the message's file, place or contact; null for plain text. `show(url)` opens a picture. */
export function renderMedia(message, show) {
  if (message.photo) return photo(message.photo, show);
  if (message.video) return video(message.video);
  if (message.voice) return voice(message.voice);
  if (message.audio) return voice(message.audio, message.audio.file_name);
  if (message.document) return file(message.document);
  if (message.sticker) return el("div.sticker", { role: "img", "aria-label": word("sticker") }, message.sticker.emoji ?? "◻");
  if (message.location) return place(message.location);
  if (message.contact) return contact(message.contact);
  return null;
}

function photo(sizes, show) {
  const [shown, largest] = [sizes[Math.min(2, sizes.length - 1)], sizes.at(-1)];
  const image = el("img", { src: fileUrl(shown.file_id), alt: word("photo"), width: shown.width, height: shown.height });
  return el("button.photo", { type: "button", "aria-label": word("open_photo"), onclick: () => show(fileUrl(largest.file_id)) }, image);
}

function video(details) {
  return el("video.film", { controls: true, preload: "metadata", src: fileUrl(details.file_id), "aria-label": word("video") });
}

function file(details) {
  return el("a.file", { href: fileUrl(details.file_id), download: details.file_name ?? "", "aria-label": `${word("download")} ${details.file_name}` },
    el("span.file-sign", {}, icon("document")),
    el("span.file-words", {}, el("strong", {}, details.file_name ?? word("document")), el("small", {}, fileSize(details.file_size ?? 0))));
}

function voice(details, title) {
  const sound = new Audio();
  sound.preload = "none";
  const button = iconButton("play", word("play"), () => play(sound, button, details), { spec: "button.play" });
  const bars = el("span.bars", { "aria-hidden": "true" }, shape(details.file_unique_id).map((height) => bar(height)));
  sound.ontimeupdate = () => light(bars, sound.currentTime / (sound.duration || details.duration || 1));
  sound.onended = sound.onpause = () => turn(button, "play");
  const length = `${Math.floor(details.duration / 60)}:${String(details.duration % 60).padStart(2, "0")}`;
  return el("div.voice", {}, button, el("span.voice-body", {}, title ? el("strong", {}, title) : bars, el("small", {}, length)));
}

function play(sound, button, details) {
  if (!sound.src) sound.src = fileUrl(details.file_id);
  if (!sound.paused) return sound.pause();
  turn(button, "pause");
  return sound.play().catch(() => turn(button, "play"));
}

function turn(button, state) {
  button.replaceChildren(icon(state));
  button.setAttribute("aria-label", word(state));
}

function bar(height) {
  const element = el("i");
  element.style.height = `${height}px`;
  return element;
}

function light(bars, share) {
  [...bars.children].forEach((each, index) => each.classList.toggle("heard", index / BARS < share));
}

/** A wave that looks the same each time for the same sound. */
function shape(seed) {
  let state = [...seed].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7);
  return Array.from({ length: BARS }, () => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return 4 + Math.round((state / 2 ** 32) ** 1.4 * 18);
  });
}

function place(point) {
  const words = `${point.latitude.toFixed(5)}, ${point.longitude.toFixed(5)}`;
  return el("div.place-card", { role: "img", "aria-label": `${word("location")} ${words}` }, stillMap(point), el("span.place-words", {}, words));
}

function contact(details) {
  const name = [details.first_name, details.last_name].filter(Boolean).join(" ");
  return el("div.contact", {}, el("span.avatar.small", {}, name.slice(0, 1)), el("span", {}, el("strong", {}, name), el("small", {}, details.phone_number)));
}
