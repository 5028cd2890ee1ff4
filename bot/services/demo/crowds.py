"""What many people of the invented city report at once: an occurrence of one unit, and near-duplicates to be merged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import complaints, followers
from bot.services.city import City
from bot.services.complaints import Report
from bot.services.demo.people import PERSONAS
from bot.services.desk import incidents, merging, verifying
from bot.services.desk.verifying import Acting
from bot.services.people import presser_of
from models.complaint import Complaint, ReportClass
from models.organisation import Area
from models.outbox import OutboxMessage, OutboxStatus
from models.person import Person
from models.rules.permissions import Role

#: Of one broken line of street lights, the last two in Malay words; the first is the main report.
DARK = (
    "Lampu jalan sepanjang Jalan Kampung Bugis padam semua sejak kemarin malam.",
    "Lampu jalan di Kampung Bugis mati semua dari tadi malam, gelap sekali.",
    "Seluruh lampu jalan padam dekat simpang Kampung Bugis, takut lewat.",
    "Lampu jalan Kampung Bugis mati, budak-budak takut balik mengaji.",
)
#: Of one broken jetty.
JETTY = (
    "Papan pelantar dekat dermaga kecil patah tiga lembar, hampir ada yang jatuh.",
    "Pelantar rusak, papannya patah dan berlubang, bahaya waktu malam.",
    "Papan pelantar patah kat hujung dekat pompong, orang tua susah lalu.",
    "Pelantar patah dekat tambatan perahu, tolong segera diperbaiki.",
    "Papan pelantar banyak yang lapuk dan patah, anak-anak lewat situ.",
)
TITLE = "Pelantar patah di Kampung Bugis"
NEWS = "Papan sementara sudah dipasang pagi ini. Penggantian seluruhnya mulai besok dan selesai dalam satu minggu."


async def tell_crowds(session: AsyncSession, city: City, residents: Sequence[Person], now: datetime) -> None:
    """File, merge and group them by the services that people use; nobody is told."""
    area = next((row for row in city.areas.values() if row.kelurahan == "Kampung Bugis"), None)
    if area is None:
        return
    verifier = await _acting(session, city, Role.VERIFIER, now)
    dark = [await _file(session, city, residents[n], ("pju", text), area, n, now) for n, text in enumerate(DARK)]
    await merging.merge(verifier, dark[1].id, dark[0].id)
    await followers.add(session, dark[0].id, residents[20].id, now)
    jetty = []
    for number, text in enumerate(JETTY, len(DARK)):
        report = await _file(session, city, residents[number], ("pelantar", text), area, number, now)
        await verifying.dispose(verifier, report.id, f"s{report.service_id}")
        jetty.append(report)
    head = await _acting(session, city, Role.HEAD, now)
    occurrence = await incidents.open_new(head, jetty[0].id, TITLE)
    for report in jetty[1:-1]:  # the last one waits to be found as similar
        await incidents.join(head, report.id, occurrence.id)
    await incidents.tell_all(head, occurrence.id, NEWS)
    await _nobody_is_told(session)


async def _acting(session: AsyncSession, city: City, role: Role, now: datetime) -> Acting:
    persona = next(one for one in PERSONAS if one.role is role)
    person = (await session.scalars(select(Person).where(Person.telegram_id == persona.telegram_id))).one()
    return Acting(session, city, await presser_of(session, person, now), now)


async def _file(
    session: AsyncSession, city: City, person: Person, told: tuple[str, str], area: Area, number: int, now: datetime
) -> Complaint:
    code, text = told
    service = next(row for row in city.services.values() if row.code == code)
    report = Report(
        key=f"crowd:{number}",
        report_class=ReportClass.COMPLAINT,
        text=text,
        service_id=service.id,
        area_id=area.id,
        latitude=area.latitude + number * 0.0004,
        longitude=area.longitude + number * 0.0003,
        landmark="dekat simpang" if number % 2 else "dekat pelantar",
        anonymous=number % 4 == 3,
    )
    return await complaints.file(session, city, person, report, now - timedelta(hours=20 - number))


async def _nobody_is_told(session: AsyncSession) -> None:
    """What the demo invents sends no notices."""
    queued = select(OutboxMessage).where(OutboxMessage.status == OutboxStatus.QUEUED).order_by(OutboxMessage.id)
    for message in await session.scalars(queued):
        message.status, message.sent_at = OutboxStatus.SENT, message.created_at
