"""The screens of the team desk, read and rendered after the commit, by the rights of the moment they are made.

A superior sees whoever is below today, human resources everybody, anybody else nobody (domain rule 31).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.db import Database
from bot.delivery.making import Maker, Order
from bot.reports.performance import digest as reports
from bot.reports.performance import history
from bot.reports.performance.roster import Roster, roster
from bot.reports.performance.states import Digest, PersonState, urgency
from bot.reports.performance.weeks import newest_due
from bot.services.city import know
from bot.services.people import get, presser_of
from bot.services.performance import chain
from bot.services.performance.own_week import Reporting
from bot.services.performance.weekly import report as report_of
from bot.views.making import below_picture
from bot.views.performance.team import card as card_view
from bot.views.performance.team import digest as view
from bot.views.performance.team import lists
from bot.views.performance.team.values import values_of
from bot.views.screen import Made, Screen
from handlers.performance.team import drawn
from models.errors import Refusal
from models.rules.performance.hands import Hand
from models.rules.performance.pace import PaceStatus
from models.rules.permissions import Desk, Role, require_desk

KIND = "team"
#: So many weeks are in a person's strip.
STRIP = 12
#: So many people are shown of a search.
MOST_FOUND = 40


def sees_everyone(by: Reporting) -> bool:
    """Whether human resources look."""
    return any(grant.role is Role.HR and grant.unit_id is None for grant in by.presser.grants)


async def own(by: Reporting) -> Digest:
    """The own digest; refused with `nobody_below`."""
    found = await reports.digest(by.session, by.city, by.now, by.employee_id)
    if found is None:
        raise Refusal("nobody_below")
    return found


async def show_desk(by: Reporting, _order: Order) -> Screen:
    """The first screen; human resources without people of their own see the units."""
    if sees_everyone(by) and not by.presser.leads:
        return await show_units(by, {"verb": "units", "which": 0})
    digest = await own(by)
    known = await roster(by.session, by.city, by.today)
    wide = known.leads_leaders(by.employee_id) or digest.sees_city
    return view.desk(values_of(digest, by.city, leads_leaders=wide))


async def show_now(by: Reporting) -> Screen:
    """The weekly digest as it would be sent now."""
    found = await reports.digest(by.session, by.city, by.now, by.employee_id, deep=True)
    if found is None:
        raise Refusal("nobody_below")
    return view.notice(values_of(found, by.city, weekly=True))


async def show_people(by: Reporting, order: Order) -> Screen:
    """The own people, those who need a look first."""
    digest = await own(by)
    people = sorted(digest.people, key=urgency)
    return lists.people(people, _page(order), lists.team_title(digest))


async def show_good(by: Reporting, order: Order) -> Screen:
    """Those whose every line keeps the pace."""
    found = [one for one in (await own(by)).people if one.status is PaceStatus.ON_TRACK]
    return lists.people(found, _page(order), lists.good_title(found))


async def show_attention(by: Reporting, order: Order) -> Screen:
    """Lines behind or at risk."""
    return lists.attention(await own(by), _page(order))


async def show_obstacles(by: Reporting, order: Order) -> Screen:
    """What stands in the way."""
    return lists.obstacles(await own(by), _page(order))


async def show_deadlines(by: Reporting, _order: Order) -> Screen:
    """What is due soon."""
    return lists.deadlines(await own(by))


async def show_differing(by: Reporting, order: Order) -> Screen:
    """Typed values beside the records."""
    return lists.differing(await own(by), _page(order))


async def show_units(by: Reporting, order: Order) -> Screen:
    """The units below, or of the city."""
    found = await reports.roll_up(by.session, by.city, by.now, by.employee_id, everyone=sees_everyone(by))
    names = {one.unit_id: by.city.units[one.unit_id].short_name for one in found}
    page = lists.Page(order["verb"], order["which"], size=lists.UNITS_PAGE)
    return lists.units(newest_due(by.city, by.now), found, names, page)


async def show_unit(by: Reporting, order: Order) -> Screen:
    """The people of a unit, of those whom the reader may see; `which` is the unit, `extra` the page."""
    known = await roster(by.session, by.city, by.today)
    city, unit = by.city, order["which"]
    if unit not in city.units:
        raise Refusal("no_such_choice")
    reach = reports.reach_of(known, by.employee_id, everyone=sees_everyone(by))
    people = [one for one in reach if city.successor(known.members[one].unit_id).id == unit]
    page = lists.Page("unit", _number(order["extra"]), own=unit)
    return await _listed(by, known, people, page, lists.unit_title(city.units[unit].short_name, len(people)))


async def show_found(by: Reporting, order: Order) -> Screen:
    """Whom a search found, of those whom the reader may see."""
    words = str(order["extra"]).strip()
    known = await roster(by.session, by.city, by.today)
    reach = reports.reach_of(known, by.employee_id, everyone=sees_everyone(by))
    people = [one for one in reach if words.casefold() in known.members[one].name.casefold()][:MOST_FOUND]
    return await _listed(by, known, people, lists.Page("found", 0), lists.found_title(words, len(people)))


async def _listed(by: Reporting, known: Roster, people: list[int], page: lists.Page, title: lists.Title) -> Screen:
    found = await reports.persons(by.session, by.city, by.now, people, known)
    return lists.people(found, page, title)


async def show_card(by: Reporting, order: Order) -> Screen:
    """One civil servant; refused with `not_your_subordinate` for whoever is not below today."""
    person, leads = await reach(by, order["which"])
    week = newest_due(by.city, by.now)
    weeks = history.weeks_before(week, STRIP)
    past = await history.past(by.session, by.city, [person.member.id], weeks)
    report = await report_of(by.session, person.member.id, week)
    shown = card_view.Shown(
        person=person,
        unit=by.city.units[person.member.unit_id].short_name,
        weeks=dict(zip(weeks, (one.value for one in past[person.member.id]), strict=True)),
        report_id=report.id if report is not None else None,
        leads=leads,
    )
    return card_view.card(shown)


async def reach(by: Reporting, employee_id: int) -> tuple[PersonState, bool]:
    """Somebody's state, and whether the reader is the superior of today."""
    hands = await chain.hands(by.session, by.employee_id, employee_id, by.today)
    known = await roster(by.session, by.city, by.today)
    if employee_id not in known.members or not (Hand.LINE in hands or sees_everyone(by)):
        raise Refusal("not_your_subordinate")
    found = await reports.persons(by.session, by.city, by.now, [employee_id], known)
    return found[0], Hand.SUPERIOR in hands


