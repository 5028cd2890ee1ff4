"""The questions of an event: for its hosts one by one and in groups, for everybody those with an answer."""

from __future__ import annotations

from bot.callbacks import Meet
from bot.i18n import Markup, _, say, say_many
from bot.services.forums.questions import LOOSE, Asked, GroupPage, QuestionCard, QuestionPage
from bot.views.forums import words
from bot.views.forums.desk import ANSWERS
from bot.views.forums.hosting import GROUPS, QUESTIONS
from bot.views.parts import cut, joined, quoted
from bot.views.screen import Button, Rows, Screen, button
from models.forum import Forum, QuestionGroup

QUESTION, PUT, GROUP = "q1", "put", "group"
HEADING, RENAME, ANSWER, HIDE = "heading", "rename", "answer", "hide"


def page(found: QuestionPage) -> Screen:
    """Questions in no group, or those of one."""
    title = found.forum.title
    if found.group is None:
        head = say_many(
            "<b>Pertanyaan yang belum dikelompokkan</b>\n{title}\n\n{n} pertanyaan.",
            "<b>Pertanyaan yang belum dikelompokkan</b>\n{title}\n\n{n} pertanyaan.",
            found.total,
            title=title,
        )
    else:
        head = say_many(
            "<b>Kelompok: {heading}</b>\n{title}\n\n{n} pertanyaan.",
            "<b>Kelompok: {heading}</b>\n{title}\n\n{n} pertanyaan.",
            found.total,
            heading=found.group.title,
            title=title,
        )
    lines = [_line(one) for one in found.lines]
    rows: Rows = tuple(
        (button("❓ " + cut(one.question.text, 50), Meet(QUESTION, one.question.id)),) for one in found.lines
    )
    foot = Markup(words.page_words(found.page, found.pages))
    group_id = found.group.id if found.group is not None else LOOSE
    pages = _pages(found.forum.id, group_id, found.page, found.pages)
    ways = (*rows, *pages, _groups_row(found.forum.id), *_home(found.forum))
    return Screen(joined([head, *lines, foot], "\n\n"), ways)


def _line(one: Asked) -> Markup:
    name = one.name if one.question.named and one.name else _("tanpa nama")
    return joined([quoted(cut(one.question.text, 300)), say("🙋 {name}", name=name)])


def _pages(forum_id: int, group_id: int, here: int, pages: int) -> Rows:
    row: list[Button] = []
    if here > 0:
        row.append(button("◀️ " + _("Sebelumnya"), Meet(QUESTIONS, forum_id, f"{group_id}.{here - 1}")))
    if here < pages - 1:
        row.append(button(_("Berikutnya") + " ▶️", Meet(QUESTIONS, forum_id, f"{group_id}.{here + 1}")))
    return (tuple(row),) if row else ()


def _groups_row(forum_id: int) -> tuple[Button, ...]:
    return (button("🗂 " + _("Kelompok dan jawaban"), Meet(GROUPS, forum_id, "0")),)


def _home(forum: Forum) -> Rows:
    return (words.host_row(forum.id),)


def card(found: QuestionCard) -> Screen:
    """One question, and where it can be put."""
    row = found.asked.question
    held = next((group for group in found.groups if group.id == row.group_id), None)
    text = joined(
        [
            say("❓ <b>Pertanyaan warga</b>\n{title}", title=found.forum.title),
            _line(found.asked),
            say("Kelompok: {heading}", heading=held.title) if held is not None else say("Belum dikelompokkan."),
        ],
        "\n\n",
    )
    puts: Rows = tuple(
        (button("➡️ " + cut(group.title, 50), Meet(PUT, row.id, str(group.id))),)
        for group in found.groups
        if group.id != row.group_id
    )
    out = ((button("↩️ " + _("Keluarkan dari kelompok"), Meet(PUT, row.id, str(LOOSE))),),) if held else ()
    deeds = (
        (button("➕ " + _("Kelompok baru"), Meet(HEADING, row.id)),),
        (button("🚫 " + _("Sembunyikan"), Meet(HIDE, row.id)),),
    )
    back = (button("⬅️ " + _("Pertanyaan warga"), Meet(QUESTIONS, found.forum.id, f"{LOOSE}.0")),)
    return Screen(text, (*puts, *deeds, *out, back, *_home(found.forum)))


def groups(found: GroupPage) -> Screen:
    """The groups, and which are answered."""
    head = say("<b>Kelompok dan jawaban</b>\n{title}", title=found.forum.title)
    lines = [_group_line(group, count) for group, count in found.lines] or [
        say("Belum ada kelompok. Buka satu pertanyaan, lalu buat kelompok untuknya.")
    ]
    rows: Rows = tuple((button("🗂 " + cut(group.title, 50), Meet(GROUP, group.id)),) for group, _n in found.lines)
    foot = Markup(words.page_words(found.page, found.pages))
    pages = words.page_row(GROUPS, found.page, found.pages, found.forum.id)
    loose = (button("❓ " + _("Pertanyaan warga"), Meet(QUESTIONS, found.forum.id, f"{LOOSE}.0")),)
    return Screen(joined([head, *lines, foot], "\n\n"), (*rows, *pages, loose, *_home(found.forum)))


def _group_line(group: QuestionGroup, count: int) -> Markup:
    state = _("sudah dijawab") if group.answer is not None else _("belum dijawab")
    return say_many(
        "<b>{heading}</b>: {n} pertanyaan, {state}",
        "<b>{heading}</b>: {n} pertanyaan, {state}",
        count,
        heading=group.title,
        state=state,
    )


def group(forum: Forum, found: QuestionGroup) -> Screen:
    """One group with its answer."""
    told = say("{answer}", answer=found.answer) if found.answer is not None else say("Belum dijawab.")
    text = joined(
        [
            say("🗂 <b>{heading}</b>\n{title}", heading=found.title, title=forum.title),
            told,
        ],
        "\n\n",
    )
    said = _("Perbaiki jawaban") if found.answer is not None else _("Jawab kelompok ini")
    rows = (
        (button("💬 " + said, Meet(ANSWER, found.id)),),
        (
            button("❓ " + _("Pertanyaannya"), Meet(QUESTIONS, forum.id, f"{found.id}.0")),
            button("✏️ " + _("Ganti judul"), Meet(RENAME, found.id)),
        ),
        _groups_row(forum.id),
        words.host_row(forum.id),
    )
    return Screen(text, rows)


def answers(found: GroupPage) -> Screen:
    """For everybody: what was asked, in groups, and answered."""
    head = say("💬 <b>Tanya jawab</b>\n{title}", title=found.forum.title)
    lines = [_answer(group, count) for group, count in found.lines] or [say("Belum ada jawaban.")]
    foot = Markup(words.page_words(found.page, found.pages))
    pages = words.page_row(ANSWERS, found.page, found.pages, found.forum.id)
    rows = (*pages, words.forum_row(found.forum.id), words.desk_row())
    return Screen(joined([head, *lines, foot], "\n\n"), rows)


def _answer(group: QuestionGroup, count: int) -> Markup:
    asked = say_many("ditanyakan {n} kali", "ditanyakan {n} kali", count) if count > 1 else Markup("")
    head = joined([say("<b>{heading}</b>", heading=group.title), asked], ", ")
    return joined([head, say("{answer}", answer=cut(group.answer or "", 800))])
