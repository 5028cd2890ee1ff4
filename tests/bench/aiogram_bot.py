"""Rival: an aiogram 3 bot whose talk lives in memory; each complaint is one commit, at its end, to SQLite."""

import asyncio
import os
import secrets
from datetime import UTC, datetime
from typing import Any

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from sqlalchemy import BigInteger, event
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

router = Router()

CLASSES = InlineKeyboardMarkup(
    inline_keyboard=[
        [InlineKeyboardButton(text="Pengaduan", callback_data="class:complaint")],
        [InlineKeyboardButton(text="Aspirasi", callback_data="class:idea")],
        [InlineKeyboardButton(text="Permintaan informasi", callback_data="class:information")],
    ]
)
SEND = InlineKeyboardMarkup(
    inline_keyboard=[
        [InlineKeyboardButton(text="Kirim", callback_data="send")],
        [InlineKeyboardButton(text="Batal", callback_data="cancel")],
    ]
)


class Base(DeclarativeBase):
    pass


class Complaint(Base):
    __tablename__ = "complaint"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(BigInteger, index=True)
    kind: Mapped[str]
    words: Mapped[str]
    place: Mapped[str]
    filed_at: Mapped[datetime]


class Talk(StatesGroup):
    kind = State()
    words = State()
    place = State()
    confirm = State()


@router.message(Command("lapor"))
async def begin(message: Message, state: FSMContext) -> None:
    await state.set_state(Talk.kind)
    await message.answer("Apa yang ingin Bapak/Ibu sampaikan?", reply_markup=CLASSES)


@router.message(Command("batal"))
async def cancel(message: Message, state: FSMContext) -> None:
    await state.clear()
    await message.answer("Laporan dibatalkan.")


@router.callback_query(F.data == "cancel")
async def press_cancel(query: CallbackQuery, state: FSMContext) -> None:
    await state.clear()
    await query.answer()
    await query.message.edit_text("Laporan dibatalkan.")


@router.callback_query(Talk.kind, F.data.startswith("class:"))
async def choose_class(query: CallbackQuery, state: FSMContext) -> None:
    await query.answer()
    await state.update_data(kind=query.data.removeprefix("class:"))
    await state.set_state(Talk.words)
    await query.message.edit_text("Apa yang terjadi? Tulis dengan kata-kata sendiri.")


@router.message(Talk.words, F.text)
async def take_words(message: Message, state: FSMContext) -> None:
    await state.update_data(words=message.text)
    await state.set_state(Talk.place)
    await message.answer("Di mana tempatnya? Sebut kelurahan dan patokannya.")


@router.message(Talk.place, F.text)
async def take_place(message: Message, state: FSMContext) -> None:
    draft = await state.update_data(place=message.text)
    await state.set_state(Talk.confirm)
    summary = f"Jenis: {draft['kind']}\nIsi: {draft['words']}\nTempat: {draft['place']}\n\nKirim laporan ini?"
    await message.answer(summary, reply_markup=SEND)


@router.callback_query(Talk.confirm, F.data == "send")
async def send(query: CallbackQuery, state: FSMContext, sessions: async_sessionmaker[AsyncSession]) -> None:
    await query.answer()
    draft = await state.get_data()
    code = secrets.token_hex(4).upper()
    async with sessions.begin() as session:
        session.add(Complaint(code=code, person_id=query.from_user.id, filed_at=datetime.now(UTC), **draft))
    await state.clear()
    await query.message.edit_text(f"Laporan {code} sudah kami terima. Terima kasih.")


def prepare(connection: Any, _record: Any) -> None:
    """The settings everybody recommends for SQLite under concurrent writes."""
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


async def main() -> None:
    engine = create_async_engine(f"sqlite+aiosqlite:///{os.environ['BENCH_DATABASE']}")
    event.listen(engine.sync_engine, "connect", prepare)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    api = TelegramAPIServer.from_base(os.environ["BENCH_API_URL"])
    bot = Bot(os.environ["BENCH_TOKEN"], session=AiohttpSession(api=api))
    dispatcher = Dispatcher(storage=MemoryStorage(), sessions=async_sessionmaker(engine, expire_on_commit=False))
    dispatcher.include_router(router)
    await dispatcher.start_polling(bot)
    await engine.dispose()


if __name__ == "__main__":
    asyncio.run(main())
