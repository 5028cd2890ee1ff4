// Text with entities as elements. Offsets are UTF-16 units, which is what JavaScript strings count too.

import { el } from "./dom.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote", date_time: "span", custom_emoji: "span",
};
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const SCHEMES = /^(https?|tg|mailto|tel):/i;

/** `actions`: command(text), link(url): what a tap on those does. */
export function renderText(text, entities = [], actions = {}) {
  const root = document.createDocumentFragment();
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  fill(root, text, 0, text.length, sorted, actions);
  return root;
}

function fill(parent, text, start, end, entities, actions) {
  let at = start;
  while (entities.length && entities[0].offset < end) {
    const entity = entities.shift();
    const stop = Math.min(end, entity.offset + entity.length);
    if (entity.offset < at) continue;
    parent.append(text.slice(at, entity.offset));
    const element = wrap(entity, text.slice(entity.offset, stop), actions);
    fill(element, text, entity.offset, stop, entities, actions);
    parent.append(element);
    // A block ends its line by itself.
    at = BLOCKS.has(entity.type) && text[stop] === "\n" ? stop + 1 : stop;
  }
  parent.append(text.slice(at, end));
}

function wrap(entity, content, actions) {
  switch (entity.type) {
    case "text_link":
      return link(entity.url, actions);
    case "url":
      return link(SCHEMES.test(content) ? content : `https://${content}`, actions);
    case "email":
      return link(`mailto:${content}`, actions);
    case "phone_number":
      return link(`tel:${content}`, actions);
    case "bot_command":
      return el("button.command", { type: "button", onclick: () => actions.command?.(content) });
    case "spoiler":
      return spoiler();
    case "mention":
    case "hashtag":
      return el("span.tag");
    default:
      return el(TAGS[entity.type] ?? "span");
  }
}

function link(url, actions) {
  if (!SCHEMES.test(url)) return el("span");
  const onclick = (event) => {
    if (actions.link?.(url)) event.preventDefault();
  };
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer", onclick });
}

function spoiler() {
  const reveal = (event) => event.currentTarget.classList.add("shown");
  return el("span.spoiler", { role: "button", tabindex: "0", onclick: reveal, onkeydown: reveal });
}

/** The start payload of a link to this bot, "" for one without, null for any other link. */
export function startPayload(link, username) {
  const web = /^(?:https?:\/\/)?(?:t\.me|telegram\.me)\/(\w+)\/?(?:\?start=([\w-]*))?$/i.exec(link);
  const app = /^tg:\/\/resolve\?domain=(\w+)(?:&start=([\w-]*))?$/i.exec(link);
  const found = web ?? app;
  return found && found[1].toLowerCase() === username.toLowerCase() ? found[2] ?? "" : null;
}
