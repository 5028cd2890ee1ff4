"""What criteria, findings and states of a recognition are called."""

from __future__ import annotations

from decimal import Decimal

from bot.i18n import N_, Markup, _, say, show_number
from bot.views.parts import joined
from bot.views.performance.evaluation.words import number
from models.performance.recognition import NominationStatus
from models.rules.performance.recognition import Criteria, Criterion, CriterionKind, Shortfall

STATES = {
    NominationStatus.NOMINATED: N_("Calon, belum diajukan"),
    NominationStatus.PROPOSED: N_("Diajukan kepada pimpinan"),
    NominationStatus.DECLINED: N_("Tidak diberikan"),
    NominationStatus.APPROVED: N_("Disetujui, menunggu persetujuan penerima"),
    NominationStatus.NOT_WANTED: N_("Penerima tidak ingin namanya diumumkan"),
    NominationStatus.CONSENTED: N_("Penerima setuju diumumkan"),
    NominationStatus.ANNOUNCED: N_("Sudah diumumkan"),
}
SIGNS = {
    NominationStatus.NOMINATED: "🌱",
    NominationStatus.PROPOSED: "⏳",
    NominationStatus.DECLINED: "✖️",
    NominationStatus.APPROVED: "🏅",
    NominationStatus.NOT_WANTED: "🤐",
    NominationStatus.CONSENTED: "✅",
    NominationStatus.ANNOUNCED: "📣",
}
#: What is asked, with the limit.
CONDITIONS = {
    CriterionKind.MAIN_INDICATORS: N_("setiap ukuran kinerja utama tercapai paling sedikit {limit} persen"),
    CriterionKind.WEEKS_REPORTED: N_("laporan mingguan lengkap paling sedikit {limit} persen"),
    CriterionKind.NO_UPHELD_COMPLAINT: N_("pengaduan yang terbukti paling banyak {limit}"),
    CriterionKind.RATING: N_("nilai dari warga paling sedikit {limit} dari 4"),
    CriterionKind.SETTLED_IN_TIME: N_("laporan warga selesai tepat waktu paling sedikit {limit} persen"),
    CriterionKind.CONFIRMED: N_("laporan dinyatakan selesai oleh warga paling sedikit {limit} persen"),
    CriterionKind.REOPENED: N_("laporan dibuka kembali paling banyak {limit} persen"),
}
#: What was found, with the value.
FOUND = {
    CriterionKind.MAIN_INDICATORS: N_("yang terendah {value} persen, dari {n} ukuran"),
    CriterionKind.WEEKS_REPORTED: N_("{value} persen, dari {n} minggu"),
    CriterionKind.NO_UPHELD_COMPLAINT: N_("{value} pengaduan"),
    CriterionKind.RATING: N_("{value}, dari {n} nilai"),
    CriterionKind.SETTLED_IN_TIME: N_("{value} persen, dari {n} laporan"),
    CriterionKind.CONFIRMED: N_("{value} persen, dari {n} laporan"),
    CriterionKind.REOPENED: N_("{value} persen, dari {n} laporan"),
}


def condition(kind: CriterionKind, limit: Decimal) -> Markup:
    """What is asked."""
    return say(CONDITIONS[kind], limit=number(limit))


def finding(kind: CriterionKind, value: Decimal | None, n: int) -> Markup:
    """What was found."""
    if value is None:
        return say("belum ada data")
    return say(FOUND[kind], value=number(value), n=show_number(n))


def held(
    kind: CriterionKind,
    numbers: tuple[Decimal, Decimal | None],
    counted: tuple[int, int],
    shortfall: Shortfall | None,
) -> Markup:
    """One condition against what was found: `numbers` are limit and value, `counted` the cases and the fewest."""
    (limit, value), (n, smallest) = numbers, counted
    line = say(
        "{sign} {condition}: {finding}",
        sign="✅" if shortfall is None else "🔸",
        condition=condition(kind, limit),
        finding=finding(kind, value, n),
    )
    if shortfall is Shortfall.TOO_FEW:
        return joined([line, say("↳ datanya masih kurang, paling sedikit {smallest}", smallest=smallest)])
    return line


def criteria(found: Criteria) -> Markup:
    """A rule's conditions, a line each, and how many are nominated."""
    lines = [_criterion(one) for one in found.conditions]
    if found.deduction:
        lines.append(
            say(
                "• laporan yang dibuka kembali mengurangi angka urutan ({n} untuk tiap persen)",
                n=number(found.deduction),
            )
        )
    if found.most is not None:
        lines.append(say("• dicalonkan paling banyak {n}", n=found.most))
    return joined(lines)


def _criterion(one: Criterion) -> Markup:
    if one.smallest:
        return say(
            "• {condition} (dari paling sedikit {n} data)", condition=condition(one.kind, one.limit), n=one.smallest
        )
    return say("• {condition}", condition=condition(one.kind, one.limit))


def state(status: NominationStatus) -> str:
    """The state in words."""
    return _(STATES[status])
