"""The nine questions: one a message, the answers to look over, and thanks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.callbacks import Micro, Resume, Survey
from bot.i18n import Markup, _, label, say, show_short_day
from bot.views.parts import choices, home_row, joined, moves
from bot.views.satisfaction.elements import answers_of, name_of, question_of
from bot.views.screen import Button, Screen, button
from models.rules.skm import Element

FLOW = "skm"
LATER, SEND, CHANGE, YES, NO = "later", "send", "change", "yes", "no"
TOTAL = len(Element)


def ask_again(nonce: str, service: str, answered: date) -> Screen:
    """Answered in this period already: anew?"""
    text = say(
        "<b>Bapak/Ibu sudah mengisi survei {service} pada {day}.</b>\n\n"
        "Satu orang dihitung satu kali dalam satu masa survei. "
        "Kalau diisi lagi, jawaban yang lama diganti dengan yang baru.",
        service=service,
        day=show_short_day(answered),
    )
    options = [(YES, "🔁 " + _("Isi lagi dan ganti")), (NO, _("Tidak, biarkan yang lama"))]
    return Screen(text, (*choices(FLOW, "again", nonce, options), moves(nonce, back=False)))


def again(service: str) -> str:
    """The same question in plain words."""
    return label("Isi lagi survei {service}?", service=service)


def ask_element(nonce: str, service: str, element: Element, given: int | None, *, back: bool, first: bool) -> Screen:
    """One element with its four standard answers; an answer given before is marked."""
    number = list(Element).index(element) + 1
    text = say(
        "🗒 {service} · <b>{number}/{total}</b>\n\n<b>{question}</b>",
        service=service,
        number=number,
        total=TOTAL,
        question=question_of(element),
    )
    options = [
        (str(score), f"{'✓ ' if score == given else ''}{score} · {answer}")
        for score, answer in enumerate(answers_of(element), start=1)
    ]
    step = element.name.lower()
    rows = (
        *choices(FLOW, step, nonce, options),
        *choices(FLOW, step, nonce, [(LATER, "⏸ " + _("Lanjutkan nanti"))]),
        moves(nonce, back=back),
    )
    return Screen(joined([_introduction() if first else Markup(""), text], "\n\n"), rows)


def _introduction() -> Markup:
    return say(
        "<b>Survei Kepuasan Masyarakat</b>: sembilan pertanyaan, sekitar dua menit. "
        "Jawaban Bapak/Ibu menunjukkan kepada kantor apa yang perlu diperbaiki; nama tidak ditampilkan. "
        "Tekan jawabannya, atau tulis angkanya."
    )


def paused(answered: int, days: int) -> Screen:
    """The draft waits."""
    text = say(
        "⏸ Baik. {answered} dari {total} jawaban menunggu di sini, paling lama {days} hari.\n\n"
        "Kapan saja, tulis <b>lanjutkan</b> atau tekan tombol ini.",
        answered=answered,
        total=TOTAL,
        days=days,
    )
    return Screen(text, ((button("▶️ " + _("Lanjutkan"), Resume("continue", FLOW)),), home_row()))


def pick_one() -> Screen:
    """Words that are no answer."""
    return Screen(
        say(
            "Mohon pilih salah satu dari empat jawaban, atau tulis angkanya, 1 sampai 4. "
            "Untuk hal lain, tekan <b>Batal</b> dahulu."
        )
    )


def summary(nonce: str, service: str, answers: Mapping[str, int]) -> Screen:
    """All nine before they are sent, each to be changed."""
    lines = joined(
        say(
            "{number}. {name}: <b>{answer}</b>",
            number=number,
            name=name_of(element),
            answer=answers_of(element)[answers[element] - 1],
        )
        for number, element in enumerate(Element, start=1)
    )
    text = say(
        "<b>Periksa dahulu sebelum dikirim.</b>\n\n{service}\n{lines}\n\n"
        "Ada yang keliru? Tekan nomornya untuk mengganti jawaban.",
        service=service,
        lines=lines,
    )
    changes = [(element.name.lower(), f"✏️ {number}") for number, element in enumerate(Element, start=1)]
    rows = (
        *choices(FLOW, "summary", nonce, [(SEND, "✅ " + _("Kirim jawaban"))]),
        *choices(FLOW, "summary", nonce, changes, per_row=3),
        moves(nonce),
    )
    return Screen(text, rows)


def check_first() -> str:
    """The summary's question in plain words."""
    return _("Kirim jawaban survei?")


