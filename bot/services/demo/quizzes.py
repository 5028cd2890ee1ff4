"""The demo's quizzes: one course whose participants answered before and after it, and one that Dewi can answer now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.services.training.desk import Doing
from bot.services.training.quiz import taking, writing
from bot.services.training.quiz.writing import Written
from models.rules.training.quiz import shuffled
from models.training.course import Course, CourseSession
from models.training.quiz import Phase, QuizSitting
from models.training.registration import Attendance, Registration, RegistrationStatus

QUESTIONS = (
    Written(
        "Siapa yang pertama disapa di loket?", ("Yang datang lebih dulu", "Yang dikenal", "Yang bertanya keras"), 0
    ),
    Written("Berkas warga kurang satu. Apa yang dilakukan?", ("Ditolak", "Dijelaskan apa yang kurang dan caranya"), 1),
    Written("Di mana pengaduan warga dicatat?", ("Di buku pribadi", "Di aplikasi", "Tidak perlu dicatat"), 1),
    Written("Apa yang tidak boleh dibagikan?", ("Jam buka", "Alamat kantor", "Data diri warga", "Nomor kantor"), 2),
    Written("Warga marah. Apa langkah pertama?", ("Mendengarkan", "Membantah", "Memanggil petugas lain"), 0),
)
#: How many of the first answers of each participant are right, before and after.
RIGHT = {Phase.BEFORE: (2, 1, 3, 2, 4, 1, 2), Phase.AFTER: (5, 4, 4, 3, 5, 4, 4)}


async def tell_quizzes(by: Doing, hr_id: int, over: Course, coming: Course) -> None:
    """Questions for both; of the one that is over everybody's answers, of the other an invitation that arrived."""
    for course in (over, coming):
        await writing.add(by, hr_id, course.id, QUESTIONS, demo=True)
    meetings = select(CourseSession).where(CourseSession.course_id == over.id).order_by(CourseSession.starts_at)
    sessions = (await by.session.scalars(meetings)).all()
    seated = await _seated(by, over)
    present = select(Attendance.registration_id).where(Attendance.session_id == sessions[0].id)
    there = set(await by.session.scalars(present))
    times = {Phase.BEFORE: sessions[0].starts_at - timedelta(hours=2), Phase.AFTER: sessions[-1].ends_at}
    for phase, at in times.items():
        for number, row in enumerate(seated):
            if phase is Phase.BEFORE or row.id in there:
                await _answered(by, row, phase, RIGHT[phase][number % len(RIGHT[phase])], at)
    for row in await _seated(by, coming):
        by.session.add(QuizSitting(registration_id=row.id, phase=Phase.BEFORE, invited_at=by.now, demo=True))
    await by.session.flush()


async def _seated(by: Doing, course: Course) -> Sequence[Registration]:
    statement = select(Registration).where(
        Registration.course_id == course.id, Registration.status == RegistrationStatus.SEATED
    )
    return (await by.session.scalars(statement.order_by(Registration.seat))).all()


async def _answered(by: Doing, row: Registration, phase: Phase, right: int, at: datetime) -> None:
    """One whole quiz, one question a minute; the first so many rightly, turned by the person so that they differ."""
    at += timedelta(minutes=row.id % 20)
    then = Doing(by.session, by.city, at, by.actor_id)
    sat = await taking.begin(then, row.employee_id, row.course_id, phase)
    sat.row.demo = True
    for number, question in enumerate(sat.questions):
        is_right = (number + row.id) % len(sat.questions) < right
        choice = question.correct if is_right else (question.correct + 1) % len(question.choices)
        place = shuffled(sat.row.id, question.id, len(question.choices)).index(choice)
        now = Doing(by.session, by.city, at + timedelta(minutes=number), by.actor_id)
        await taking.answer(now, row.employee_id, sat.row.id, question.id, place)
