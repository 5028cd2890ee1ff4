"""HTML parse mode as Telegram's server reads it: text and entities, offsets and lengths in UTF-16 units."""

import re
from dataclasses import dataclass
from typing import Any

from bot.sandbox.methods.detection import detect
from bot.sandbox.state.errors import bad_request

Entity = dict[str, Any]

_SIMPLE = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "span": "spoiler", "code": "code", "pre": "pre", "blockquote": "blockquote",
}  # fmt: skip
_TAGS = {*_SIMPLE, "a", "tg-emoji", "tg-time"}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot)(?![a-zA-Z]));?")
_TAG_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE = re.compile(r"""\s*([^\s=>]+)\s*(?:(=)\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9.-]*)(?=[\s>])))?""")


@dataclass
class _Open:
    """A tag waiting for its end."""

    tag: str
    attributes: dict[str, str]
    offset: int
    start: int


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def format_text(text: str, parse_mode: str, entities: list[Entity] | None = None) -> tuple[str, list[Entity]]:
    """Text as it will be shown and its entities, links and commands found by themselves included.

    Leading and trailing white space goes, as on the server. Raises ApiError 400 for broken markup.
    """
    if parse_mode and parse_mode.lower() != "html":
        raise bad_request("unsupported parse_mode")
    marked = list(entities or [])
    if parse_mode:
        text, marked = _HtmlReader(text).read()
    return _trim(text, _ordered([*marked, *detect(text, marked)]))


def _ordered(entities: list[Entity]) -> list[Entity]:
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def _trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    body = text.strip()
    cut = utf16_length(text[: len(text) - len(text.lstrip())])
    end = utf16_length(body)
    kept = []
    for entity in entities:
        start = max(0, entity["offset"] - cut)
        stop = min(end, entity["offset"] + entity["length"] - cut)
        if stop > start:
            kept.append({**entity, "offset": start, "length": stop - start})
    return body, kept


class _HtmlReader:
    """One pass over the source; errors name the byte offset as the server does."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.parts: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.source):
            if self.source[self.at] == "&":
                self._reference()
            elif self.source[self.at] != "<":
                self._write(self.source[self.at])
                self.at += 1
            elif self.source.startswith("</", self.at):
                self._end_tag()
            else:
                self._start_tag()
        if self.open:
            raise self._broken(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"', None)
        return "".join(self.parts), self.entities

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.offset += utf16_length(text)

    def _reference(self) -> None:
        found = _REFERENCE.match(self.source, self.at)
        character = _decode(found) if found else ""
        if found and character:
            self._write(character)
            self.at = found.end()
        else:
            self._write("&")
            self.at += 1

    def _start_tag(self) -> None:
        begin = self.at
        found = _TAG_NAME.match(self.source, begin + 1)
        tag = found.group().lower() if found else ""
        self.at = begin + 1 + len(tag)
        if self.at >= len(self.source):
            raise self._broken("Unclosed start tag", begin)
        if tag not in _TAGS:
            raise self._broken(f'Unsupported start tag "{tag}"', begin)
        attributes = self._attributes(tag, begin)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self._broken('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(_Open(tag, attributes, self.offset, len(self.parts)))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while True:
            while self.source[self.at : self.at + 1].isspace():
                self.at += 1
            if self.at >= len(self.source):
                raise self._broken("Unclosed start tag", begin)
            if self.source[self.at] == ">":
                self.at += 1
                return attributes
            found = _ATTRIBUTE.match(self.source, self.at)
            if not found:
                raise self._broken(f'Empty attribute name in the tag "{tag}"', begin)
            if not found[2] and not (tag == "blockquote" and found[1].lower() == "expandable"):
                raise self._attribute_error(tag, begin, found.end())
            value = next((each for each in found.groups()[2:] if each is not None), "")
            attributes[found[1].lower()] = _REFERENCE.sub(lambda each: _decode(each) or each[0], value)
            self.at = found.end()

    def _attribute_error(self, tag: str, begin: int, after_name: int) -> Exception:
        rest = self.source[after_name:].lstrip()
        if rest.startswith("=") or not rest:
            return self._broken("Unclosed start tag", begin)
        return self._broken(f'Expected equal sign in declaration of an attribute of the tag "{tag}"', begin)

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise self._broken("Unexpected end tag", begin)
        end = self.source.find(">", begin)
        name = self.source[begin + 2 : end].strip().lower()
        if end < 0 or any(character.isspace() for character in name):
            raise self._broken("Unclosed end tag", begin)
        opened = self.open.pop()
        if name and name != opened.tag:
            raise self._broken(f'Unmatched end tag, expected "</{opened.tag}>", found "</{name}>"', begin)
        self.at = end + 1
        length = self.offset - opened.offset
        entity = _entity(opened, "".join(self.parts[opened.start :])) if length else None
        if entity:
            self.entities.append({**entity, "offset": opened.offset, "length": length})

    def _broken(self, reason: str, begin: int | None) -> Exception:
        if begin is not None:
            place = f" at byte offset {len(self.source[:begin].encode())}"
            head, comma, tail = reason.partition(", expected")
            reason = f"{head}{place}{comma}{tail}"
        return bad_request(f"can't parse entities: {reason}")


def _decode(found: re.Match[str]) -> str:
    if found[3]:
        return _NAMED[found[3]]
    code = int(found[1], 16) if found[1] else int(found[2])
    return chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF else ""


def _entity(opened: _Open, inner: str) -> Entity | None:
    attributes = opened.attributes
    if opened.tag == "a":
        return _link(attributes.get("href") or inner)
    if opened.tag == "tg-emoji":
        return {"type": "custom_emoji", "custom_emoji_id": attributes.get("emoji-id", "")}
    if opened.tag == "tg-time":
        return {"type": "date_time", "unix_time": int(attributes.get("unix") or 0)}
    entity: Entity = {"type": _SIMPLE[opened.tag]}
    language = attributes.get("class", "")
    if opened.tag == "code" and language.startswith("language-"):
        entity = {"type": "pre", "language": language.removeprefix("language-")}
    if opened.tag == "blockquote" and "expandable" in attributes:
        entity = {"type": "expandable_blockquote"}
    return entity


def _link(url: str) -> Entity | None:
    """A text link; an address without a host is dropped silently, as on the server."""
    if re.match(r"tg://user\?id=\d+", url):
        return {"type": "text_link", "url": url}
    if "://" not in url and not url.startswith(("mailto:", "tel:")):
        url = f"http://{url}"
    host = url.split("://", 1)[-1].split("/", 1)[0]
    if "." not in host and not url.startswith(("tg://", "mailto:", "tel:")):
        return None
    return {"type": "text_link", "url": url if "/" in url.split("://", 1)[-1] or "?" in url else f"{url}/"}
