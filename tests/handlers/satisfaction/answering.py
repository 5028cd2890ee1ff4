"""What tests of the survey share: nine answers, and what is stored."""

from typing import Any

from sqlalchemy import select

from models.person import Consent
from models.survey import SurveyResponse
from tests.driver import Phone, Stage

#: How each of the nine is answered, by the words on a button.
ANSWERS = (
    "Sangat sesuai",
    "Kurang mudah",
    "Tidak cepat",
    "Gratis",
    "3 · Sesuai",
    "3 · Kompeten",
    "3 · Sopan dan ramah",
    "Cukup",
    "Dikelola dengan baik",
)
SCORES = [4, 2, 1, 4, 3, 3, 3, 2, 4]


async def responses(stage: Stage) -> list[Any]:
    async with stage.db.read() as session:
        return list((await session.scalars(select(SurveyResponse).order_by(SurveyResponse.id))).all())


async def consents(stage: Stage) -> list[Any]:
    async with stage.db.read() as session:
        return list((await session.scalars(select(Consent).order_by(Consent.id))).all())


async def answer_all(phone: Phone, answers: tuple[str, ...] = ANSWERS) -> None:
    """From the first question to the summary."""
    for number, answer in enumerate(answers, start=10 - len(answers)):
        phone.sees(f"{number}/9")
        await phone.presses(answer)
    phone.sees("Periksa dahulu")


async def answer_and_send(phone: Phone, answers: tuple[str, ...] = ANSWERS) -> None:
    await answer_all(phone, answers)
    await phone.presses("Kirim jawaban")


def sent(phone: Phone, kind: str) -> list[dict[str, Any]]:
    return [message for message in phone.history() if kind in message]


def card(phone: Phone) -> str:
    """The newest card of results."""
    return next(text for text in reversed(phone.texts()) if "Kepuasan masyarakat" in text)
