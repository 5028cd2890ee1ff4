"""Writing a work plan: the overview with what is missing, a result, its words and what it serves."""

from __future__ import annotations

from collections.abc import Sequence

from bot.callbacks import Open, YearPlan
from bot.i18n import N_, Markup, _, label, say, say_many
from bot.services.performance.plans.reading import Result, Whole
from bot.views.parts import choices, cut, home_row, joined, moves
from bot.views.performance.plans.card import result_lines
from bot.views.performance.plans.words import KINDS, LONGEST_BUTTON, code_of, fault_words
from bot.views.screen import Button, Rows, Screen, button
from models.performance.plan import PlanResult
from models.rules.performance.plan_rules import PlanGap, PlanStatus, ResultKind
from models.rules.permissions import Desk

FLOW = "skp"
PAGE = 6
#: So many gaps are named at once.
MOST_GAPS = 6
SUBMIT, COPY, VALUES, SHEET, HUB = "submit", "copy", "values", "sheet", "hub"
TITLE, LINK, ADD, REMOVE, YES, NO, LATER = "title", "link", "add", "remove", "yes", "no", "later"
#: Step → its question in plain words.
QUESTIONS = {
    "hub": N_("Bagian mana dari rencana kerja yang ingin dikerjakan?"),
    "result": N_("Apa yang ingin diubah pada hasil kerja ini?"),
    "item": N_("Apa yang ingin diubah pada ukuran ini?"),
    "link": N_("Hasil kerja atasan mana yang didukung?"),
    "title": N_("Hasil kerja apa yang akan dicapai?"),
    "indicator": N_("Apa ukuran keberhasilannya?"),
    "aspect": N_("Apa yang diukur?"),
    "polarity": N_("Angka seperti apa yang baik?"),
    "target": N_("Berapa target setahun?"),
    "unit": N_("Apa satuannya?"),
    "aggregation": N_("Bagaimana angka setahun dihitung?"),
    "quarters": N_("Bagaimana pembagian per triwulan?"),
    "values": N_("Perilaku kerja apa yang diharapkan?"),
    "expectation": N_("Apa yang diharapkan dari perilaku ini?"),
    "remove": N_("Hapus bagian ini?"),
    "sheet": N_("Kirim berkas Excel rencana kerja."),
    "reason": N_("Mengapa rencana ini diubah?"),
}


def question(step: str) -> str:
    """The question of a step in plain words."""
    return _(QUESTIONS[step])


def hub(nonce: str, plan: Whole, gaps: Sequence[PlanGap], *, can_copy: bool, linked: bool) -> Screen:
    """The plan as far as it is written, what is missing, and where to go on."""
    row = plan.plan
    head = say("<b>Rencana kerja (SKP) {year}</b> · versi {number}", year=str(row.year), number=str(row.number))
    saved = say("Setiap jawaban langsung tersimpan; boleh berhenti kapan saja dan dilanjutkan lewat /rencana.")
    note = (
        say("💬 Catatan atasan: <i>{text}</i>", text=plan.decided.text or "")
        if plan.decided is not None and row.status is PlanStatus.RETURNED
        else Markup("")
    )
    lines = [result_lines(one, number) for number, one in enumerate(plan.results, start=1)]
    parts = [head, note, *lines, _missing(plan, gaps), _unlinked(plan, linked), saved]
    results = [(f"r{one.row.id}", _result_label(one, n)) for n, one in enumerate(plan.results, start=1)]
    rows = (
        *_gap_rows(nonce, plan, gaps),
        *choices(FLOW, "hub", nonce, results),
        *choices(FLOW, "hub", nonce, _adds(plan, can_copy=can_copy)),
        *(choices(FLOW, "hub", nonce, [(SUBMIT, "📨 " + _("Ajukan kepada atasan"))]) if not gaps else ()),
        (button("👁 " + _("Lihat seluruhnya"), YearPlan("open", row.id)),),
        moves(nonce, back=False),
    )
    return Screen(joined(parts, "\n\n"), rows)


def _result_label(one: Result, number: int) -> str:
    sign = "💬 " if one.row.note or any(item.note for item in one.items) else ""
    return cut(f"{sign}{number}. {one.row.title}", LONGEST_BUTTON)


def _adds(plan: Whole, *, can_copy: bool) -> list[tuple[str, str]]:
    copy = [(COPY, "📄 " + label("Salin rencana {year}", year=plan.plan.year - 1))] if can_copy else []
    return [
        *copy,
        (ResultKind.MAIN.value, "➕ " + _("Hasil kerja utama")),
        (ResultKind.ADDITIONAL.value, "➕ " + _("Hasil kerja tambahan")),
        (VALUES, "🤝 " + label("Perilaku kerja ({n} dari 7)", n=len(plan.behaviours))),
        (SHEET, "📗 " + _("Isi lewat Excel")),
    ]