def _page(order: Order) -> lists.Page:
    return lists.Page(order["verb"], order["which"])


def _number(text: str) -> int:
    return int(text) if text.isdigit() and len(text) < 6 else 0


#: Verb → what it shows; the pictures are `drawn`.
SCREENS: dict[str, Callable[[Reporting, Order], Awaitable[Screen]]] = {
    "desk": show_desk,
    "people": show_people,
    "good": show_good,
    "attention": show_attention,
    "obstacles": show_obstacles,
    "deadlines": show_deadlines,
    "differing": show_differing,
    "units": show_units,
    "unit": show_unit,
    "card": show_card,
    "found": show_found,
}


async def make(db: Database, order: Order, now: datetime) -> Made:
    """Any screen of the desk."""
    async with db.read() as session:
        presser = await presser_of(session, await get(session, order["person"]), now)
        require_desk(presser, Desk.TEAM)
        by = Reporting(session, await know(session, now), presser, now)
        if order["verb"] in SCREENS:
            return Made(await SCREENS[order["verb"]](by, order))
        picture, below, instead = await _picture(by, order)
    enclosures = await drawn.enclosures(picture)
    return Made(below if enclosures else instead, enclosures)


async def _picture(by: Reporting, order: Order) -> tuple[drawn.Picture | None, Screen, Screen]:
    """What to draw, read before the transaction ends; the screen below it, and the one where nothing can be drawn."""
    if order["verb"] == "line":
        person, _leads = await reach(by, order["which"])
        picture: drawn.Picture | None = await drawn.line(by, person, _number(order["extra"]))
        return picture, below_picture(lists.person_button(person)), await show_card(by, order)
    if order["verb"] == "now":
        sent = await show_now(by)
        return await drawn.team(by.session, by.city, by.now, by.employee_id), sent, sent
    if sees_everyone(by) and not by.presser.leads:
        found = await reports.roll_up(by.session, by.city, by.now, by.employee_id, everyone=True)
        picture = drawn.units(by.city, found)
    else:
        picture = await drawn.team(by.session, by.city, by.now, by.employee_id)
    return picture, below_picture(lists.back_button()), await show_desk(by, order)


MAKERS: dict[str, Maker] = {KIND: make}
