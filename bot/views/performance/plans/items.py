"""Writing what measures a result: which indicator, how it counts, how much of it, and in which quarter."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bot.i18n import Markup, _, label, say
from bot.views.parts import choices, cut, joined, moves
from bot.views.performance.plans.talk import FLOW, PAGE, REMOVE, turns
from bot.views.performance.plans.words import (
    AGGREGATIONS,
    ASPECTS,
    LONGEST_BUTTON,
    POLARITIES,
    code_of,
    show_quarters,
    show_target,
)
from bot.views.screen import Screen
from models.performance.indicator import Indicator
from models.performance.plan import PlanItem
from models.rules.performance.achievement import Polarity, Target

ACCEPT, BACK, TARGET_TAKEN = "accept", "back", "taken"
#: Units that are offered; any other is typed. They become part of a plan, which is written in Indonesian.
UNITS = ("dokumen", "laporan", "kegiatan", "orang", "unit", "hari", "%", "nilai")
YES_NO_UNIT = "ya/tidak"


def item(nonce: str, row: PlanItem) -> Screen:
    """One item with everything that can be changed."""
    lines = [
        say("<b>{code} {name}</b>", code=code_of(row), name=row.name),
        say("Aspek: {aspect}", aspect=_(ASPECTS[row.aspect])),
        say("Arah: {polarity}", polarity=_(POLARITIES[row.polarity])),
        say("Target setahun: <b>{target}</b>", target=show_target(row.polarity, row.low, row.high, row.measure_unit)),
        say("Satuan: {unit}", unit=row.measure_unit),
        say("Cara hitung: {aggregation}", aggregation=_(AGGREGATIONS[row.aggregation])),
        say("Per triwulan: {quarters}", quarters=show_quarters(row.quarters)),
        say("💬 <i>{note}</i>", note=row.note) if row.note else Markup(""),
    ]
    options = [
        ("indicator", "✏️ " + _("Ubah nama")),
        ("aspect", "✏️ " + _("Ubah aspek")),
        ("polarity", "✏️ " + _("Ubah arah")),
        ("target", "✏️ " + _("Ubah target")),
        ("unit", "✏️ " + _("Ubah satuan")),
        ("aggregation", "✏️ " + _("Ubah cara hitung")),
        ("quarters", "✏️ " + _("Ubah triwulan")),
        (REMOVE, "🗑 " + _("Hapus")),
    ]
    rows = (
        *choices(FLOW, "item", nonce, options, per_row=2),
        *choices(FLOW, "item", nonce, [(BACK, "✅ " + _("Selesai"))]),
    )
    return Screen(joined(lines), (*rows, moves(nonce)))


def ask_indicator(nonce: str, found: Sequence[Indicator], page: int, result: str) -> Screen:
    """What measures it: one of the city's indicators, or own words."""
    head = say("<b>Apa ukuran keberhasilannya?</b>\nHasil kerja: <i>{result}</i>", result=result)
    hint = say("Tulis ukurannya, contoh: <i>Jumlah lampu jalan yang diperbaiki</i>.")
    shown = found[page * PAGE : (page + 1) * PAGE]
    offer = say("Atau pilih indikator yang sudah ada:") if shown else Markup("")
    lines = [say("• {code}: {name} ({unit})", code=one.code, name=one.name, unit=one.measure_unit) for one in shown]
    options = [(f"n{one.id}", cut(f"📐 {one.code} {one.name}", LONGEST_BUTTON)) for one in shown]
    rows = (*choices(FLOW, "indicator", nonce, options), *turns("indicator", nonce, page, len(found)))
    return Screen(joined([head, hint, joined([offer, *lines])], "\n\n"), (*rows, moves(nonce)))


def ask_aspect(nonce: str) -> Screen:
    """Quantity, quality, time or cost."""
    options = [(aspect.value, _(words)) for aspect, words in ASPECTS.items()]
    text = say("<b>Apa yang diukur?</b>\n\nContoh: jumlah dokumen adalah kuantitas, nilai kepuasan adalah kualitas.")
    return Screen(text, (*choices(FLOW, "aspect", nonce, options, per_row=2), moves(nonce)))