def _missing(plan: Whole, gaps: Sequence[PlanGap]) -> Markup:
    if not gaps:
        return say("✅ Rencana ini sudah lengkap dan bisa diajukan.") if plan.results else Markup("")
    lines = [say("• {fault}", fault=fault_words(plan, gap)) for gap in gaps[:MOST_GAPS]]
    more = len(gaps) - MOST_GAPS
    rest = say_many("• dan {n} hal lain", "• dan {n} hal lain", more) if more > 0 else Markup("")
    return joined([say("⚠️ <b>Yang masih kurang:</b>"), *lines, rest])


def _unlinked(plan: Whole, linked: bool) -> Markup:
    mains = [one for one in plan.results if one.row.kind is ResultKind.MAIN]
    if linked or not mains:
        return Markup("")
    return say(
        "ℹ️ Ada hasil kerja utama yang belum dikaitkan dengan hasil kerja atasan. Boleh diajukan, tetapi baru bisa "
        "disetujui sesudah dikaitkan."
    )


def _gap_rows(nonce: str, plan: Whole, gaps: Sequence[PlanGap]) -> Rows:
    """A button to the place of each gap, once a place."""
    places: dict[str, str] = {}
    for gap in gaps[:MOST_GAPS]:
        if gap.result is None:
            places.setdefault(ResultKind.MAIN.value, "⚠️ " + _("Tambah hasil kerja utama"))
            continue
        result = plan.results[gap.result]
        if gap.item is None:
            places.setdefault(f"r{result.row.id}", "⚠️ " + label("Lengkapi: {what}", what=result.row.title))
        else:
            item = result.items[gap.item]
            places.setdefault(f"i{item.id}", "⚠️ " + label("Lengkapi: {what}", what=f"{code_of(item)} {item.name}"))
    return choices(FLOW, "hub", nonce, [(value, cut(words, LONGEST_BUTTON)) for value, words in places.items()])


def result(nonce: str, one: Result, number: int, *, can_link: bool) -> Screen:
    """One result with its items."""
    head = say("<b>Hasil kerja {kind}</b>", kind=_(KINDS[one.row.kind]).casefold())
    items = [(f"i{item.id}", cut(f"📏 {code_of(item)} {item.name}", LONGEST_BUTTON)) for item in one.items]
    change = [(TITLE, "✏️ " + _("Ubah kalimat"))]
    change += [(LINK, "🔗 " + _("Hasil kerja atasan"))] if can_link else []
    rows = (
        *choices(FLOW, "result", nonce, items),
        *choices(FLOW, "result", nonce, [(ADD, "➕ " + _("Tambah ukuran"))]),
        *choices(FLOW, "result", nonce, [*change, (REMOVE, "🗑 " + _("Hapus"))], per_row=2),
        *choices(FLOW, "result", nonce, [(one.row.kind.value, "➕ " + _("Hasil kerja berikutnya"))]),
        *choices(FLOW, "result", nonce, [(HUB, "✅ " + _("Ke ringkasan"))]),
        moves(nonce),
    )
    return Screen(joined([head, result_lines(one, number)], "\n\n"), rows)


def ask_link(nonce: str, found: Sequence[PlanResult], page: int, *, back: bool) -> Screen:
    """Which of the superior's results this one serves."""
    text = say(
        "<b>Hasil kerja atasan mana yang didukung?</b>\n\nSetiap hasil kerja utama mendukung satu hasil kerja atasan, "
        "supaya pekerjaan seluruh unit menuju tujuan yang sama."
    )
    shown = found[page * PAGE : (page + 1) * PAGE]
    options = [(f"s{row.id}", cut(label("mendukung: {title}", title=row.title), LONGEST_BUTTON)) for row in shown]
    titles = [say("{n}. {title}", n=str(n), title=row.title) for n, row in enumerate(shown, start=page * PAGE + 1)]
    later = [(LATER, "⏭ " + _("Tentukan nanti"))]
    rows = (
        *choices(FLOW, "link", nonce, options),
        *turns("link", nonce, page, len(found)),
        *choices(FLOW, "link", nonce, later),
    )
    return Screen(joined([text, joined(titles)], "\n\n"), (*rows, moves(nonce, back=back)))


