"""What a digest is made of: the state of each civil servant, the sums of units, and what is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.reports.performance.papers import Submitted, ToJudge
from bot.reports.performance.residents import Ticket
from bot.reports.performance.roster import Member
from bot.reports.performance.standing import Standing
from bot.reports.performance.weeks import Obstacle
from models.performance.indicator import IndicatorFact
from models.rules.performance.pace import PaceStatus

#: The order in which lines need a look.
_WORST = {PaceStatus.BEHIND: 0, PaceStatus.AT_RISK: 1, PaceStatus.NO_DATA: 2}


@dataclass(frozen=True, slots=True)
class PersonState:
    """One civil servant on the day: the week, and the lines of the plan, the worst first."""

    member: Member
    owes: bool
    reported: bool
    late: bool
    waiting: int
    standings: tuple[Standing, ...]
    obstacles: tuple[Obstacle, ...]
    away: bool

    @property
    def missing(self) -> bool:
        """Whether the week was owed and is not there."""
        return self.owes and not self.reported

    @property
    def status(self) -> PaceStatus:
        """The worst of what is due: what somebody who looks first wants to know."""
        found = {one.status for one in self.standings}
        worst = [status for status in (*_WORST, PaceStatus.ON_TRACK) if status in found]
        return worst[0] if worst else PaceStatus.NOT_DUE

    def having(self, status: PaceStatus) -> list[Standing]:
        """The lines that stand so."""
        return [one for one in self.standings if one.status is status]


@dataclass(slots=True)
class UnitRoll:
    """The sums of a unit's people who are below somebody."""

    unit_id: int
    people: int = 0
    owed: int = 0
    reported: int = 0
    late: int = 0
    on_track: int = 0
    at_risk: int = 0
    behind: int = 0
    no_data: int = 0
    obstacles: int = 0
    overdue: int = 0
    low: int = 0

    @property
    def measured(self) -> int:
        """Lines that are due and have a value."""
        return self.on_track + self.at_risk + self.behind

    @property
    def share(self) -> float | None:
        """Per cent of those that keep the pace; None without any."""
        return 100 * self.on_track / self.measured if self.measured else None

    def add(self, person: PersonState) -> None:
        """One more civil servant."""
        self.people += 1
        self.owed += person.owes
        self.reported += person.owes and person.reported
        self.late += person.late
        self.obstacles += len(person.obstacles)
        for one in person.standings:
            name = one.status.value
            if name != PaceStatus.NOT_DUE.value:
                setattr(self, name, getattr(self, name) + 1)


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something due soon: `kind` (tickets, improvement, plans, evaluations), the day, how many, and of what."""

    kind: str
    day: date
    count: int = 1
    what: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Differing:
    """A typed value beside what the city's records say."""

    standing: Standing
    fact: IndicatorFact


@dataclass(frozen=True, slots=True)
class Digest:
    """What one superior should know: the own people, what waits, the units answered for, and the units below."""

    leader: Member
    day: date
    week: date
    people: tuple[PersonState, ...]
    plans: tuple[Submitted, ...]
    evaluations: tuple[ToJudge, ...]
    overdue: tuple[Ticket, ...]
    low: int
    low_since: date
    deadlines: tuple[Deadline, ...]
    differing: tuple[Differing, ...]
    units: tuple[UnitRoll, ...] = ()
    sees_city: bool = False

    @property
    def missing(self) -> list[PersonState]:
        """Who owed the week and has not reported, by name."""
        return [one for one in self.people if one.missing]

    @property
    def owing(self) -> list[PersonState]:
        """Who owed the week."""
        return [one for one in self.people if one.owes]

    @property
    def late(self) -> list[PersonState]:
        """Who reported late."""
        return [one for one in self.people if one.late]

    @property
    def waiting(self) -> list[PersonState]:
        """Whose weekly reports wait."""
        return [one for one in self.people if one.waiting]

    @property
    def obstacles(self) -> list[Obstacle]:
        """All that was told, by person."""
        return [obstacle for one in self.people for obstacle in one.obstacles]

    def having(self, status: PaceStatus) -> list[Standing]:
        """The lines that stand so, the worst first."""
        found = [one for person in self.people for one in person.having(status)]
        return sorted(found, key=badness)

    def name_of(self, employee_id: int) -> str:
        """Who it is, of the own people."""
        return next((one.member.name for one in self.people if one.member.id == employee_id), "")

    @property
    def empty(self) -> bool:
        """Whether there is nothing to tell at all: nobody owes anything, nothing waits, nothing is late."""
        return not (self.keys() or self.owing or any(one.standings for one in self.people) or self.units)

    def keys(self) -> list[str]:
        """What it says, as facts by which the next one knows what is new."""
        found = [f"missing:{one.member.id}:{self.week}" for one in self.missing]
        found += [
            f"{status.value}:{one.line_id}"
            for status in (PaceStatus.BEHIND, PaceStatus.AT_RISK)
            for one in self.having(status)
        ]
        found += [f"obstacle:{one.entry_id}" for one in self.obstacles]
        found += [f"week:{one.member.id}:{one.waiting}" for one in self.waiting]
        found += [f"plan:{one.id}" for one in self.plans]
        found += [f"evaluation:{one.id}" for one in self.evaluations]
        found += [f"overdue:{one.id}" for one in self.overdue]
        found += [f"deadline:{one.kind}:{one.id}:{one.day}" for one in self.deadlines]
        found += [f"differs:{one.standing.line_id}:{one.fact.value}" for one in self.differing]
        found += [f"unit:{one.unit_id}:{one.behind}:{one.overdue}" for one in self.units if one.behind or one.overdue]
        return found + ([f"low:{self.low_since}:{self.day}"] if self.low else [])


def badness(one: Standing) -> tuple[int, float, int, int]:
    """The worst first: behind before at risk, and of those the furthest below the pace."""
    pace = float(one.pace) if one.pace is not None else 1000.0
    return (_WORST.get(one.status, 3), pace, one.employee_id, one.position)


def urgency(one: PersonState) -> tuple[int, int, str, int]:
    """Who needs a look first: the worst line, then the silent, then by name."""
    return (_WORST.get(one.status, 3), not one.missing, one.member.name, one.member.id)
