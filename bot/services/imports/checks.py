"""Faults and facts that only a whole row shows, not one of its cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from models.rules import nip
from models.rules.dates import day_of_year
from models.rules.desk import placeholders
from models.rules.respondents import listed
from models.rules.working_time import parse_hours

#: Values of one row by column; references are keys of the other table.
Values = Mapping[str, Any]


#: Facts that are numbers above zero, with a decimal point.
FIGURES = ("training.need_element_below", "training.need_reports_factor")
#: Facts that are whole numbers, mostly of days, separated by semicolons.
WHOLE_NUMBERS = (
    *("ban.days", "improvement.remind_before", "improvement.remind_every"),
    *("training.pns_minimum", "training.pppk_maximum"),
    *("training.need_reports_days", "training.need_reports_usual_days", "training.need_reports_smallest"),
)
#: Facts that are a day and a month of any year: 01-09.
DAYS_OF_A_YEAR = ("training.hours_remind", "training.hours_remind_until")
#: A year without a leap day.
COMMON_YEAR = 2026


def of_fact(values: Values) -> Iterable[tuple[str, str]]:
    """What the facts with a form must look like."""
    key, value = values["key"], values["value"]
    try:
        if key == "ticket.prefix" and not re.fullmatch("[A-Z]{2,5}", value):
            yield "value", "bad_prefix"
        if key == "city.timezone":
            ZoneInfo(value)
        if key in {f"hours.{name}" for name in ("mon", "tue", "wed", "thu", "fri", "sat", "sun", "prayer")}:
            parse_hours(value)
        if key in FIGURES and not Decimal(value) > 0:
            yield "value", "bad_fact"
        if key in WHOLE_NUMBERS and not all(int(part) > 0 for part in listed(value)):
            yield "value", "bad_fact"
        if key in DAYS_OF_A_YEAR:
            day_of_year(value, COMMON_YEAR)
    except (ValueError, OSError, LookupError, InvalidOperation):
        yield "value", "bad_fact"


def of_period(values: Values) -> Iterable[tuple[str, str]]:
    """A period ends after it begins."""
    begin, end = values.get("valid_from"), values.get("valid_to")
    if begin is not None and end is not None and end < begin:
        yield "valid_to", "ends_before_it_begins"


def of_unit(values: Values) -> Iterable[tuple[str, str]]:
    """A unit that was merged has an end."""
    yield from of_period(values)
    if values.get("merged_into") is not None and values.get("valid_to") is None:
        yield "valid_to", "merged_without_end"


def of_service(values: Values) -> Iterable[tuple[str, str]]:
    """A standard has a number and a unit."""
    yield from of_period(values)
    if (values.get("standard_value") is None) != (values.get("standard_unit") is None):
        yield "standard_unit", "half_a_standard"


def of_template(values: Values) -> Iterable[tuple[str, str]]:
    """A template names only what is known."""
    if placeholders.unknown(values["text"]):
        yield "text", "unknown_placeholder"


def kind_of_employee(values: Values, today: date) -> Values:
    """Civil servant or contract, by the number."""
    number = nip.read(values["nip"], today)
    return {"kind": number.kind.value} if isinstance(number, nip.Nip) else {}
