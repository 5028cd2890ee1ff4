"""The catalogues in `locales/`: brought up to date with the code, and checked.

`python -m bot.catalogues update` collects what the code says, keeps the translations it still needs and drops the
others; `check` prints one line per fault and fails. Neither a template nor compiled files are stored.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from string import Formatter

import typer
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from bot.config import LANGUAGES
from bot.i18n import DOMAIN, LOCALES, SOURCE_LANGUAGE

ROOT = LOCALES.parent
ROOMS = ("bot", "handlers")
#: The functions of `bot.i18n` that take texts, with how many.
SPEAKING = {"_": 1, "N_": 1, "say": 1, "label": 1, "say_many": 2}
#: Indonesian and Malay do not change a noun with its number.
PLURAL_FORMS = {
    "id": "nplurals=1; plural=0;",
    "ms": "nplurals=1; plural=0;",
    "en": "nplurals=2; plural=(n != 1);",
}
#: The only lines of a header that anything reads; dates and names would differ on every machine.
HEADER = (
    'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: {plural_forms}\\n"\n\n'
)
WIDTH = 110
TAG = re.compile(r"<(/?)([a-z-]+)[^<>]*>")

app = typer.Typer(help="The catalogues of words in locales/.", no_args_is_help=True, add_completion=False)


def path_of(language: str) -> Path:
    """Where a language's catalogue is."""
    return LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.po"


@cache
def spoken() -> tuple[str | tuple[str, str], ...]:
    """Every text in the code: a msgid, or a pair of singular and plural."""
    paths = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    return tuple(dict.fromkeys(text for path in paths for text in texts_of(ast.parse(path.read_bytes()))))


def texts_of(tree: ast.Module) -> Iterator[str | tuple[str, str]]:
    """The literal texts of one file that are handed to gettext.

    Babel's own extraction reads tokens: it takes `column.label("n")` and `say(TEXTS[values["kind"]])` for texts.
    """
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        number = SPEAKING.get(node.func.id, 0)
        match [argument.value for argument in node.args[:number] if isinstance(argument, ast.Constant)]:
            case [str(text)] if text and number == 1:
                yield text
            case [str(one), str(many)]:
                yield one, many


def stored(language: str) -> Catalog:
    """The catalogue as it is on disk; an empty one where there is none yet."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as source:
        return read_po(source, locale=language, abort_invalid=True)


def merged(language: str) -> Catalog:
    """What the code says now, with the translations that are stored; the source language repeats the msgids."""
    known = stored(language)
    catalog = Catalog(locale=language)
    catalog.mime_headers = [("Plural-Forms", PLURAL_FORMS[language])]
    for text in spoken():
        kept = known.get(text)
        if language == SOURCE_LANGUAGE:
            catalog.add(text, string=text if isinstance(text, str) else text[1:])
        elif kept is not None and kept.id == text:
            catalog.add(text, string=kept.string, flags=kept.flags)
        else:
            catalog.add(text)
    return catalog


def written(language: str) -> bytes:
    """The catalogue's file as it should be."""
    body = BytesIO()
    write_po(body, merged(language), width=WIDTH, no_location=True, omit_header=True, sort_output=True)
    header = HEADER.format(language=language, plural_forms=PLURAL_FORMS[language])
    return header.encode() + body.getvalue().rstrip(b"\n") + b"\n"


def faults(language: str) -> Iterator[str]:
    """What is wrong with a catalogue, one line each; nothing for a good one."""
    path = path_of(language)
    name = path.relative_to(ROOT).as_posix()
    if not path.exists() or path.read_bytes() != written(language):
        yield f"{name}: stale, run `make messages`"
    for message in stored(language):
        if message.id:
            yield from (f"{name}: {fault}: {_source(message)!r}" for fault in faults_of(message))


def faults_of(message: Message) -> Iterator[str]:
    """What is wrong with one translation: missing, doubtful, other placeholders or tags than its source."""
    if message.fuzzy:
        yield "fuzzy"
    source = _source(message)
    for string in [message.string] if isinstance(message.string, str) else message.string or [""]:
        if not string:
            yield "not translated"
        elif _placeholders(string) != _placeholders(source):
            yield "other placeholders"
        elif sorted(_tags(string)) != sorted(_tags(source)):
            yield "other tags"
        elif not _is_balanced(string):
            yield "unbalanced tags"


def _source(message: Message) -> str:
    return message.id if isinstance(message.id, str) else str(message.id[1])


def _placeholders(text: str) -> set[str] | None:
    try:
        return {field for _text, field, _spec, _conversion in Formatter().parse(text) if field is not None}
    except ValueError:
        return None


def _tags(text: str) -> list[str]:
    return [match.group() for match in TAG.finditer(text)]


def _is_balanced(text: str) -> bool:
    still_open: list[str] = []
    for closing, name in TAG.findall(text):
        if not closing:
            still_open.append(name)
        elif not still_open or still_open.pop() != name:
            return False
    return not still_open and "<" not in TAG.sub("", text)


@app.command()
def update() -> None:
    """Bring the catalogues up to date with the code; what is new waits there for its translation."""
    for language in LANGUAGES:
        path = path_of(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written(language))
        found = len(list(faults(language)))
        typer.echo(f"{language}: {len(spoken())} texts, {found} to look at")


@app.command()
def check() -> None:
    """Print every fault of the catalogues; exit 1 when there is one."""
    found = [fault for language in LANGUAGES for fault in faults(language)]
    for fault in found:
        typer.echo(fault, err=True)
    if found:
        raise typer.Exit(1)


if __name__ == "__main__":
    app()
