"""Anybody asks whether a certificate is genuine; whoever asks for codes that there are not waits for a while."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, func, select

from bot.services.training.desk import Doing
from bot.services.training.outcome import certificates
from bot.services.training.outcome.certificates import Issued
from models.errors import Refusal
from models.training.certificate import CertificateMiss

#: The row in the city's table of limits, and what holds without it: so many unknown codes in an hour, then no answer.
LIMIT, MOST = "certificate_misses", 5
SHUT = timedelta(hours=1)


async def check(by: Doing, code: str) -> Issued | Refusal:
    """What a code stands for. An unknown one comes back as a refusal instead of being raised: it is counted."""
    misses = select(func.count()).where(CertificateMiss.person_id == by.actor_id, CertificateMiss.at > by.now - SHUT)
    if (await by.session.scalar(misses) or 0) >= by.city.limits.working_days.get(LIMIT, MOST):
        return Refusal("too_many_certificate_codes")
    found = (await by.session.execute(certificates.by_code(code))).one_or_none() if code else None
    if found is not None:
        return certificates.read(found)
    older = delete(CertificateMiss).where(CertificateMiss.person_id == by.actor_id, CertificateMiss.at <= by.now - SHUT)
    await by.session.execute(older.execution_options(synchronize_session=False))
    by.session.add(CertificateMiss(person_id=by.actor_id, at=by.now))
    await by.session.flush()
    return Refusal("certificate_unknown")
