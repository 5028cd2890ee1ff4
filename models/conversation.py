"""Where a talk stands: its state and draft, stored with the effects of each update."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Conversation(Base):
    """The one talk a person is in. `flow` names the conversation, `state` its step (both null: none open).

    `draft` is what was answered so far. `question` is the open question in plain words, shown when a notice
    arrives in between. `message_id` is the bot's message that carries it, learnt after it was sent.
    """

    __tablename__ = "conversation"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    flow: Mapped[str | None] = mapped_column(String(40))
    state: Mapped[str | None] = mapped_column(String(40))
    draft: Mapped[dict[str, Any]] = mapped_column(default=dict)
    question: Mapped[str | None] = mapped_column(Text)
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    updated_at: Mapped[datetime]
