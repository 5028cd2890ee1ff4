"""The link by which somebody takes over a report that an officer wrote down for them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Claim(Base):
    """One report's link: only the hash of its token is kept; it works once, until `expires_at`."""

    __tablename__ = "claim"

    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id", ondelete="CASCADE"), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
