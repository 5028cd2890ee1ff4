"""The questions of an evaluation: two ratings, why, advice; an objection; a decision."""

from __future__ import annotations

from decimal import Decimal

from bot.i18n import N_, Markup, _, say
from bot.views.parts import choices, cut, home_row, joined, moves
from bot.views.performance.evaluation import words
from bot.views.satisfaction.periods import name_of
from bot.views.screen import Rows, Screen
from models.rules.performance.predicate import Predicate, Rating, predicate

FLOW = "evaluate"
SEND, SKIP, KEEP, CHANGE = "send", "skip", "keep", "change"
LONGEST = 500

#: The open questions in plain words, by step.
QUESTIONS = {
    "verdict": N_("Tetap atau ubah penilaiannya?"),
    "results": N_("Bagaimana hasil kerjanya?"),
    "behaviour": N_("Bagaimana perilaku kerjanya?"),
    "reason": N_("Apa alasan penilaiannya?"),
    "advice": N_("Apa saran untuk masa berikutnya?"),
    "objection": N_("Apa keberatan Bapak/Ibu?"),
    "decision": N_("Apa alasan keputusannya?"),
    "check": N_("Sudah benar?"),
}


def question(step: str) -> str:
    """The open question."""
    return _(QUESTIONS[step])


def _about(name: str, period: str) -> Markup:
    return say("<b>{name}</b>, {period}", name=name, period=name_of(period))


def ask_results(
    nonce: str, name: str, period: str, average: Decimal | None, suggested: Rating | None, *, back: bool
) -> Screen:
    """The rating of results, with what the figures suggest and all nine cells."""
    hint = say("Rata-rata capaian {percent}.", percent=words.percent(average))
    if suggested is not None:
        hint = say(
            "Rata-rata capaian {percent}. Angkanya menunjuk ke “{rating}”, tetapi yang menentukan Bapak/Ibu.",
            percent=words.percent(average),
            rating=_(words.RATINGS[suggested]).lower(),
        )
    text = joined([_about(name, period), say("<b>Bagaimana hasil kerjanya?</b>"), hint, words.matrix()], "\n\n")
    return Screen(text, (*_ratings("results", nonce), moves(nonce, back=back)))


def ask_behaviour(nonce: str, name: str, period: str, results: Rating) -> Screen:
    """The rating of behaviour; each button says the predicate that follows."""
    text = joined(
        [
            _about(name, period),
            say("<b>Bagaimana perilaku kerjanya?</b> Ukurannya nilai dasar BerAKHLAK."),
            words.matrix(results),
        ],
        "\n\n",
    )
    options = [
        (one.value, f"{_(words.RATINGS[one])} → {_(words.PREDICATES[predicate(results, one)])}") for one in Rating
    ]
    return Screen(text, (*choices(FLOW, "behaviour", nonce, options), moves(nonce)))


def _ratings(step: str, nonce: str) -> Rows:
    return choices(FLOW, step, nonce, [(one.value, _(words.RATINGS[one])) for one in Rating])


def ask_reason(nonce: str, found: Predicate) -> Screen:
    """Why; without words there is no rating."""
    text = say(
        "Predikatnya <b>{predicate}</b>.\n\n<b>Apa alasannya?</b> Tulis satu atau dua kalimat; pegawai membacanya. "
        "Contoh: <i>Semua target lampu jalan tercapai, dan laporannya selalu lengkap.</i>",
        predicate=_(words.PREDICATES[found]),
    )
    return Screen(text, (moves(nonce),))


def ask_advice(nonce: str) -> Screen:
    """What to do next; may be left out."""
    text = say("<b>Apa saran untuk masa berikutnya?</b> Boleh dilewati.")
    skip = choices(FLOW, "advice", nonce, [(SKIP, _("Lewati"))])
    return Screen(text, (*skip, moves(nonce)))


def ask_objection(nonce: str, found: Predicate, decider: str) -> Screen:
    """What is wrong with it."""
    text = say(
        "<b>Apa keberatan Bapak/Ibu?</b>\n\nPredikat sekarang: {predicate}. Tulis apa yang menurut Bapak/Ibu tidak "
        "tepat dan mengapa. Keberatan dibaca penilai dan diputuskan {decider}.",
        predicate=_(words.PREDICATES[found]),
        decider=decider,
    )
    return Screen(text, (moves(nonce, back=False),))