def ask_polarity(nonce: str) -> Screen:
    """Which numbers are good."""
    options = [(polarity.value, _(words)) for polarity, words in POLARITIES.items()]
    text = say("<b>Angka seperti apa yang baik?</b>\n\nContoh: lama pengurusan makin sedikit makin baik.")
    return Screen(text, (*choices(FLOW, "polarity", nonce, options), moves(nonce)))


def ask_target(nonce: str, polarity: Polarity, offered: Target | None, unit: str) -> Screen:
    """How much in the year."""
    if polarity is Polarity.YES_NO:
        options = [("1", _("Ya, harus terjadi")), ("0", _("Tidak, jangan terjadi"))]
        text = say("<b>Apa jawaban yang diharapkan pada akhir tahun?</b>")
        return Screen(text, (*choices(FLOW, "target", nonce, options), moves(nonce)))
    text = say(
        "<b>Berapa target setahun?</b>\n\nTulis angkanya, boleh dengan satuannya atau berupa rentang. "
        "Contoh: <i>120 dokumen</i>, <i>87,5</i>, atau <i>80-90 %</i>."
    )
    options = []
    if offered is not None:
        words = show_target(polarity, offered.low, offered.high, unit)
        options = [(TARGET_TAKEN, "✅ " + label("Pakai target indikator: {target}", target=words))]
    return Screen(text, (*choices(FLOW, "target", nonce, options), moves(nonce)))


def not_read() -> Screen:
    """Words that are no target."""
    return Screen(say("Angka itu belum bisa kami baca. Contoh: <i>120</i>, <i>87,5</i>, atau <i>80-90</i>."))


def ask_unit(nonce: str) -> Screen:
    """In what it is counted."""
    options = [(f"u{n}", unit) for n, unit in enumerate(UNITS)]
    text = say("<b>Apa satuannya?</b>\n\nPilih, atau tulis sendiri.")
    return Screen(text, (*choices(FLOW, "unit", nonce, options, per_row=4), moves(nonce)))


def ask_aggregation(nonce: str) -> Screen:
    """How the weeks become the year."""
    options = [(aggregation.value, _(words)) for aggregation, words in AGGREGATIONS.items()]
    text = say(
        "<b>Bagaimana angka setahun dihitung dari laporan mingguan?</b>\n\n"
        "Contoh: jumlah dokumen dijumlahkan; persentase memakai nilai terakhir; nilai kepuasan dirata-ratakan."
    )
    return Screen(text, (*choices(FLOW, "aggregation", nonce, options), moves(nonce)))


def ask_quarters(nonce: str, row: PlanItem, offered: Sequence[Decimal | None]) -> Screen:
    """The split over the quarters: the even one with a tap, or four numbers."""
    text = say(
        "<b>Bagaimana pembagian per triwulan?</b>\n{code} {name}: target setahun <b>{target}</b>\n\n"
        "Usul: <b>{offered}</b>\n\nTerima usulnya, atau tulis empat angka, contoh: <i>10 20 30 40</i>. "
        "Tulis - untuk triwulan tanpa target.",
        code=code_of(row),
        name=row.name,
        target=show_target(row.polarity, row.low, row.high, row.measure_unit),
        offered=show_quarters(offered),
    )
    accept = choices(FLOW, "quarters", nonce, [(ACCEPT, "✅ " + _("Terima usul"))])
    return Screen(text, (*accept, moves(nonce)))


def quarters_not_read() -> Screen:
    """Words that are no four numbers."""
    return Screen(say("Empat angka itu belum bisa kami baca. Contoh: <i>10 20 30 40</i>, atau <i>- - 50 50</i>."))


def quarters_differ(made: str, wanted: str) -> Screen:
    """The quarters do not make the year."""
    text = say(
        "Keempat angka itu menjadi {made}, padahal target setahun {wanted}. Mohon periksa lagi.",
        made=made,
        wanted=wanted,
    )
    return Screen(text)
