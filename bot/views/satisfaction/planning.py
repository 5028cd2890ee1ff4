"""The head's talk about an improvement: its words, whose it is, until when; what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.callbacks import Open, Plan
from bot.i18n import N_, Markup, _, label, say, say_many, show_short_day
from bot.services.desk.colleagues import Colleague
from bot.views.parts import CLASSES, choices, home_row, joined, moves
from bot.views.satisfaction.elements import name_of as element_name
from bot.views.satisfaction.plans import TERMS
from bot.views.screen import Button, Screen, button
from models.complaint import ReportClass
from models.rules.improvements import Term
from models.rules.permissions import Desk
from models.rules.skm import Element

FLOW = "plan"
TAKE, SAVE = "take", "save"
#: Months from today that are offered as a date.
MONTHS = (1, 3, 6, 12, 24)
MOST_OWNERS = 20
#: Step → its question in plain words.
QUESTIONS = {
    "class": N_("Laporan warga yang mana?"),
    "title": N_("Apa yang akan diperbaiki?"),
    "owner": N_("Siapa penanggung jawabnya?"),
    "due": N_("Paling lambat kapan?"),
    "check": N_("Simpan perbaikan ini?"),
    "result": N_("Apa hasilnya?"),
    "reason": N_("Mengapa dibatalkan?"),
}


@dataclass(frozen=True, slots=True)
class Spot:
    """What is weak, and where: an element, a class of reports or one of them (`code`), of a unit or its service."""

    where: str
    element: Element | None = None
    report_class: ReportClass | None = None
    code: str = ""

    @property
    def words(self) -> str:
        """The weak spot by its name."""
        if self.element is not None:
            return f"{self.element.code} {element_name(self.element)}"
        return f"{_(CLASSES[self.report_class])} {self.code}".strip() if self.report_class is not None else ""


def question(step: str) -> str:
    """The question of a step in plain words."""
    return _(QUESTIONS[step])


def ask_class(nonce: str) -> Screen:
    """Which reports of residents it answers."""
    options = [(kind.value, _(CLASSES[kind])) for kind in (ReportClass.COMPLAINT, ReportClass.ASPIRATION)]
    text = say("<b>Laporan warga yang mana?</b>\n\nLaporannya satu per satu dikaitkan sesudah perbaikan disimpan.")
    return Screen(text, (*choices(FLOW, "class", nonce, options), moves(nonce, back=False)))


def ask_title(nonce: str, spot: Spot | None, proposed: str, *, back: bool) -> Screen:
    """The words of the line; a proposal can be taken as it is."""
    head = say("<b>Apa yang akan diperbaiki?</b>")
    about = say("{where}: {spot}", where=spot.where, spot=spot.words) if spot is not None else Markup("")
    hint = say(
        "Tulis satu kalimat yang bisa diperiksa hasilnya, contoh: <i>Menambah satu loket setiap Senin dan Jumat</i>."
    )
    offer = say("Usul: {proposed}", proposed=proposed) if proposed else Markup("")
    take = choices(FLOW, "title", nonce, [(TAKE, "✅ " + _("Pakai usul ini"))]) if proposed else ()
    return Screen(joined([head, about, hint, offer], "\n\n"), (*take, moves(nonce, back=back)))


def ask_owner(nonce: str, found: Sequence[Colleague], *, back: bool) -> Screen:
    """Who of the unit owes it; whoever is away is marked."""
    options = [
        (str(one.employee_id), one.name + (" 🌴 " + _("cuti") if one.on_leave else "")) for one in found[:MOST_OWNERS]
    ]
    text = say("<b>Siapa penanggung jawabnya?</b>\n\nIa diberi tahu, dan diingatkan sebelum dan sesudah tanggalnya.")
    if not options:
        text = say("Belum ada petugas di unit ini yang bisa dipilih. Pengelola kepegawaian yang mendaftarkannya.")
    return Screen(text, (*choices(FLOW, "owner", nonce, options), moves(nonce, back=back)))


def ask_due(nonce: str, *, back: bool) -> Screen:
    """Until when."""
    options = [(str(months), say_many("{n} bulan lagi", "{n} bulan lagi", months)) for months in MONTHS]
    text = say("<b>Paling lambat kapan?</b>\n\nPilih, atau tulis tanggalnya, contoh: <i>31 Desember 2027</i>.")
    return Screen(text, (*choices(FLOW, "due", nonce, options, per_row=2), moves(nonce, back=back)))


def no_day() -> Screen:
    """Words that are no date."""
    return Screen(say("Tanggal itu belum bisa kami baca. Contoh: <i>31-12-2027</i> atau <i>31 Desember 2027</i>."))


def check(nonce: str, spot: Spot, title: str, owner: str, due_on: date, term: Term) -> Screen:
    """Everything once more, before it is written down."""
    text = say(
        "<b>Simpan perbaikan ini?</b>\n\n{title}\n\nSebab: {where}, {spot}\nPenanggung jawab: {owner}\n"
        "Paling lambat: {due} ({term})\n\nJudul, tanggal, dan hasilnya bisa dibaca warga.",
        title=title,
        where=spot.where,
        spot=spot.words,
        owner=owner,
        due=show_short_day(due_on),
        term=_(TERMS[term]),
    )
    save = choices(FLOW, "check", nonce, [(SAVE, "✅ " + _("Simpan"))])
    change = choices(
        FLOW,
        "check",
        nonce,
        [("title", "✏️ " + _("Isi")), ("owner", "👤 " + _("Orang")), ("due", "📅 " + _("Tanggal"))],
        per_row=3,
    )
    return Screen(text, (*save, *change, moves(nonce)))


def ask_result(nonce: str, title: str, told: int) -> Screen:
    """What was done; it goes to everybody who raised it."""
    text = joined(
        [
            say("<b>Apa hasilnya?</b>\n{title}", title=title),
            say_many(
                "Tulis satu atau dua kalimat. Kalimat itu dikirim kepada {n} warga yang melapor atau menilai rendah, "
                "satu pesan untuk setiap orang.",
                "Tulis satu atau dua kalimat. Kalimat itu dikirim kepada {n} warga yang melapor atau menilai rendah, "
                "satu pesan untuk setiap orang.",
                told,
            ),
            say("Sesudah dikirim tidak bisa ditarik lagi."),
        ],
        "\n\n",
    )
    return Screen(text, (moves(nonce, back=False),))


def ask_reason(nonce: str, title: str) -> Screen:
    """Why it is dropped."""
    text = say("<b>Mengapa dibatalkan?</b>\n{title}\n\nAlasannya tersimpan dalam riwayat.", title=title)
    return Screen(text, (moves(nonce, back=False),))


def cancelled() -> Screen:
    """Nothing was changed."""
    row = (button("🛠 " + _("Semua perbaikan"), Open(Desk.IMPROVEMENTS.value)), *home_row())
    return Screen(say("Baik, tidak ada yang disimpan."), (row,))


def help_text() -> Screen:
    """How a plan is made."""
    return Screen(
        say(
            "Satu perbaikan punya satu kalimat, satu penanggung jawab, dan satu tanggal. Sesudah selesai, setiap warga "
            "yang laporannya dikaitkan mendapat satu pesan: Anda melapor, kami perbaiki."
        )
    )


def reports(
    improvement_id: int, title: str, found: Sequence[tuple[int, str, str, bool]], page: int, pages: int
) -> Screen:
    """Reports that may be linked: (id, code, first words, linked), each a box to tick."""
    head = say("<b>Kaitkan laporan warga</b>\n{title}", title=title)
    lines = [say("{code}: {words}", code=code, words=words) for _id, code, words, _linked in found]
    if not found:
        lines = [say("Tidak ada laporan terbuka yang cocok.")]
    rows: list[tuple[Button, ...]] = [
        (button(("☑ " if linked else "☐ ") + code, Plan("tie", str(improvement_id), f"{complaint_id}.{page}")),)
        for complaint_id, code, _words, linked in found
    ]
    turning = []
    if page > 0:
        turning.append(button("◀️ " + _("Sebelumnya"), Plan("reports", str(improvement_id), str(page - 1))))
    if page < pages - 1:
        turning.append(button(_("Berikutnya") + " ▶️", Plan("reports", str(improvement_id), str(page + 1))))
    if turning:
        rows.append(tuple(turning))
    back = (button("⬅️ " + _("Kembali ke perbaikan"), Plan("open", str(improvement_id))),)
    return Screen(joined([head, *lines], "\n\n"), (*rows, back, home_row()))


def proposed_for(report_class: ReportClass, where: str) -> str:
    """The words of a line that answers reports."""
    return label("Menyelesaikan sebab {kind} warga tentang {where}", kind=_(CLASSES[report_class]).lower(), where=where)
