"""Files that people send: named by Telegram's ids at once, fetched to our own storage afterwards."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, text_of


class FileKind(StrEnum):
    """Which Telegram method shows the file again."""

    PHOTO = "photo"
    VIDEO = "video"
    VOICE = "voice"
    AUDIO = "audio"
    DOCUMENT = "document"


class FilePurpose(StrEnum):
    """Why the file is there."""

    REPORT = "report"
    ADDITION = "addition"
    PROOF = "proof"
    RATING = "rating"
    NOTE = "note"
    EVIDENCE = "evidence"


class Attachment(Base):
    """One file of a complaint, an event of it, a rating, or a weekly report's entry.

    `stored` is a path below the storage folder, `digest` the sha256 of what is stored, `look` what a picture looks
    like (a perceptual hash, hexadecimal).
    """

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("complaint.id", ondelete="CASCADE"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("complaint_event.id", ondelete="CASCADE"), index=True)
    pulse_id: Mapped[int | None] = mapped_column(ForeignKey("pulse.id", ondelete="CASCADE"), index=True)
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("weekly_entry.id", ondelete="CASCADE"), index=True)
    kind: Mapped[FileKind] = mapped_column(text_of(FileKind))
    purpose: Mapped[FilePurpose] = mapped_column(text_of(FilePurpose))
    file_id: Mapped[str] = mapped_column(String(200))
    file_unique_id: Mapped[str] = mapped_column(String(80), index=True)
    media_group: Mapped[str | None] = mapped_column(String(40), index=True)
    caption: Mapped[str | None] = mapped_column(Text)
    size: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    stored: Mapped[str | None] = mapped_column(String(200))
    digest: Mapped[str | None] = mapped_column(String(64), index=True)
    look: Mapped[str | None] = mapped_column(String(32))
    tries: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_attachment_next_try_at", "next_try_at"),)
