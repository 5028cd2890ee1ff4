"""The words for kinds, states and audiences of broadcasts, in one place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.i18n import N_, Markup, _, label, say, show_number
from bot.services.city import City
from models.broadcasts.broadcast import BroadcastKind, BroadcastStatus, Repeat
from models.rules.audience import Audience, Circle
from models.rules.permissions import GRANTED, Role

KINDS = {
    BroadcastKind.ORDER: N_("Perintah kedinasan"),
    BroadcastKind.TRAINING: N_("Pelatihan"),
    BroadcastKind.EVENT: N_("Acara"),
    BroadcastKind.NEWS: N_("Kabar kota"),
}
STATES = {
    BroadcastStatus.DRAFT: N_("📝 draf"),
    BroadcastStatus.WAITING: N_("⏳ menunggu persetujuan"),
    BroadcastStatus.SCHEDULED: N_("🗓 terjadwal"),
    BroadcastStatus.SENDING: N_("📣 sedang dikirim"),
    BroadcastStatus.PAUSED: N_("⏸ dihentikan sementara"),
    BroadcastStatus.DONE: N_("✅ terkirim"),
    BroadcastStatus.CANCELLED: N_("⏹ dibatalkan"),
}
CIRCLES = {
    Circle.STAFF: N_("Pegawai"),
    Circle.RESIDENTS: N_("Warga yang mau menerima kabar"),
    Circle.LISTED: N_("Daftar NIP"),
}
REPEATS = {Repeat.NEVER: N_("sekali"), Repeat.WEEKLY: N_("setiap minggu"), Repeat.MONTHLY: N_("setiap bulan")}
ROLES = {
    Role.OFFICER: N_("Petugas"),
    Role.VERIFIER: N_("Verifikator"),
    Role.INSPECTOR: N_("Inspektur"),
    Role.HEAD: N_("Kepala unit"),
    Role.HR: N_("Pengelola kepegawaian"),
    Role.ADMIN: N_("Administrator"),
}
EMPLOYED = {"pns": "PNS", "pppk": "PPPK"}
GRADES = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI")
#: What can be asked for, by field.
FIELDS = {
    "units": N_("Unit"),
    "positions": N_("Jabatan"),
    "grades": N_("Golongan"),
    "kinds": N_("PNS atau PPPK"),
    "roles": N_("Peran dalam bot"),
    "hours_below": N_("Jam pelatihan (JP) kurang dari"),
    "attended": N_("Sudah ikut pelatihan"),
    "not_attended": N_("Belum ikut pelatihan"),
    "areas": N_("Kelurahan"),
}
STAFF_FIELDS = ("units", "positions", "grades", "kinds", "roles", "hours_below", "attended", "not_attended")
RESIDENT_FIELDS = ("areas",)
#: Roles by which somebody can be found.
BY_ROLE = tuple(role for role in GRANTED if role in ROLES)


def fields_of(circle: Circle) -> tuple[str, ...]:
    """What can be asked for in this circle."""
    return {Circle.STAFF: STAFF_FIELDS, Circle.RESIDENTS: RESIDENT_FIELDS}.get(circle, ())


def value_words(field: str, value: object, city: City, courses: Mapping[int, str]) -> str:
    """One value of a field, as people say it."""
    if field == "units":
        unit = city.units.get(int(str(value)))
        return unit.short_name if unit is not None else "-"
    if field == "areas":
        area = city.areas.get(int(str(value)))
        return area.kelurahan if area is not None else "-"
    if field in ("attended", "not_attended"):
        return courses.get(int(str(value)), "-")
    if field == "roles":
        return _(ROLES[Role(str(value))]) if value in set(Role) and Role(str(value)) in ROLES else str(value)
    return EMPLOYED.get(str(value), str(value))


def audience_lines(audience: Audience, city: City, courses: Mapping[int, str]) -> list[Markup]:
    """For whom it is: the circle, then what is asked for, one line each."""
    lines = [say("Untuk: {circle}", circle=_(CIRCLES[audience.circle]))]
    for field in fields_of(audience.circle):
        held = getattr(audience, field)
        if held in ((), None):
            continue
        values = show_number(held) if field == "hours_below" else _joined(field, held, city, courses)
        lines.append(say("• {field}: {values}", field=_(FIELDS[field]), values=values))
    return lines


def _joined(field: str, held: Sequence[object], city: City, courses: Mapping[int, str]) -> str:
    return ", ".join(value_words(field, value, city, courses) for value in held)


def kind_name(kind: BroadcastKind) -> str:
    """What it is about."""
    return _(KINDS[kind])


def people(number: int) -> str:
    """So many people."""
    return label("{n} orang", n=show_number(number))