def thanks(service: str, *, replaced: bool) -> Screen:
    """Stored, and what happens with it."""
    first = (
        say(
            "✅ <b>Terima kasih. Jawaban Bapak/Ibu untuk {service} sudah diganti dengan yang baru.</b>", service=service
        )
        if replaced
        else say(
            "✅ <b>Terima kasih. Sembilan jawaban Bapak/Ibu untuk {service} sudah kami simpan.</b>", service=service
        )
    )
    return Screen(joined([first, _use()], "\n\n"), (home_row(),))


def _use() -> Markup:
    return say(
        "Jawaban dihitung bersama jawaban warga lain menjadi Indeks Kepuasan Masyarakat. "
        "Hasilnya diumumkan tanpa nama, dan bagian yang nilainya paling rendah diperbaiki lebih dahulu."
    )


def kept(service: str) -> Screen:
    """The earlier answers stay."""
    text = say("Baik, jawaban Bapak/Ibu yang lama untuk {service} tetap berlaku.", service=service)
    return Screen(text, (home_row(),))


def cancelled(answered: int) -> Screen:
    """Nothing is stored."""
    if not answered:
        return Screen(say("Baik, survei dibatalkan. Belum ada jawaban yang disimpan."), (home_row(),))
    text = say(
        "Baik, survei dibatalkan. {answered} dari {total} jawaban dibuang dan tidak disimpan.",
        answered=answered,
        total=TOTAL,
    )
    return Screen(text, (home_row(),))


def help_text() -> Screen:
    """How the survey works."""
    return Screen(
        say(
            "Pilih satu dari empat jawaban, atau tulis angkanya, 1 sampai 4. <b>Kembali</b> untuk mengganti jawaban "
            "sebelumnya, <b>Lanjutkan nanti</b> untuk berhenti sebentar, <b>Batal</b> untuk membuang semuanya. "
            "Jawaban baru dikirim setelah Bapak/Ibu memeriksa kesembilannya."
        )
    )


# --- offered and at the counter ---


def offer(service_id: int, channel: str, complaint_id: int = 0) -> tuple[Button, ...]:
    """The way from a rating or a closed report to the nine questions."""
    return (button("🗒 " + _("Isi survei kepuasan, 9 pertanyaan"), Survey(service_id, channel, complaint_id)),)


def ask_micro(service_id: int, service: str, element: Element) -> Screen:
    """One question at a counter, one tap."""
    text = say("<b>{service}</b>\n\n{question}", service=service, question=question_of(element))
    rows = tuple(
        (button(f"{score} · {answer}", Micro(service_id, element.value, score)),)
        for score, answer in enumerate(answers_of(element), start=1)
    )
    return Screen(text, (*rows, home_row()))


def thanks_micro(service: str, element: Element, score: int, last: tuple[tuple[Button, ...], ...]) -> Screen:
    """The tap is kept; `last` may offer more."""
    text = say(
        "✅ <b>Terima kasih. Jawaban Bapak/Ibu untuk {service}, {name}: {answer}.</b>\n\n"
        "Jawaban singkat ini membantu kantor melihat apa yang perlu diperbaiki. Satu jawaban sehari sudah cukup.",
        service=service,
        name=name_of(element),
        answer=answers_of(element)[score - 1],
    )
    return Screen(text, (*last, home_row()))
