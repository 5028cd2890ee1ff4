"""A person's own data: consent, export, withdrawal, being forgotten."""

import json
from typing import Any

from sqlalchemy import func, select

from bot.services import outbox, privacy
from bot.services.city import forget
from models.calendar import ServiceLimit
from models.complaint import Complaint, ComplaintEvent
from models.inbox import InboxUpdate
from models.outbox import Lane, OutboxMessage, OutboxStatus
from models.person import Consent, Person, Purpose
from models.rules.complaint_flow import Action
from models.survey import Pulse
from models.tables import metadata
from tests.driver import Phone, Stage
from tests.factories import STAFF


async def person_of(stage: Stage, phone: Phone) -> Person:
    async with stage.db.read() as session:
        return (await session.scalars(select(Person).where(Person.telegram_id == phone.id))).one()


async def report(phone: Phone, text: str = "Lampu jalan di depan SD mati sejak Senin") -> None:
    await phone.says(text)
    await phone.presses("Lewati")
    await phone.presses("Lewati")
    if "Ke mana laporan" in phone.last():
        await phone.presses("Belum tahu")
    await phone.presses("Terbuka")
    if "laporan serupa" in phone.last():
        await phone.presses("Tetap kirim")
    await phone.presses("Kirim laporan")
    phone.sees("sudah kami terima")


async def document(stage: Stage, phone: Phone) -> dict[str, Any]:
    """The newest document in the chat, read as JSON."""
    message = next(m for m in reversed(phone.history()) if "document" in m)
    assert message["document"]["file_name"] == "data-saya-20261124.json"
    assert stage.product is not None
    file = await stage.product.runtime.bot.get_file(message["document"]["file_id"])
    return json.loads(await file.download_as_bytearray())


