"""What can be imported, a sheet a table, in the order in which it is applied."""

from __future__ import annotations

from bot.services.imports import checks, indicator_tables, need_tables, performance_tables, survey_tables
from bot.services.imports.cells import (
    civil_servant_number,
    code,
    day,
    degrees,
    geometry,
    maybe,
    one_of,
    usually,
    whole,
    words,
    yes_or_no,
)
from bot.services.imports.shapes import Absent, Column, Table
from models.calendar import HolidayOverride, ServiceLimit
from models.employee import Employee, RoleGrant
from models.organisation import Addressee, Area, CityFact, EmergencyNumber, ReplyTemplate, Service, TemplateKind, Unit
from models.rules.complaint_flow import Status
from models.rules.permissions import GRANTED

_CODE = Column("code", code, required=True)
_NAME = Column("name", required=True)
_KEYWORDS = Column("keywords", words)
_PERIOD = (Column("valid_from", maybe(day)), Column("valid_to", maybe(day)))

#: In the order in which they are applied: what is referred to comes first.
TABLES = {
    table.name: table
    for table in (
        Table(
            "city",
            CityFact,
            ("key",),
            (Column("key", code, required=True), Column("value")),
            Absent.KEEP,
            check=checks.of_fact,
        ),
        Table(
            "sla",
            ServiceLimit,
            ("name",),
            (
                Column("name", code, required=True),
                Column("days", whole, required=True),
                Column("working", yes_or_no, required=True),
            ),
            Absent.KEEP,
        ),
        Table(
            "holidays",
            HolidayOverride,
            ("day",),
            (Column("day", day, required=True), _NAME, Column("working", yes_or_no, required=True)),
            Absent.DELETE,
        ),
        Table(
            "emergency",
            EmergencyNumber,
            ("kind",),
            (
                Column("kind", code, required=True),
                Column("label", required=True),
                Column("number", required=True),
                _KEYWORDS,
                Column("position", whole, required=True),
            ),
            Absent.DELETE,
        ),
        Table("addressees", Addressee, ("code",), (_CODE, _NAME, Column("contact"), _KEYWORDS), Absent.KEEP),
        Table(
            "templates",
            ReplyTemplate,
            ("code",),
            (
                _CODE,
                Column("state", one_of(Status), required=True),
                Column("kind", usually(TemplateKind.REPLY, one_of(TemplateKind))),
                Column("title", required=True),
                Column("text", required=True),
            ),
            Absent.DELETE,
            check=checks.of_template,
        ),
        Table(
            "units",
            Unit,
            ("code",),
            (
                _CODE,
                _NAME,
                Column("short_name", required=True),
                Column("kind", code, required=True),
                Column("parent", maybe(code), refers="units"),
                Column("merged_into", maybe(code), refers="units"),
                Column("aliases", words),
                _KEYWORDS,
                Column("address"),
                Column("hours"),
                Column("auto_assign", maybe(yes_or_no)),
                *_PERIOD,
            ),
            Absent.END,
            check=checks.of_unit,
        ),
        Table(
            "services",
            Service,
            ("code",),
            (
                _CODE,
                Column("unit", code, required=True, refers="units"),
                _NAME,
                Column("aliases", words),
                _KEYWORDS,
                Column("standard_value", maybe(whole)),
                Column("standard_unit", maybe(one_of(("working_days", "hours")))),
                Column("cost"),
                Column("requirements"),
                *_PERIOD,
            ),
            Absent.END,
            check=checks.of_service,
        ),
        Table(
            "areas",
            Area,
            ("code",),
            (
                _CODE,
                Column("kelurahan", required=True),
                Column("kecamatan", required=True),
                Column("latitude", degrees(90), required=True),
                Column("longitude", degrees(180), required=True),
                Column("aliases", words),
            ),
            Absent.KEEP,
            unique=("kecamatan", "kelurahan"),
        ),
        Table(
            "boundaries",
            Area,
            ("code",),
            (_CODE, Column("boundary", geometry, required=True)),
            Absent.KEEP,
            adds=False,
        ),
        Table(
            "roster",
            Employee,
            ("nip",),
            (
                Column("nip", civil_servant_number, required=True),
                _NAME,
                Column("unit", code, required=True, refers="units"),
                Column("position"),
                Column("grade"),
                Column("supervisor", maybe(civil_servant_number), refers="roster"),
                *_PERIOD,
            ),
            Absent.END,
            check=checks.of_period,
            first=checks.kind_of_employee,
        ),
        Table(
            "roles",
            RoleGrant,
            ("employee", "role", "unit"),
            (
                Column("employee", civil_servant_number, required=True, refers="roster"),
                Column("role", one_of(GRANTED), required=True),
                Column("unit", maybe(code), refers="units"),
                Column("valid_to", maybe(day)),
            ),
            Absent.END,
            first=lambda _values, today: {"valid_from": today},
        ),
        *indicator_tables.TABLES,
        *performance_tables.TABLES,
        *survey_tables.TABLES,
        *need_tables.TABLES,
    )
}
#: For the people who keep the file; never imported.
REMARK = "note"
