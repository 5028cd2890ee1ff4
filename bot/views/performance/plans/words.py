"""What everything in a work plan is called, and a line of it in words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bot.i18n import N_, Markup, _, label, say, show_number
from bot.services.performance.plans.reading import Whole
from bot.views.parts import cut
from models.performance.plan import Aspect, CoreValue, PlanItem
from models.rules.performance.achievement import Polarity
from models.rules.performance.aggregation import Aggregation
from models.rules.performance.plan_rules import PlanFault, PlanGap, PlanStatus, ResultKind

LONGEST_BUTTON = 60
CODE = "IKU-"

STATUSES = {
    PlanStatus.DRAFT: N_("Draf"),
    PlanStatus.SUBMITTED: N_("Menunggu persetujuan atasan"),
    PlanStatus.RETURNED: N_("Dikembalikan untuk diperbaiki"),
    PlanStatus.APPROVED: N_("Disetujui dan berlaku"),
    PlanStatus.SUPERSEDED: N_("Diganti versi yang lebih baru"),
}
SIGNS = {
    PlanStatus.DRAFT: "📝",
    PlanStatus.SUBMITTED: "⏳",
    PlanStatus.RETURNED: "↩️",
    PlanStatus.APPROVED: "✅",
    PlanStatus.SUPERSEDED: "🗄",
}
KINDS = {ResultKind.MAIN: N_("Utama"), ResultKind.ADDITIONAL: N_("Tambahan")}
ASPECTS = {
    Aspect.QUANTITY: N_("Kuantitas (jumlah)"),
    Aspect.QUALITY: N_("Kualitas (mutu)"),
    Aspect.TIME: N_("Waktu"),
    Aspect.COST: N_("Biaya"),
}
POLARITIES = {
    Polarity.HIGHER: N_("Makin banyak makin baik"),
    Polarity.LOWER: N_("Makin sedikit makin baik"),
    Polarity.RANGE: N_("Harus di antara dua angka"),
    Polarity.YES_NO: N_("Cukup ya atau tidak"),
}
AGGREGATIONS = {
    Aggregation.SUM: N_("Dijumlahkan dari minggu ke minggu"),
    Aggregation.LAST: N_("Nilai terakhir yang dipakai"),
    Aggregation.MEAN: N_("Rata-rata dari semua minggu"),
}
#: The core values have one name in every language: they are a motto.
VALUES = {
    CoreValue.SERVICE_ORIENTED: N_("Berorientasi Pelayanan"),
    CoreValue.ACCOUNTABLE: N_("Akuntabel"),
    CoreValue.COMPETENT: N_("Kompeten"),
    CoreValue.HARMONIOUS: N_("Harmonis"),
    CoreValue.LOYAL: N_("Loyal"),
    CoreValue.ADAPTIVE: N_("Adaptif"),
    CoreValue.COLLABORATIVE: N_("Kolaboratif"),
}
FAULTS = {
    PlanFault.NO_MAIN_RESULT: N_("Belum ada satu pun hasil kerja utama."),
    PlanFault.NO_TITLE: N_("Hasil kerja ini belum bernama."),
    PlanFault.NO_ITEM: N_("“{what}” belum punya ukuran."),
    PlanFault.NO_LINK: N_("“{what}” belum dikaitkan dengan hasil kerja atasan."),
    PlanFault.NO_NAME: N_("Ada ukuran yang belum bernama."),
    PlanFault.NO_UNIT: N_("“{what}” belum punya satuan."),
    PlanFault.BAD_TARGET: N_("Target “{what}” tidak bisa diukur."),
    PlanFault.NO_QUARTERS: N_("“{what}” belum dibagi per triwulan."),
    PlanFault.QUARTERS_DIFFER: N_("Angka triwulan “{what}” tidak sama dengan target setahun."),
    PlanFault.YES_NO_LAST: N_("“{what}” dijawab ya atau tidak, jadi yang dipakai nilai terakhirnya."),
}


def code_of(item: PlanItem) -> str:
    """How the weekly report names it."""
    return f"{CODE}{item.position}"


def show_target(polarity: Polarity, low: Decimal, high: Decimal, unit: str) -> str:
    """The target with its unit."""
    if polarity is Polarity.YES_NO:
        return _("ya") if low else _("tidak")
    number = show_number(low) if low == high else f"{show_number(low)}–{show_number(high)}"
    return f"{number}{'' if unit == '%' else ' '}{unit}"


def show_quarters(quarters: Sequence[Decimal | None]) -> str:
    """The four quarters, a dash for one without a target."""
    return " · ".join("–" if part is None else show_number(part) for part in quarters)


def item_line(item: PlanItem) -> Markup:
    """An item with its number, target and quarters."""
    return say(
        "{code} {name}: <b>{target}</b> (per triwulan {quarters})",
        code=code_of(item),
        name=item.name,
        target=show_target(item.polarity, item.low, item.high, item.measure_unit),
        quarters=show_quarters(item.quarters),
    )


def fault_words(plan: Whole, gap: PlanGap) -> str:
    """What is missing, in a sentence that names it."""
    what = ""
    if gap.result is not None:
        result = plan.results[gap.result]
        what = result.row.title if gap.item is None else result.items[gap.item].name
    return label(FAULTS[gap.fault], what=cut(what, 80))
