"""How many people a service serves: what the size of a survey's sample is measured against."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key


class ServiceUsers(Base):
    """The users of a service in a period, as its unit counted them."""

    __tablename__ = "service_users"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    period: Mapped[str] = mapped_column(String(10))
    users: Mapped[int]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    recorded_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("service_id", "period"),)