def turns(step: str, nonce: str, page: int, total: int) -> Rows:
    """Earlier and later pages of what can be chosen."""
    options = [(f"p{page - 1}", "◀️ " + _("Sebelumnya"))] if page > 0 else []
    options += [(f"p{page + 1}", _("Berikutnya") + " ▶️")] if (page + 1) * PAGE < total else []
    return choices(FLOW, step, nonce, options, per_row=2)


def ask_title(nonce: str, kind: ResultKind, serves: str | None, before: Sequence[str]) -> Screen:
    """The words of a result; those of last year can be taken."""
    head = {
        ResultKind.MAIN: say("<b>Hasil kerja utama apa yang akan dicapai?</b>"),
        ResultKind.ADDITIONAL: say("<b>Hasil kerja tambahan apa yang akan dicapai?</b>"),
    }[kind]
    link = say("Mendukung: <i>{serves}</i>", serves=serves) if serves else Markup("")
    hint = say(
        "Tulis hasilnya, bukan kegiatannya. Contoh: <i>Laporan warga tentang lampu jalan selesai tepat waktu</i>."
    )
    old = say("Atau pakai kalimat tahun lalu:") if before else Markup("")
    titles = [say("{n}. {title}", n=str(n), title=title) for n, title in enumerate(before, start=1)]
    options = [(f"b{n}", cut(title, LONGEST_BUTTON)) for n, title in enumerate(before)]
    text = joined([head, link, hint, joined([old, *titles])], "\n\n")
    return Screen(text, (*choices(FLOW, "title", nonce, options), moves(nonce)))


def ask_remove(nonce: str, words: str, *, whole: bool) -> Screen:
    """Sure?"""
    text = say("<b>Hapus “{words}”?</b>", words=words)
    if whole:
        text = say("<b>Hapus “{words}”?</b>\n\nSemua ukurannya ikut terhapus.", words=words)
    options = [(YES, "🗑 " + _("Ya, hapus")), (NO, _("Tidak, biarkan"))]
    return Screen(text, (*choices(FLOW, "remove", nonce, options), moves(nonce)))


def ask_reason(nonce: str) -> Screen:
    """Why an approved plan is changed."""
    text = say(
        "<b>Mengapa rencana ini diubah?</b>\n\nTulis satu kalimat, contoh: <i>Target dinaikkan sesudah ada tambahan "
        "anggaran</i>. Rencana yang berlaku tetap berlaku sampai versi barunya disetujui; nilai mingguan tidak hilang."
    )
    return Screen(text, (moves(nonce, back=False),))


def ask_sheet(nonce: str, plan_id: int) -> Screen:
    """Send the form as a workbook."""
    text = say(
        "<b>Isi lewat Excel</b>\n\nUnduh bentuk SKP-nya, isi di Excel, lalu kirim berkasnya ke sini. Isinya diperiksa "
        "dahulu dan diperlihatkan; rencana baru berubah sesudah Bapak/Ibu menekan Pakai."
    )
    rows = ((button("📗 " + _("Unduh bentuk SKP"), YearPlan("sheet", plan_id)),), moves(nonce))
    return Screen(text, rows)


def choose_first() -> Screen:
    """Words where a button is meant."""
    return Screen(say("Mohon tekan dahulu bagian yang ingin diisi atau diubah, lalu tulis jawabannya."))


def over() -> Screen:
    """The plan, or the part of it, is not to be changed any more."""
    text = say("Bagian ini sudah tidak bisa diubah di sini. Silakan buka lagi rencana kerjanya.")
    return Screen(text, (way_row(), home_row()))


def way_row() -> tuple[Button, ...]:
    """To the own plan."""
    return (button("🎯 " + _("Rencana kerja saya"), Open(Desk.WORK_PLAN.value)),)


def cancelled() -> Screen:
    """Left: what was answered is stored."""
    text = say(
        "Baik, kita berhenti di sini. Pertanyaan terakhir dibuang; semua yang sudah dijawab tersimpan sebagai draf. "
        "Lanjutkan kapan saja lewat /rencana."
    )
    return Screen(text, (way_row(), home_row()))


def help_text() -> Screen:
    """How a plan is written."""
    text = say(
        "Rencana kerja berisi hasil kerja (RHK), dan setiap hasil punya ukuran dengan target setahun. Mulailah dari "
        "hasil kerja atasan, pilih ukurannya, tulis targetnya, lalu terima pembagian per triwulan. Sesudah lengkap, "
        "ajukan; atasan menyetujui atau mengembalikan dengan catatan. Sesudah disetujui rencana dikunci dan perubahan "
        "menjadi versi baru."
    )
    return Screen(text)
