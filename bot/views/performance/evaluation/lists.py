"""The desk of evaluations: what waits, lists by page, the counts for human resources, the steps of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.callbacks import Open, Review
from bot.i18n import N_, Markup, _, label, say, show_moment
from bot.services.performance.evaluation.lists import PAGE, Counts, Listed, Waiting
from bot.services.performance.evaluation.rating import period_of
from bot.views.parts import cut, home_row, joined
from bot.views.performance.evaluation import words
from bot.views.satisfaction.periods import name_of, short_name_of
from bot.views.screen import Button, Rows, Screen, button
from models.performance.evaluation import EvaluationEvent
from models.rules.performance.evaluation_rules import EvaluationStatus
from models.rules.performance.predicate import OrganisationPredicate, Predicate, Rating, SpreadWarning
from models.rules.permissions import Desk

OWN, TEAM, OBJECTIONS = "own", "team", "objections"
#: Human resources: the counts of a period, and its list.
CITY, EVERYONE = "city", "everyone"
LONGEST = 300


def desk(waiting: Waiting, *, leads: bool, sees_everyone: bool) -> Screen:
    """What one can do here, and how much waits."""
    lines = []
    if waiting.to_answer:
        lines.append(say("🧭 Penilaian yang menunggu tanggapan Bapak/Ibu: <b>{n}</b>", n=waiting.to_answer))
    if waiting.to_rate:
        lines.append(say("⏳ Bawahan yang menunggu dinilai: <b>{n}</b>", n=waiting.to_rate))
    if waiting.to_decide:
        lines.append(say("✋ Keberatan yang menunggu keputusan Bapak/Ibu: <b>{n}</b>", n=waiting.to_decide))
    rest = joined(lines) or say("Tidak ada yang menunggu Bapak/Ibu sekarang.")
    rows = [(button("📋 " + _("Penilaian saya"), Review(OWN, 0)),)]
    if leads or waiting.to_rate:
        rows.append((button("👥 " + _("Menilai bawahan"), Review(TEAM, 0)),))
        rows.append((button("💬 " + _("Beri catatan kepada bawahan"), Review("note", 0)),))
    if waiting.to_decide:
        rows.append((button("✋ " + _("Keberatan"), Review(OBJECTIONS, 0)),))
    rows.append((button("🗒 " + _("Catatan untuk saya"), Review("notes", 0)),))
    rows.append((button("📎 " + _("Bahan e-Kinerja"), Review("handover", 0)),))
    if sees_everyone:
        rows.append((button("🏙 " + _("Seluruh kota"), Review(CITY, 0)),))
    return Screen(joined([say("<b>Penilaian kinerja</b>"), rest], "\n\n"), (*rows, home_row()))


TITLES = {
    OWN: N_("Penilaian saya"),
    TEAM: N_("Menilai bawahan"),
    OBJECTIONS: N_("Keberatan"),
}


def listed(which: str, found: Sequence[Listed], total: int, page: int, extra: str = "") -> Screen:
    """A page of evaluations; `extra` is the period of the city's list."""
    title = name_of(extra) if which == EVERYONE else _(TITLES[which])
    head = say("<b>{title}</b>", title=title)
    text = head if found else joined([head, say("Belum ada penilaian di sini.")], "\n\n")
    rows = tuple((button(_label(one, which), Review("open", one.row.id)),) for one in found)
    return Screen(text, (*rows, *_pager(which, page, total, extra), _back(), home_row()))


def _label(one: Listed, which: str) -> str:
    sign, period = words.SIGNS[one.row.status], short_name_of(period_of(one.row).code)
    predicate = "" if one.row.predicate is None else _(words.PREDICATES[one.row.predicate])
    parts = [period if which == OWN else one.name, predicate if which == OWN else period]
    return f"{sign} " + " · ".join(part for part in parts if part)


