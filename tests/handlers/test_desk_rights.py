"""Who may not: forged buttons of residents and of other units, and what anonymity hides from everybody."""

import json

import pytest
from sqlalchemy import select

from bot.callbacks import Open, Ticket
from models.outbox import OutboxMessage
from models.rules.complaint_flow import Action, Status
from models.rules.permissions import Desk
from tests.desk_scenes import WORDS, at_work, disposed, events, filed, forges, opens, resident, stored, taken
from tests.driver import Phone, Stage

VERIFIERS = [
    Action.VERIFY,
    Action.ASK_COMPLETION,
    Action.DECLARE_NOT_OURS,
    Action.ARCHIVE,
    Action.DISPOSE,
]
UNITS = [Action.TAKE, Action.ASK_RESIDENT, Action.REPLY, Action.PROPOSE_DONE, Action.TRANSFER, Action.NOTE]


def payloads(complaint_id: int) -> list[str]:
    """Every button that the desk can show for a report."""
    plain = [Ticket(action, complaint_id) for action in (*VERIFIERS, *UNITS)]
    special = [
        Ticket(Action.DISPOSE, complaint_id, "u2"),
        Ticket(Action.TIGHTEN, complaint_id, "anonymous"),
        Ticket(Action.TIGHTEN, complaint_id, "confidential_yes"),
        Ticket(Action.ACCUSE, complaint_id),
        Ticket("history", complaint_id, "0"),
        Ticket("view", complaint_id),
    ]
    return [payload.encode() for payload in (*plain, *special)]


async def presses_everything(phone: Phone, complaint_id: int) -> None:
    for data in payloads(complaint_id):
        await forges(phone, data)
        phone.sees("Maaf, ")
        assert WORDS not in phone.last()


@pytest.mark.parametrize("scene", [filed, disposed, taken])
async def test_a_stranger_gets_nothing_by_forged_buttons(stage: Stage, scene: object) -> None:
    siti, budi = await resident(stage), await resident(stage, "Budi")
    complaint_id = await scene(stage, siti)  # type: ignore[operator]
    before, story = await stored(stage, complaint_id), len(await events(stage, complaint_id))
    await presses_everything(budi, complaint_id)
    after = await stored(stage, complaint_id)
    assert after.version == before.version
    assert len(await events(stage, complaint_id)) == story
    assert before.code not in "".join(budi.texts())


async def test_the_reporter_does_not_get_the_desk_of_the_own_report(stage: Stage) -> None:
    siti = await resident(stage)
    complaint_id = await taken(stage, siti)
    before, story = await stored(stage, complaint_id), len(await events(stage, complaint_id))
    for data in payloads(complaint_id):
        if Ticket("view", complaint_id).encode() != data:
            await forges(siti, data)
            assert siti.saw("Maaf, ")
    assert (await stored(stage, complaint_id)).version == before.version
    assert len(await events(stage, complaint_id)) == story


async def test_the_officer_of_another_unit_gets_nothing(stage: Stage) -> None:
    """Domain rules 13 and 20."""
    siti, other_officer = await resident(stage), await at_work(stage, "other_officer")
    complaint_id = await taken(stage, siti, confidential=True)
    before, story = await stored(stage, complaint_id), len(await events(stage, complaint_id))
    await presses_everything(other_officer, complaint_id)
    await other_officer.says("/unit")
    assert before.code not in "".join(other_officer.texts())
    assert (await stored(stage, complaint_id)).version == before.version
    assert len(await events(stage, complaint_id)) == story


async def test_a_unit_touches_a_report_only_from_the_disposal_on(stage: Stage) -> None:
    """Domain rule 20: the reporter's wish for a unit gives the unit no right yet."""
    officer = await at_work(stage, "officer")
    complaint_id = await filed(stage, await resident(stage), unit_id=1)
    await presses_everything(officer, complaint_id)
    assert await events(stage, complaint_id) == []


async def test_each_role_reaches_only_its_own_steps(stage: Stage) -> None:
    siti = await resident(stage)
    new, working = await filed(stage, siti), await taken(stage, siti)
    verifier, officer, inspector = [await at_work(stage, role) for role in ("verifier", "officer", "inspector")]
    for action in VERIFIERS:
        await forges(officer, Ticket(action, working).encode())
        officer.sees("hanya untuk petugas yang berwenang")
        await forges(inspector, Ticket(action, new).encode())
        inspector.sees("hanya untuk petugas yang berwenang")
    for action in (Action.TAKE, Action.REPLY, Action.ASK_RESIDENT, Action.PROPOSE_DONE):
        await forges(verifier, Ticket(action, working).encode())
        verifier.sees("hanya untuk petugas yang berwenang")
        await forges(inspector, Ticket(action, working).encode())
        inspector.sees("hanya untuk petugas yang berwenang")
    await opens(inspector, working)
    inspector.sees("Sedang dikerjakan")
    assert [label for label in inspector.buttons() if "Catatan internal" in label]
    assert (await stored(stage, working)).status is Status.IN_PROGRESS


async def test_lists_open_only_for_their_roles(stage: Stage) -> None:
    allowed = {"verifier": Desk.VERIFIER_QUEUE, "officer": Desk.UNIT_QUEUE, "inspector": Desk.OVERSIGHT}
    phones = {role: await at_work(stage, role) for role in (*allowed, "hr", "admin")}
    phones["resident"] = await resident(stage)
    commands = {Desk.VERIFIER_QUEUE: "/verifikasi", Desk.UNIT_QUEUE: "/unit", Desk.OVERSIGHT: "/awasi"}
    for role, phone in phones.items():
        for desk, command in commands.items():
            for act in (phone.says(command), forges(phone, Open(desk.value, 0).encode())):
                await act
                assert ("hanya untuk petugas" in phone.last()) == (allowed.get(role) is not desk), (role, desk)


async def test_an_anonymous_reporter_is_nowhere_to_be_seen(stage: Stage) -> None:
    """Domain rule 14: no card, list, history or notice of any role has the name or the chat id."""
    staff = {role: await at_work(stage, role) for role in ("verifier", "officer", "head", "inspector")}
    name = "Marhamahtulaini"
    siti = await resident(stage, name)
    complaint_id = await filed(stage, siti, anonymous=True)
    verifier, officer = staff["verifier"], staff["officer"]
    await opens(verifier, complaint_id)
    await verifier.presses("Terima & teruskan")
    await opens(officer, complaint_id)
    officer.sees("anonim")
    await officer.presses("Saya kerjakan")
    await officer.presses("Tanya pelapor")
    await officer.says("Tiang nomor berapa?")
    await officer.presses("Kirim ke pelapor")
    siti.sees("Tiang nomor berapa?")
    stage.later(days=60)
    for phone in staff.values():
        for command in ("/verifikasi", "/unit", "/awasi"):
            await phone.says(command)
        await opens(phone, complaint_id)
        await forges(phone, Ticket("history", complaint_id, "0").encode())
        seen = json.dumps(phone.history(), ensure_ascii=False)
        assert name not in seen
        assert str(siti.id) not in seen
    async with stage.db.read() as session:
        for row in await session.scalars(select(OutboxMessage)):
            assert name not in json.dumps(row.values)
            assert str(siti.id) not in json.dumps(row.values)
