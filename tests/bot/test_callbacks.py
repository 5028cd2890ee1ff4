"""Every button's payload: there and back, never longer than Telegram's 64 bytes, never read as another's."""

import re
from itertools import pairwise

import pytest

from bot.callbacks import (
    ALL,
    LONGEST,
    Award,
    Choose,
    Deliver,
    Figures,
    Gauge,
    GroupDeed,
    Learn,
    Meet,
    Micro,
    Move,
    Open,
    Payload,
    Plan,
    Queue,
    Rate,
    React,
    Results,
    Resume,
    Review,
    Revise,
    Setting,
    Survey,
    Team,
    Ticket,
    Weekly,
    YearPlan,
    read,
)
from models.rules.complaint_flow import Action
from models.rules.permissions import Desk

#: A complaint's id has ten digits at the very most; a number that every JSON reader still reads exactly has 16.
COMPLAINT = 9_999_999_999
LARGEST = 2**53
WIDEST: list[Payload] = [
    Choose("complaint", "not_solved", "zzzzzzzz", str(LARGEST)),
    Move("cancel", "zzzzzzzz"),
    Resume("continue", f"dispose.{COMPLAINT}"),
    *(Open(desk.value, LARGEST) for desk in Desk),
    *(Ticket(action.value, COMPLAINT, str(LARGEST)) for action in Action),
    Ticket("not_solved", LARGEST, str(LARGEST)),
    Rate(LARGEST, 4, "channel", 1),
    Survey(LARGEST, "ticket", COMPLAINT),
    Micro(LARGEST, "persyaratan", LARGEST),
    Setting("language", "id"),
    Figures("last_quarter", "class", "sheet", COMPLAINT, COMPLAINT, "information", 999),
    Revise("undo_yes", LARGEST),
    GroupDeed("take", COMPLAINT),
    Results("offices", f"s{COMPLAINT}", "2026-M12", LARGEST),
    Plan("result", str(COMPLAINT), str(LARGEST)),
    Queue("verifier_queue", "unassigned", LARGEST),
    React(LARGEST, "off"),
    Learn("participants", LARGEST, str(COMPLAINT)),
    Meet("announce", LARGEST, f"{COMPLAINT}.{COMPLAINT}"),
    YearPlan("dropsheet", LARGEST, str(COMPLAINT)),
    Weekly("correct", "2026-11-23", str(LARGEST)),
    Review("objections", LARGEST, str(COMPLAINT)),
    Gauge("quarters", LARGEST, "2026-Q4.999999"),
    Award("certificate", LARGEST, "2026-Q4"),
    Team("obstacles", LARGEST, str(COMPLAINT)),
    Deliver("take_back", LARGEST, str(COMPLAINT)),
    Ticket(Action.ASSIGN.value, COMPLAINT, f"{COMPLAINT}.{COMPLAINT}"),
]


@pytest.mark.parametrize("payload", WIDEST, ids=str)
def test_the_widest_payload_fits_and_comes_back_whole(payload: Payload) -> None:
    data = payload.encode()
    assert len(data.encode()) <= LONGEST
    assert read(data) == payload
    assert re.match(type(payload).pattern(), data)


def test_every_kind_of_payload_is_measured_here() -> None:
    assert {type(payload) for payload in WIDEST} == set(ALL)


def test_no_kind_is_read_as_another() -> None:
    tags = sorted(kind.tag for kind in ALL)
    assert all(one != other for one, other in pairwise(tags))
    for payload in WIDEST:
        assert [kind for kind in ALL if kind.decode(payload.encode()) is not None] == [type(payload)]
        assert [kind for kind in ALL if re.match(kind.pattern(), payload.encode())] == [type(payload)]


@pytest.mark.parametrize("payload", [Setting("language", "i:d"), Ticket("view", 1, ":"), Choose("a:b", "", "", "")])
def test_the_separator_is_refused_in_a_field(payload: Payload) -> None:
    with pytest.raises(ValueError, match="separator"):
        payload.encode()


def test_what_would_not_fit_is_refused_and_bytes_are_counted_not_letters() -> None:
    assert len(Setting("w", "x" * 60).encode()) == LONGEST
    with pytest.raises(ValueError, match="too long"):
        Setting("w", "x" * 61).encode()
    with pytest.raises(ValueError, match="too long"):
        Setting("w", "é" * 31).encode()


@pytest.mark.parametrize(
    "data", ["", "t", "t:view", "t:view:one:", "t:view:1:x:y", "x:view:1:", "r:1:2", "o:home:", ":::", "t:view:1.5:"]
)
def test_an_old_or_forged_payload_is_none(data: str) -> None:
    assert read(data) is None
