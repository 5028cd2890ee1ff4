"""Nominations: the lists of those who propose and approve, and the card of one with its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bot.callbacks import Award
from bot.i18n import Markup, _, say
from bot.services.performance.recognition.announcing import Reach
from bot.services.performance.recognition.lists import Group, Listed
from bot.views.parts import cut, home_row, joined
from bot.views.performance.evaluation.words import number
from bot.views.performance.recognition import words
from bot.views.performance.recognition.desk import (
    ANNOUNCE,
    APPROVE,
    DECLINE,
    GROUP,
    GROUPS,
    LONGEST,
    NO,
    OPEN,
    PAPER,
    PROPOSE,
    YES,
    back_row,
)
from bot.views.satisfaction.periods import name_of, short_name_of
from bot.views.screen import Button, Rows, Screen, button
from models.performance.recognition import Nomination, NominationStatus
from models.rules.performance.recognition import CriterionKind, Shortfall


@dataclass(frozen=True, slots=True)
class May:
    """What this reader may do with a nomination."""

    approve: bool = False
    decline: bool = False
    answer: bool = False
    paper: bool = False
    back: bool = False


def groups(found: Sequence[Group]) -> Screen:
    """Rules and periods with nominations."""
    head = say("<b>Calon penerima</b>")
    lines = [] if found else [say("Belum ada calon. Calon dihitung sendiri sesudah masanya selesai.")]
    rows = tuple(
        (
            button(
                f"🗂 {cut(one.title, 36)} · {short_name_of(one.period)} ({sum(one.states.values())})",
                Award(GROUP, one.rule_id, one.period),
            ),
        )
        for one in found[:10]
    )
    return Screen(joined([head, *lines], "\n\n"), (*rows, back_row(), home_row()))


def group(found: Sequence[Listed], rule_id: int, period: str, *, is_hr: bool) -> Screen:
    """Those who fulfil a rule in a period, with their states."""
    title = found[0].title if found else ""
    head = say("<b>{title}</b>, {period}", title=title, period=name_of(period))
    lines = [_ranked(one) for one in found]
    rows: list[tuple[Button, ...]] = [
        (button(f"{words.SIGNS[one.row.status]} {cut(one.name, 40)}", Award(OPEN, one.row.id)),) for one in found
    ]
    states = {one.row.status for one in found}
    if is_hr and NominationStatus.NOMINATED in states:
        rows.append((button("📨 " + _("Ajukan daftar ini kepada pimpinan"), Award(PROPOSE, rule_id, period)),))
    if is_hr and NominationStatus.CONSENTED in states and NominationStatus.ANNOUNCED not in states:
        rows.append(
            (button("📣 " + _("Umumkan di unitnya"), Award(ANNOUNCE, rule_id, f"{period}.{Reach.UNIT.value}")),)
        )
        rows.append(
            (button("📣 " + _("Umumkan di seluruh kota"), Award(ANNOUNCE, rule_id, f"{period}.{Reach.CITY.value}")),)
        )
    rows.append((button("⬅️ " + _("Calon penerima"), Award(GROUPS, 0)),))
    return Screen(joined([head, joined(lines)], "\n\n"), (*rows, home_row()))


def _ranked(one: Listed) -> Markup:
    sign, state = words.SIGNS[one.row.status], words.state(one.row.status).lower()
    if one.row.score is None:
        return say("{sign} {name}: {state}", sign=sign, name=one.name, state=state)
    score = number(one.row.score)
    return say("{sign} {name} ({score}): {state}", sign=sign, name=one.name, score=score, state=state)


def card(one: Listed, may: May) -> Screen:
    """One nomination with its evidence."""
    row = one.row
    head = say(
        "🏅 <b>{title}</b>, {period}\n<b>{name}</b>\nKeadaan: {state}",
        title=one.title,
        period=name_of(row.period),
        name=one.name,
        state=words.state(row.status),
    )
    lines = [evidence(found) for found in row.evidence.get("findings", ())]
    parts = [head, joined([say("<b>Bukti</b>"), *lines])]
    if row.score is not None and may.back:
        parts.append(say("Angka urutan: {score}", score=number(row.score)))
    if row.certificate:
        parts.append(say("Nomor piagam: {number}", number=row.certificate))
    if row.reason and may.back:
        parts.append(say("Alasan: <i>{words}</i>", words=cut(row.reason, LONGEST)))
    if may.answer:
        parts.append(_question(row))
    return Screen(joined(parts, "\n\n"), _rows(row, may))


def evidence(found: dict[str, Any]) -> Markup:
    """One finding as it was stored."""
    return words.held(
        CriterionKind(found["kind"]),
        (Decimal(found["limit"]), None if found["value"] is None else Decimal(found["value"])),
        (found["n"], found["smallest"]),
        None if found["shortfall"] is None else Shortfall(found["shortfall"]),
    )


def _question(row: Nomination) -> Markup:
    if row.status is NominationStatus.APPROVED:
        return say(
            "<b>Bolehkah nama ini diumumkan?</b> Yang terlihat hanya nama, judul penghargaan, dan masanya. "
            "Jawaban bisa diubah kapan saja, dan penghargaannya tetap berlaku apa pun jawabannya."
        )
    return say("Jawaban bisa diubah kapan saja.")


def _rows(row: Nomination, may: May) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if may.approve:
        rows.append((button("✅ " + _("Setujui"), Award(APPROVE, row.id)),))
    if may.decline:
        rows.append((button("✖️ " + _("Tidak diberikan"), Award(DECLINE, row.id)),))
    if may.answer and row.status in (NominationStatus.APPROVED, NominationStatus.NOT_WANTED):
        rows.append((button("✅ " + _("Ya, boleh diumumkan"), Award(YES, row.id)),))
    if may.answer and row.status is not NominationStatus.NOT_WANTED:
        rows.append((button("🤐 " + _("Tidak, jangan diumumkan"), Award(NO, row.id)),))
    if may.paper:
        rows.append((button("📜 " + _("Unduh piagam (PDF)"), Award(PAPER, row.id)),))
    if may.back:
        rows.append((button("⬅️ " + _("Daftar calon"), Award(GROUP, row.rule_id, row.period)),))
    return (*rows, back_row(), home_row())


def told(count: int) -> Screen:
    """It was announced."""
    return Screen(say("📣 Pengumuman sedang dikirim kepada {n} pegawai.", n=count), (back_row(), home_row()))
