"""What tests of a resident's talks share: a picture, a filed report, and the desk's steps done for it."""

from io import BytesIO
from typing import Any

from PIL import Image
from sqlalchemy import select

from bot.services import complaints
from bot.services.city import know
from models.complaint import Complaint, ComplaintEvent
from models.rules.complaint_flow import Action
from tests.driver import Phone, Stage
from tests.factories import STAFF

LAMP = "Lampu jalan di depan SD mati sejak hari Senin"


def picture(colour: int = 0) -> bytes:
    """A small photo; another colour is another file."""
    data = BytesIO()
    Image.new("RGB", (60, 40), (colour, 90, 120)).save(data, "JPEG")
    return data.getvalue()


async def to_summary(phone: Phone, visible: str = "Terbuka") -> None:
    """Answer whatever is still asked of a report until its summary stands there."""
    answers = {
        "laporan baru, atau tambahan": "Laporan baru",
        "Ada foto atau video?": "Lewati",
        "Di mana tempatnya?": "Lewati",
        "Benar?": "Ya, benar",
        "Ke mana laporan": "Belum tahu",
        "Siapa yang boleh tahu?": visible,
        "Sudah ada laporan serupa.": "Tetap kirim",
    }
    for question, button in answers.items():
        if question in phone.last():
            await phone.presses(button)
    phone.sees("Periksa dahulu sebelum dikirim.")


async def file_report(phone: Phone, text: str = LAMP, visible: str = "Terbuka") -> Complaint:
    """A whole talk; the report that came of it."""
    await phone.says(text)
    await to_summary(phone, visible)
    await phone.presses("Kirim laporan")
    phone.sees("sudah kami terima")
    return (await reports(phone.stage))[-1]


async def reports(stage: Stage) -> list[Complaint]:
    """All reports, the oldest first, read anew."""
    async with stage.db.read() as session:
        return list((await session.scalars(select(Complaint).order_by(Complaint.id))).all())


async def events(stage: Stage, complaint_id: int) -> list[ComplaintEvent]:
    """All steps of a report, the oldest first, read anew."""
    async with stage.db.read() as session:
        found = select(ComplaintEvent).where(ComplaintEvent.complaint_id == complaint_id).order_by(ComplaintEvent.id)
        return list((await session.scalars(found)).all())


async def move(stage: Stage, complaint_id: int, *steps: tuple[Action, dict[str, Any]]) -> None:
    """The desk's or the clock's steps, done directly."""
    async with stage.db.begin() as session:
        complaint = await complaints.get(session, complaint_id)
        for action, event in steps:
            complaint.move(action, stage.now, **{"role": "officer", **event})


async def follow_up(stage: Stage, complaint_id: int) -> None:
    """The unit takes it and says that it is done."""
    async with stage.db.begin() as session:
        city = await know(session, stage.now)
        complaint = await complaints.get(session, complaint_id)
        complaint.unit_id, complaint.disposed_at, complaint.officer_id = 1, stage.now, 2
        if complaint.reopened == 0:
            complaint.move(Action.VERIFY, stage.now, role="verifier")
            complaint.move(Action.DISPOSE, stage.now, role="verifier", values={"unit": "PU"})
        complaint.move(Action.TAKE, stage.now, role="officer")
        complaint.move(Action.PROPOSE_DONE, stage.now, role="officer", text="Lampu sudah diganti")
        complaint.followed_up_at, complaint.due_at = stage.now, None
        complaint.auto_close_at = complaints.auto_close_moment(city, stage.now)


async def press_ticket(phone: Phone, verb: str, complaint_id: int, extra: str = "") -> None:
    """Press a ticket button that stands under some notice."""
    message = phone.history()[-1]["message_id"]
    await phone.presses_data(message, f"t:{verb}:{complaint_id}:{extra}")


async def staff_phone(stage: Stage, role: str) -> Phone:
    """Somebody of the staff who has met the bot."""
    phone = stage.person(role, telegram_id=STAFF[role])
    await phone.starts()
    return phone


def notices(stage: Stage, staff_id: int) -> list[str]:
    """What the bot told somebody of the staff."""
    return Phone(stage, staff_id, "staf").texts()
