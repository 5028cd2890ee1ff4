"""What a superior sees of weekly reports: those that wait, one of them, and what is said when it goes back."""

from __future__ import annotations

from bot.callbacks import Open, Weekly
from bot.i18n import N_, Markup, _, label, say, say_many
from bot.services.performance.checking import PAGE, Card, Desk, Waiting
from bot.services.performance.own_week import Asked
from bot.services.performance.weekly import Owing
from bot.views.parts import cut, home_row, joined, moves
from bot.views.performance.week_reports import marks
from bot.views.performance.week_words import amount, name_of, show_week, show_week_briefly, standing, told
from bot.views.screen import Button, File, Rows, Screen, button
from models.rules.performance.reporting import WeekStatus
from models.rules.permissions import Desk as Screens

FLOW = "weekback"
MOST_NAMES = 10
WHAT = N_("Apa yang perlu diperbaiki?")


def listed(desk: Desk, page: int, toast: str | None = None) -> Screen:
    """The reports that wait, the oldest first; who is silent; all on track at once."""
    pages = max(-(-len(desk.waiting) // PAGE), 1)
    page = min(page, pages - 1)
    parts = [say("<b>Laporan mingguan yang menunggu Bapak/Ibu</b>"), _count(desk)]
    if desk.silent:
        parts.append(_silent(desk.silent))
    good = sum(1 for one in desk.waiting if one.good)
    rows: list[tuple[Button, ...]] = [
        (button(_row(one), Weekly("card", str(one.report.id))),)
        for one in desk.waiting[page * PAGE : page * PAGE + PAGE]
    ]
    if good > 1:
        text = label("Terima semua yang sesuai laju ({n})", n=good)
        rows.append((button("✅ " + text, Weekly("good")),))
    return Screen(joined(parts, "\n\n"), (*rows, *_pager(page, pages), home_row()), toast=toast)


def _count(desk: Desk) -> Markup:
    if not desk.people:
        return say("Hari ini tidak ada bawahan Bapak/Ibu dalam data kepegawaian.")
    if not desk.waiting:
        return say("Tidak ada laporan yang menunggu. 👍")
    return say_many("{n} laporan menunggu diperiksa.", "{n} laporan menunggu diperiksa.", len(desk.waiting))


def _silent(silent: tuple[Owing, ...]) -> Markup:
    names = ", ".join(one.name for one in silent[:MOST_NAMES])
    if len(silent) > MOST_NAMES:
        names = label("{names}, dan {n} lagi", names=names, n=len(silent) - MOST_NAMES)
    return say("Belum melapor untuk minggu {week}: {names}", week=show_week(silent[0].week), names=names)


def _row(one: Waiting) -> str:
    """A report on a button: how it stands, whose, which week, how much of it is filled."""
    sign = "🟢" if one.good else ("⚠️" if one.obstacles else "🟡")
    late = " ⏰" if one.report.late else ""
    name, week = cut(one.name, 24), show_week_briefly(one.report.week)
    return f"{sign} {name} · {week} · {one.filled}/{len(one.week.asked)}{late}"


def _pager(page: int, pages: int) -> Rows:
    row = []
    if page > 0:
        row.append(button("◀️ " + _("Sebelumnya"), Open(Screens.WEEKLY_CHECK.value, page - 1)))
    if page < pages - 1:
        row.append(button(_("Berikutnya") + " ▶️", Open(Screens.WEEKLY_CHECK.value, page + 1)))
    return (tuple(row),) if row else ()


def card(shown: Card) -> Screen:
    """One report with every line, where it stands, and the two buttons."""
    own, report = shown.week, shown.report
    head = say("<b>{name}</b> · minggu {week}", name=shown.owner.name, week=show_week(report.week))
    parts = [head, marks(report)]
    if shown.decided_by is not None and report.status is not WeekStatus.REPORTED:
        parts.append(say("Diputuskan oleh {who}", who=shown.decided_by))
    for one in own.asked:
        if one.entry is not None:
            parts.append(joined([told(one, one.entry, own), *_last(one), standing(one)]))
    if own.missing:
        parts.append(say("▫️ Belum dilaporkan: {names}", names="; ".join(name_of(one) for one in own.missing)))
    return Screen(joined(parts, "\n\n"), _card_rows(shown))


def _last(one: Asked) -> list[Markup]:
    if one.last is None:
        return []
    return [say("Terakhir: {value}", value=amount(one.line.item, one.last))]


def _card_rows(shown: Card) -> Rows:
    number, version = str(shown.report.id), str(shown.report.version)
    rows: list[tuple[Button, ...]] = []
    if shown.to_decide and shown.report.status is WeekStatus.REPORTED:
        rows.append(
            (
                button("✅ " + _("Terima"), Weekly("verify", number, version)),
                button("↩️ " + _("Kembalikan"), Weekly("back", number, version)),
            )
        )
    elif shown.to_decide and shown.report.status is WeekStatus.VERIFIED:
        rows.append((button("↩️ " + _("Kembalikan"), Weekly("back", number, version)),))
    more = [button("🕘 " + _("Riwayat"), Weekly("history", number))]
    files = sum(one.files for one in shown.week.asked)
    if files:
        more.append(button(label("📎 Bukti ({n})", n=files), Weekly("files", number)))
    rows.append(tuple(more))
    list_row = (button("⬅️ " + _("Laporan yang menunggu"), Open(Screens.WEEKLY_CHECK.value)),)
    return (*rows, list_row)


def back_row(report_id: int) -> Rows:
    """Back to the card."""
    return ((button("⬅️ " + _("Laporan"), Weekly("card", str(report_id))),),)


def accepted(shown: Card, following: int | None) -> Screen:
    """Accepted; the way to the next one."""
    text = say(
        "✅ Laporan {name}, minggu {week}, sudah Bapak/Ibu terima.",
        name=shown.owner.name,
        week=show_week(shown.report.week),
    )
    on: Rows = ()
    if following is not None:
        on = ((button(_("Laporan berikutnya") + " ▶️", Weekly("card", str(following))),),)
    return Screen(text, (*on, (button("⬅️ " + _("Laporan yang menunggu"), Open(Screens.WEEKLY_CHECK.value)),)))


def evidence(count: int, files: tuple[File, ...], report_id: int) -> Screen:
    """The files, below a line that says how many."""
    return Screen(say_many("📎 {n} berkas bukti", "📎 {n} berkas bukti", count), back_row(report_id), files=files)


def verified_many(count: int) -> str:
    """Over the list."""
    return label("{n} laporan diterima.", n=count)


def ask_words(nonce: str, name: str, week: str) -> Screen:
    """What is to be corrected."""
    text = say(
        "<b>Apa yang perlu diperbaiki pada laporan {name}, minggu {week}?</b>\n\n"
        "Tulis singkat, misalnya <i>butir 2 belum ada buktinya</i>. Tulisan ini diteruskan kepada pegawainya.",
        name=name,
        week=week,
    )
    return Screen(text, (moves(nonce, back=False),))


def cancelled() -> Screen:
    """Nothing was given back."""
    row = (button("⬅️ " + _("Laporan yang menunggu"), Open(Screens.WEEKLY_CHECK.value)),)
    return Screen(say("Baik, laporannya tidak jadi dikembalikan."), (row,))


def help_text() -> Screen:
    """What happens with the words."""
    return Screen(
        say(
            "Laporan yang dikembalikan menunggu perbaikan pegawainya. "
            "Sesudah diperbaiki, laporan itu muncul lagi di sini."
        )
    )