def ask_verdict(nonce: str, name: str, period: str, found: Predicate, objection: str) -> Screen:
    """Keep the rating, or change it."""
    text = say(
        "{about}\n\nPredikat sekarang: {predicate}\n✋ Keberatan: {objection}\n\n<b>Tetap atau ubah penilaiannya?</b>",
        about=_about(name, period),
        predicate=_(words.PREDICATES[found]),
        objection=cut(objection, LONGEST * 3),
    )
    options = [(KEEP, _("Tetap seperti sekarang")), (CHANGE, _("Ubah penilaian"))]
    return Screen(text, (*choices(FLOW, "verdict", nonce, options), moves(nonce, back=False)))


def ask_decision(nonce: str, found: Predicate) -> Screen:
    """Why it is decided so."""
    text = say(
        "Predikat sesudah keputusan: <b>{predicate}</b>.\n\n<b>Apa alasan keputusannya?</b> Pegawai dan penilai "
        "membacanya.",
        predicate=_(words.PREDICATES[found]),
    )
    return Screen(text, (moves(nonce),))


def check_rating(nonce: str, name: str, period: str, ratings: tuple[Rating, Rating], said: tuple[str, str]) -> Screen:
    """The whole rating before it is sent."""
    results, behaviour = ratings
    reason, advice = said
    text = say(
        "{about}\n\n<b>Predikat: {predicate}</b>\nHasil kerja: {results}\nPerilaku kerja: {behaviour}\n"
        "Alasan: {reason}\nSaran: {advice}\n\nSesudah dikirim, pegawai diberi tahu.",
        about=_about(name, period),
        predicate=_(words.PREDICATES[predicate(results, behaviour)]),
        results=_(words.RATINGS[results]),
        behaviour=_(words.RATINGS[behaviour]),
        reason=cut(reason, LONGEST * 2),
        advice=cut(advice, LONGEST * 2) or "-",
    )
    options = [
        (SEND, "📨 " + _("Kirim penilaian")),
        ("results", "✏️ " + _("Ubah nilainya")),
        ("reason", "✏️ " + _("Ubah alasan")),
        ("advice", "✏️ " + _("Ubah saran")),
    ]
    return Screen(text, (*choices(FLOW, "check", nonce, options), moves(nonce)))


def check_objection(nonce: str, said: str) -> Screen:
    """The objection before it is sent."""
    text = say(
        "<b>Kirim keberatan ini?</b>\n\n<i>{words}</i>\n\nSesudah dikirim, keberatan tidak bisa ditarik.",
        words=cut(said, LONGEST * 3),
    )
    options = [(SEND, "📨 " + _("Kirim keberatan")), ("objection", "✏️ " + _("Ubah kata-katanya"))]
    return Screen(text, (*choices(FLOW, "check", nonce, options), moves(nonce)))


def check_decision(nonce: str, before: Predicate, after: Predicate, said: str) -> Screen:
    """The decision before it is sent."""
    text = say(
        "<b>Kirim keputusan ini?</b>\n\nPredikat: {before} → {after}\nAlasan: <i>{words}</i>\n\n"
        "Keputusan ini yang terakhir.",
        before=_(words.PREDICATES[before]),
        after=_(words.PREDICATES[after]),
        words=cut(said, LONGEST * 3),
    )
    options = [(SEND, "📨 " + _("Kirim keputusan")), ("decision", "✏️ " + _("Ubah kata-katanya"))]
    return Screen(text, (*choices(FLOW, "check", nonce, options), moves(nonce)))


def cancelled() -> Screen:
    """Nothing was sent."""
    return Screen(say("Baik, kita berhenti di sini. Tidak ada yang dikirim atau diubah."), (home_row(),))


def help_text() -> Screen:
    """How an evaluation works."""
    return Screen(
        say(
            "Atasan menilai hasil kerja dan perilaku kerja; dari keduanya keluar predikat. Angka capaian hanya bahan, "
            "yang menentukan atasan, dengan alasan. Pegawai menerima, atau mengajukan keberatan kepada atasan penilai."
        )
    )