async def test_the_notice_says_what_it_must(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.says("/privasi")
    siti.sees(
        "versi", "di luar Indonesia", "tidak terenkripsi", "7 hari", "/datasaya", "/hapus", "/tarik", "UU 25/2009"
    )
    siti.sees(privacy.NOTICE_VERSION)


async def test_the_notice_reads_its_periods_from_the_citys_limits(stage: Stage) -> None:
    siti = stage.person("Siti")
    days = {"drafts": 11, "files": 402, "reporters": 93, "notices": 184, "faults": 35}
    async with stage.db.begin() as session:
        session.add_all(ServiceLimit(name=f"keep_{what}", days=n, working=False) for what, n in days.items())
        forget(session)
    await siti.says("/privasi")
    siti.sees(*(f"{n} hari" for n in days.values()))


async def test_the_notice_opens_from_the_menu_too(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.says("/menu")
    await siti.presses("Data saya")
    siti.sees("Data pribadi Bapak/Ibu")


async def test_rule_36_consent_is_stored_with_version_time_and_purpose(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.says("/privasi")
    message_id, data = siti.button("Beri izin: pengumuman")
    await siti.presses_data(message_id, data)
    await siti.presses_data(message_id, data)
    stage.later(minutes=5)
    await siti.presses("Tarik izin: pengumuman")
    async with stage.db.read() as session:
        (kept,) = (await session.scalars(select(Consent))).all()
    assert (kept.purpose, kept.version) == (Purpose.BROADCASTS, privacy.NOTICE_VERSION)
    assert kept.withdrawn_at == stage.now
    assert kept.given_at < stage.now
    assert any("Beri izin: pengumuman" in label for label in siti.buttons())


async def test_rule_36_refusing_still_allows_a_report(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.says("/tarik")
    siti.sees("Tidak ada persetujuan")
    await report(siti)


async def test_a_forged_consent_changes_nothing(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.says("/privasi")
    await siti.presses_data(siti.history()[-1]["message_id"], "s:give:everything")
    async with stage.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(Consent)) == 0


async def test_consent_to_an_earlier_notice_is_asked_again(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts()
    person = await person_of(stage, siti)
    async with stage.db.begin() as session:
        session.add(Consent(person_id=person.id, purpose=Purpose.BROADCASTS, version="2020", given_at=stage.now))
    stage.later(days=1)
    async with stage.db.begin() as session:
        await privacy.consent(session, person, Purpose.BROADCASTS, stage.now)
        held = await privacy.consents(session, person)
        everything = (await session.scalars(select(Consent).order_by(Consent.id))).all()
    assert held[Purpose.BROADCASTS].version == privacy.NOTICE_VERSION
    assert [consent.withdrawn_at is None for consent in everything] == [False, True]


async def test_rule_37_withdrawal_stops_broadcasts_at_once(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.says("/privasi")
    await siti.presses("Beri izin: pengumuman")
    person = await person_of(stage, siti)
    async with stage.db.begin() as session:
        for key, lane in (("mass", Lane.MASS), ("own", Lane.NOTICE)):
            await outbox.put(
                session,
                key=key,
                person_id=person.id,
                kind="incident",
                values={"incident": key},
                now=stage.now,
                lane=lane,
                not_before=stage.now.replace(hour=9),
            )
    await siti.says("/tarik")
    siti.sees("sudah ditarik", "pengumuman")
    stage.later(hours=8)
    await stage.settle()
    async with stage.db.read() as session:
        rows = await session.execute(select(OutboxMessage.key, OutboxMessage.status))
        assert dict(rows.all()) == {"mass": OutboxStatus.REFUSED, "own": OutboxStatus.SENT}
    assert siti.saw("Gangguan own")
    assert not siti.saw("Gangguan mass")


async def test_rule_37_the_export_holds_all_own_data(stage: Stage) -> None:
    siti, budi = stage.person("Siti"), stage.person("Budi")
    await siti.says("/privasi")
    await siti.presses("Beri izin: pengumuman")
    await report(siti)
    await report(budi, "Drainase di depan rumah Budi tersumbat sampah")
    await siti.starts("n_ktp")
    await siti.presses("Sangat baik")
    await siti.says("Petugas ramah")
    async with stage.db.begin() as session:
        complaint = (await session.scalars(select(Complaint).order_by(Complaint.id))).first()
        assert complaint is not None
        complaint.move(Action.NOTE, stage.now, role="verifier", text="catatan dalam", public=False)
    await siti.says("Lampu taman di alun-alun juga mati semua")
    await siti.says("/datasaya")
    data = await document(stage, siti)
    assert (data["person"]["telegram_id"], data["person"]["name"]) == (siti.id, "Siti")
    assert [consent["purpose"] for consent in data["consents"]] == ["broadcasts"]
    assert [r["text"] for r in data["reports"]] == ["Lampu jalan di depan SD mati sejak Senin"]
    assert [(r["score"], r["comment"]) for r in data["ratings"]] == [(4, "Petugas ramah")]
    assert data["open_talk"]["name"] == "report"
    assert "catatan dalam" not in json.dumps(data)
    assert "Budi" not in json.dumps(data)


async def test_an_export_keeps_the_open_question(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.says("Lampu jalan di depan SD mati sejak Senin")
    await siti.says("/datasaya")
    assert siti.saw("Berikut semua data")
    await siti.presses("Lewati")
    siti.sees("Di mana tempatnya?")


async def scan(stage: Stage, *needles: str) -> list[str]:
    """Where in all tables any of these words stands."""
    found = []
    async with stage.db.read() as session:
        for table in metadata.sorted_tables:
            for row in (await session.execute(select(table))).mappings():
                for column, value in row.items():
                    text = json.dumps(value, default=str) if isinstance(value, dict | list) else str(value)
                    found += [
                        f"{table.name}.{column.name if hasattr(column, 'name') else column}: {text}"
                        for needle in needles
                        if needle in text
                    ]
    return found


async def test_rule_37_erasure_leaves_no_chat_id_and_no_name(stage: Stage) -> None:
    siti = stage.person("Zubaidah", telegram_id=8_123_456_789)
    await siti.says("/privasi")
    await siti.presses("Beri izin: pengumuman")
    await report(siti)
    await siti.starts("n_ktp")
    await siti.presses("Kurang baik")
    await siti.says("Antrean lama sekali")
    await siti.says("BBBB-2345-6789")
    await siti.says("Lampu taman di alun-alun juga mati semua")
    async with stage.db.begin() as session:
        poison = {"update_id": 5, "message": {"from": {"id": siti.id, "first_name": "Zubaidah"}}}
        session.add(
            InboxUpdate(
                update_id=5,
                lane=siti.id,
                payload=json.dumps(poison),
                status="dead",
                received_at=stage.now,
            )
        )
    assert await scan(stage, str(siti.id), "Zubaidah")
    await siti.says("/hapus")
    siti.sees("Hapus data Bapak/Ibu?")
    await siti.presses("Ya, hapus semuanya")
    siti.sees("sudah dihapus")
    assert await scan(stage, str(siti.id), "Zubaidah") == []
    async with stage.db.read() as session:
        complaint = (await session.scalars(select(Complaint))).one()
        pulse = (await session.scalars(select(Pulse))).one()
        actors = (await session.scalars(select(ComplaintEvent.actor_id))).all()
    assert (complaint.reporter_id, complaint.anonymous) == (None, True)
    assert complaint.text == "Lampu jalan di depan SD mati sejak Senin"
    assert (pulse.person_id, pulse.score) == (None, 2)
    assert set(actors) <= {None}


async def test_the_next_message_starts_anew(stage: Stage) -> None:
    siti = stage.person("Siti")
    await report(siti)
    before = await person_of(stage, siti)
    await siti.says("/hapus")
    await siti.presses("Ya, hapus semuanya")
    await siti.says("/laporan")
    after = await person_of(stage, siti)
    assert after.id != before.id
    assert not siti.last().count("TPI-")
    await report(siti, "Lampu jalan di depan masjid mati lagi")


async def test_a_double_press_of_the_last_button_forgets_once(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.says("/hapus")
    message_id, data = siti.button("Ya, hapus semuanya")
    await siti.presses_data(message_id, data)
    await siti.presses_data(message_id, data)
    siti.sees("sudah dihapus")
    assert await scan(stage, str(siti.id)) == []


async def test_not_sure_forgets_nothing(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.says("/hapus")
    await siti.presses("Menu utama")
    assert (await person_of(stage, siti)).erased_at is None


async def test_staff_are_unbound_and_lose_their_commands(stage: Stage) -> None:
    officer = stage.person("Officer", telegram_id=STAFF["officer"])
    await officer.starts()
    await officer.says("/hapus")
    officer.sees("data pegawai juga dilepas")
    await officer.presses("Ya, hapus semuanya")
    await officer.says("/menu")
    assert not any("unit" in label for label in officer.buttons())