def _pager(which: str, page: int, total: int, extra: str) -> Rows:
    pages, row = -(-total // PAGE), []
    if page > 0:
        row.append(button("◀️ " + _("Sebelumnya"), Review(which, page - 1, extra)))
    if page < pages - 1:
        row.append(button(_("Berikutnya") + " ▶️", Review(which, page + 1, extra)))
    return (tuple(row),) if row else ()


def _back() -> tuple[Button, ...]:
    return (button("⬅️ " + _("Penilaian kinerja"), Open(Desk.EVALUATIONS.value)),)


def city(period: str, counts: Counts, periods: Sequence[str], spread: Sequence[Markup]) -> Screen:
    """Counts of a period for human resources, the way to its list, other periods."""
    states = [
        say("{sign} {state}: {n}", sign=words.SIGNS[status], state=_(words.STATES[status]), n=counts.states[status])
        for status in EvaluationStatus
        if status in counts.states
    ]
    predicates = [
        say("• {predicate}: {n}", predicate=_(words.PREDICATES[one]), n=counts.predicates[one])
        for one in Predicate
        if one in counts.predicates
    ]
    without = say("Tanpa atasan dalam data kepegawaian: {n}", n=counts.without) if counts.without else Markup("")
    parts = [say("<b>Penilaian seluruh kota, {period}</b>", period=name_of(period)), joined([*states, without])]
    parts += [joined([say("<b>Predikat</b>"), *predicates])] if predicates else []
    parts += [joined(spread)] if spread else []
    rows = [(button("📋 " + _("Lihat daftarnya"), Review("everyone", 0, period)),)]
    rows += [(button("📆 " + name_of(other), Review(CITY, 0, other)),) for other in periods if other != period]
    return Screen(joined(parts, "\n\n"), (*rows[:8], _back(), home_row()))


def nothing_in_the_city() -> Screen:
    """No evaluation was ever opened."""
    return Screen(say("Belum ada masa penilaian yang dibuka."), (_back(), home_row()))


def spread_line(unit: str, organisation: OrganisationPredicate, found: Sequence[SpreadWarning]) -> Markup:
    """A unit whose ratings do not fit its own predicate."""
    return say(
        "⚠️ {unit} (predikat unit: {organisation}): {broken}",
        unit=unit,
        organisation=_(words.ORGANISATION[organisation]),
        broken=joined([warning_words(plain) for plain in found], "; "),
    )


def warning_words(warning: SpreadWarning) -> Markup:
    """One broken rule of the pattern."""
    rule = warning.rule
    names = ", ".join(_(words.PREDICATES[one]) for one in Predicate if one in rule.predicates)
    share = words.number(warning.share)
    if rule.at_most is not None and warning.share > rule.at_most:
        return say(
            "{names} {share} persen, paling banyak {limit}", names=names, share=share, limit=words.number(rule.at_most)
        )
    if rule.at_least is not None:
        return say(
            "{names} {share} persen, paling sedikit {limit}",
            names=names,
            share=share,
            limit=words.number(rule.at_least),
        )
    return say("belum ada yang {names}", names=names)


def step(event: EvaluationEvent, who: str) -> Markup:
    """One step of the history."""
    lines = [
        say(
            "{moment}, {who}: {state}",
            moment=show_moment(event.at),
            who=who,
            state=_(words.STATES[event.status_after]),
        )
    ]
    old, new = event.values.get("old"), event.values.get("new")
    if new and new.get("predicate") and old != new:
        lines.append(say("{before} → {after}", before=_predicate(old), after=_predicate(new)))
    if event.text:
        lines.append(say("<i>{words}</i>", words=cut(event.text, LONGEST)))
    return joined(lines)


def _predicate(values: Mapping[str, str | None] | None) -> str:
    held = (values or {}).get("predicate")
    if not values or held is None:
        return _("belum dinilai")
    return label(
        "{predicate} (hasil kerja {results}, perilaku {behaviour})",
        predicate=_(words.PREDICATES[Predicate(held)]),
        results=_(words.RATINGS[Rating(values["results"] or "")]).lower(),
        behaviour=_(words.RATINGS[Rating(values["behaviour"] or "")]).lower(),
    )
