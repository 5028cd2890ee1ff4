"""Every text is there in every language, whole; and the check that says so sees what it should."""

import ast
import re

import pytest
from babel.messages.catalog import Catalog, Message
from typer.testing import CliRunner

from bot import catalogues
from bot.config import LANGUAGES
from bot.i18n import DOMAIN, SOURCE_LANGUAGE
from tests.architecture.house import ROOT, modules

WORD = re.compile(r"\w{3,}")
TRANSLATIONS = [language for language in LANGUAGES if language != SOURCE_LANGUAGE]


def strings(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or [])


def messages(language: str) -> list[Message]:
    return [message for message in catalogues.stored(language) if message.id]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_no_fault(language: str) -> None:
    assert list(catalogues.faults(language)) == []
    assert len(messages(language)) > 300


def test_indonesian_says_the_msgids() -> None:
    other = [m.id for m in messages(SOURCE_LANGUAGE) if strings(m) != ([m.id] if isinstance(m.id, str) else [m.id[1]])]
    assert not other


@pytest.mark.parametrize(("language", "forms"), [("id", 1), ("ms", 1), ("en", 2)])
def test_a_number_has_as_many_forms_as_the_language(language: str, forms: int) -> None:
    plurals = [message for message in messages(language) if isinstance(message.id, tuple)]
    assert plurals
    assert {len(strings(message)) for message in plurals} == {forms}


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translation_addresses_people_in_its_own_way(language: str) -> None:
    """Malay says "Tuan/Puan", English "you"; "Bapak/Ibu" left over is a sentence that was only half translated."""
    assert not [text for message in messages(language) for text in strings(message) if "Bapak" in text]
    told = [message for message in messages(language) if "Bapak/Ibu" in str(message.id)]
    own = {"ms": r"Tuan/Puan", "en": r"\b(you|your|yours|whom)\b"}[language]
    lost = [text for message in told for text in strings(message) if not re.search(own, text, re.IGNORECASE)]
    assert len(told) > 30
    # English drops the address where it would be stiff ("Which language would you like?" keeps it).
    assert len(lost) <= (0 if language == "ms" else len(told) // 5), lost


def test_english_sentences_are_not_left_in_indonesian() -> None:
    """Malay may say a short sentence in the same words, English never."""
    copied = [
        message.id
        for message in messages("en")
        if isinstance(message.id, str) and message.id == message.string and len(WORD.findall(bare(message.id))) > 2
    ]
    assert not copied


def bare(text: str) -> str:
    return re.sub(r"<[^>]+>|\{[^}]+\}", " ", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_and_emoji_stay_where_they_are(language: str) -> None:
    """A translation keeps the shape of the screen: as many lines, the same sign in front, the same commands."""
    changed = [
        message.id
        for message in messages(language)
        if isinstance(message.id, str) and message.string and shape(message.id) != shape(str(message.string))
    ]
    assert not changed


def shape(text: str) -> tuple[int, str, list[str]]:
    return text.count("\n"), text[0] if ord(text[0]) > 0x2000 else "", sorted(re.findall(r"(?<!\w)/[a-z]+", text))


# --- what is taken for a text ---

SOURCE = """
from bot.i18n import N_, _, label, say, say_many
TABLE = {"a": N_("In a table")}
say("Whole " "sentence {x}.", x=_("inside") or label("labelled {y}", y=1))
say_many("one", "{n} many", 3, unit="km")
button("📝 " + _("Behind an emoji"))
say(TABLE[values["promise"]], code="TPI")
say(f"{x} is no text", end="")
query.label("column")
_("")
_(name)
"""


def test_only_literal_texts_are_collected() -> None:
    assert set(catalogues.texts_of(ast.parse(SOURCE))) == {
        "In a table",
        "Whole sentence {x}.",
        "inside",
        "labelled {y}",
        ("one", "{n} many"),
        "Behind an emoji",
    }


def test_words_stand_where_they_are_collected() -> None:
    """Models, which hold the law, speak to nobody; everything else is searched."""
    assert [*catalogues.ROOMS, "models"] == ["bot", "handlers", "models"]
    assert not [path for path, tree in modules("models").items() if list(catalogues.texts_of(tree))]


# --- what the check sees ---


@pytest.mark.parametrize(
    ("source", "translation", "fault"),
    [
        ("Batal", "Cancel", None),
        ("Batal", "", "not translated"),
        ("Laporan {code} untuk {unit}", "Report {code} for {unit}", None),
        ("Laporan {code} untuk {unit}", "For {unit}: report {code}", None),
        ("Laporan {code}", "Report", "other placeholders"),
        ("Laporan {code}", "Report {kode}", "other placeholders"),
        ("Laporan {code}", "Report {code", "other placeholders"),
        ("<b>Laporan</b> {code}", "<b>Report</b> {code}", None),
        ("<b>Laporan</b>", "Report", "other tags"),
        ("<b>Laporan</b>", "<i>Report</i>", "other tags"),
        ('<a href="x">Laporan</a>', '<a href="y">Report</a>', "other tags"),
        ("<b>a</b><i>b</i>", "<b>a<i></b>b</i>", "unbalanced tags"),
        ("<b>a</b>", "</b>a<b>", "unbalanced tags"),
        ("1 < 2", "1 < 2", "unbalanced tags"),
        (("{n} berkas", "{n} berkas"), ("{n} file", "{n} files"), None),
        (("{n} berkas", "{n} berkas"), ("{n} file", ""), "not translated"),
        (("{n} berkas", "{n} berkas"), ("a file", "{n} files"), "other placeholders"),
    ],
)
def test_the_check_sees(source: str | tuple[str, str], translation: str | tuple[str, str], fault: str | None) -> None:
    found = list(catalogues.faults_of(Message(source, translation)))
    assert found == ([fault] if fault else [])


def test_a_doubtful_translation_is_a_fault() -> None:
    assert list(catalogues.faults_of(Message("Batal", "Cancel", flags=["fuzzy"]))) == ["fuzzy"]


# --- update and check as commands, on catalogues of their own ---


@pytest.fixture
def three_texts(tmp_path, monkeypatch: pytest.MonkeyPatch):
    """Catalogues in an empty folder for a product that says three things."""
    monkeypatch.setattr(catalogues, "LOCALES", tmp_path / "locales")
    monkeypatch.setattr(catalogues, "ROOT", tmp_path)
    says = ["Batal", "Laporan {code}", ("{n} berkas", "{n} berkas")]
    monkeypatch.setattr(catalogues, "spoken", lambda: tuple(says))
    return says


def run(command: str) -> tuple[int, str]:
    result = CliRunner().invoke(catalogues.app, [command])
    return result.exit_code, result.output


def translate(language: str, **by_text: str) -> None:
    path = catalogues.path_of(language)
    text = path.read_text()
    for source, translation in by_text.items():
        text = text.replace(f'msgid "{source}"\nmsgstr ""', f'msgid "{source}"\nmsgstr "{translation}"')
    path.write_text(text)


def test_what_is_missing_is_named_line_by_line(three_texts) -> None:
    code, output = run("check")
    assert code == 1
    assert output.count(f"{DOMAIN}.po: stale, run `make messages`") == len(LANGUAGES)
    assert run("update")[0] == 0
    code, output = run("check")
    assert code == 1
    assert f"locales/en/LC_MESSAGES/{DOMAIN}.po: not translated: 'Batal'" in output
    assert "locales/id" not in output
    assert "stale" not in output


def test_update_keeps_what_is_needed_and_drops_the_rest(three_texts) -> None:
    run("update")
    translate("en", Batal="Cancel")
    three_texts.remove("Laporan {code}")
    three_texts.append("Kembali")
    assert f"locales/en/LC_MESSAGES/{DOMAIN}.po: stale" in run("check")[1]
    run("update")
    english = {str(message.id): message.string for message in messages("en")}
    assert english["Batal"] == "Cancel"
    assert english["Kembali"] == ""
    assert "Laporan {code}" not in english
    before = catalogues.path_of("en").read_bytes()
    run("update")
    assert catalogues.path_of("en").read_bytes() == before


def test_the_order_of_the_code_does_not_matter(three_texts) -> None:
    run("update")
    three_texts.reverse()
    assert "stale" not in run("check")[1]


def test_a_catalogue_keeps_doubt_until_somebody_looked(three_texts) -> None:
    run("update")
    path = catalogues.path_of("en")
    path.write_text(path.read_text().replace('msgid "Batal"\nmsgstr ""', '#, fuzzy\nmsgid "Batal"\nmsgstr "Stop"'))
    run("update")
    assert "fuzzy: 'Batal'" in run("check")[1]


def test_only_the_sources_are_stored() -> None:
    stored = {path.name for path in (ROOT / "locales").rglob("*") if path.is_file()}
    assert stored == {f"{DOMAIN}.po", "calendar.json"}
    assert not isinstance(catalogues.stored("en"), type(None))
    assert isinstance(catalogues.stored("en"), Catalog)
