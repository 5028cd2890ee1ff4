"""A small city in which reports live: one step is one transaction, and after it everything is looked at anew."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from bot import keys
from bot.db import Database, engine_url, name_of, sync_url
from bot.services import complaints
from bot.services.city import City, forget, know
from bot.services.complaints import Report
from bot.services.desk import digests, escalation, on_behalf, silence
from bot.services.desk.verifying import Acting
from bot.services.notices import sending_moment
from models.complaint import ReportClass, Source
from models.errors import Refusal
from models.person import Person
from models.rules.permissions import may
from tests.driver import START
from tests.life.cast import Actor, everybody, settle_in
from tests.life.clocks import promises_follow_from_the_events, something_is_promised_while_the_city_owes_it
from tests.life.laws import LAWS, Taken
from tests.life.moves import STEPS, Dice
from tests.life.seen import Seen, links, look

WORDS = "Lampu jalan di depan SD mati"
#: From a moment to some weeks; the year's end with its holidays lies within reach.
JUMPS = (
    *(timedelta(minutes=5), timedelta(hours=3), timedelta(days=1), timedelta(days=2), timedelta(days=4)),
    *(timedelta(days=9), timedelta(days=16), timedelta(days=33)),
)


@dataclass
class Tally:
    """How much was lived through."""

    lives: int = 0
    steps: int = 0
    events: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    transitions: set[tuple[str, str, str]] = field(default_factory=set)

    def __str__(self) -> str:
        return (
            f"{self.lives} cities, {self.steps} steps, {self.events} events, {len(self.transitions)} distinct "
            f"transitions, {sum(self.refused.values())} refusals of {len(self.refused)} kinds"
        )


class World:
    """A city on a database of its own."""

    def __init__(self, url: str, tally: Tally) -> None:
        self.db = Database(url)
        self._reader = create_engine(sync_url(url))
        self._ring = keys.of(name_of(engine_url(url)))
        self.tally = tally
        self.now: datetime = START
        self.seen = Seen()
        self.classes: dict[int, ReportClass] = {}
        self.tokens: list[str] = []
        self.journal: list[str] = []
        self._numbers = count(1)

    async def open(self) -> None:
        """Settle everybody in."""
        async with self.db.begin() as session:
            await settle_in(session)
        async with self.db.read() as session:
            self.actors = await everybody(session)
            self.city: City = await know(session, self.now)
        self.tally.lives += 1

    async def close(self) -> None:
        """Forget the city."""
        async with self.db.read() as session:
            forget(session)
        await self.db.close()
        self._reader.dispose()

    # --- what can happen ---

    async def file(self, actor: Actor, dice: Dice) -> None:
        """Somebody reports."""
        report = self._report(dice, anonymous=dice((False, True)), unit_id=dice((None, 1, 2)))

        async def filing(acting: Acting) -> None:
            person = await acting.session.get_one(Person, actor.presser.person_id)
            complaint = await complaints.file(acting.session, self.city, person, report, self.now)
            self.classes[complaint.id] = complaint.report_class

        await self._transact(f"{actor.name} reports", actor, filing)

    def _report(self, dice: Dice, **facts: Any) -> Report:
        return Report(
            key=f"life:{next(self._numbers)}",
            report_class=dice(tuple(ReportClass)),
            text=WORDS,
            confidential=dice((*(False,) * 5, True)),
            conflict=dice((*(False,) * 5, True)),
            **facts,
        )

    async def write_down(self, actor: Actor, dice: Dice) -> None:
        """A civil servant writes a report down for somebody who takes it over later, or never."""
        report = self._report(
            dice, source=Source.PHONE, recorded_by_id=actor.presser.employee_id, anonymous=dice((False, True))
        )

        async def writing(acting: Acting) -> None:
            person = await acting.session.get_one(Person, actor.presser.person_id)
            recorded = await on_behalf.record(acting.session, self.city, acting.presser, person, report, self.now)
            assert recorded is not None
            self.classes[recorded.complaint.id] = recorded.complaint.report_class
            self.tokens.append(recorded.token)

        await self._transact(f"{actor.name} writes down", actor, writing)

    async def claim(self, actor: Actor, dice: Dice) -> None:
        """Somebody opens the link of a report that was written down."""

        async def claiming(acting: Acting) -> None:
            person = await acting.session.get_one(Person, actor.presser.person_id)
            await on_behalf.claim(acting.session, person, dice([*self.tokens, "guessed"]), self.now)

        await self._transact(f"{actor.name} claims", actor, claiming)

    async def press(self, actor: Actor, name: str, complaint_id: int, dice: Dice) -> None:
        """Somebody does something to a report, with or without the right to."""

        async def pressing(acting: Acting) -> None:
            await STEPS[name].run(acting, complaint_id, dice)

        await self._transact(f"{actor.name}: {name} {complaint_id}", actor, pressing)

    def wait(self, jump: timedelta) -> None:
        """Time passes."""
        self.now += jump
        self.journal.append(f"{jump} later")

    async def sweep_silence(self) -> None:
        """The clock closes what nobody answered."""

        async def sweeping(acting: Acting) -> None:
            await silence.close_silent(acting.session, self.city, self.now)
            await silence.lapse_incomplete(acting.session, self.city, self.now)

        await self._transact("silence is swept", None, sweeping)

    async def sweep_deadlines(self) -> None:
        """The clock warns and climbs, in office hours."""

        async def sweeping(acting: Acting) -> None:
            if sending_moment(self.city, self.now) <= self.now:
                found = await escalation.find(acting.session, self.city, self.now)
                await escalation.take_steps(acting.session, self.city, found, self.now)
                await digests.let_go(acting.session, self.now, sending_moment(self.city, self.now))

        await self._transact("deadlines are swept", None, sweeping)

    # --- what may be drawn ---

    def fitting(self) -> list[tuple[str, int]]:
        """What the state of the reports and the table of rights let somebody do, as often as it is to be drawn."""
        return [
            (name, number)
            for number, row in self.seen.complaints.items()
            for name, step in STEPS.items()
            if step.is_possible(row) and self.entitled(name, number)
            for _ in range(step.weight)
        ]

    def entitled(self, name: str, complaint_id: int) -> list[Actor]:
        """Who has the right to do it to this report."""
        action, record = STEPS[name].action, self.seen.complaints[complaint_id].record()
        return [one for one in self.actors.values() if action is None or may(one.presser, action, record)]

    # --- one step ---

    async def _transact(self, what: str, actor: Actor | None, act: Any) -> None:
        self.journal.append(what)
        presser = actor.presser if actor is not None else None
        refusal = None
        try:
            async with self.db.begin() as session:
                await act(Acting(session, self.city, presser, self.now))  # type: ignore[arg-type]
        except Refusal as refused:
            refusal = refused.code
        except StaleDataError:
            refusal = "somebody_was_faster"
        if refusal is not None:
            self.journal[-1] += f" (refused: {refusal})"
        with Session(self._reader, expire_on_commit=False) as session:
            after = look(session, self._ring, self.seen)
            hidden = {row.id for row in after.complaints.values() if row.anonymous}
            found = links(session, {key: who for key, who in after.reporters.items() if key in hidden})
        assert not found, f"an anonymous report leads to its reporter: {found}"
        taken = Taken(self.seen, after, presser, refusal, self.city, self.now, self.actors)
        self._count(taken)
        for law in LAWS:
            law(taken)
        promises_follow_from_the_events(taken, self.classes)
        something_is_promised_while_the_city_owes_it(taken)
        self.seen = after

    def _count(self, taken: Taken) -> None:
        tally = self.tally
        tally.steps += 1
        if taken.refusal is not None:
            tally.refused[taken.refusal] += 1
        for _, _, event in taken.fresh():
            tally.events += 1
            tally.transitions.add((event.action, event.status_before or "", event.status_after))
