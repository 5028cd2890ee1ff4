"""What the inspectorate, the unit and the reporter read about restricted reports and doubted proofs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.i18n import N_, Markup, _, say, say_many
from bot.services.proofs.alarms import OpenDoubt
from bot.views.parts import Values, joined, moment_of, to_reporter, to_staff
from bot.views.screen import Screen
from models.proof import Suspicion

#: Why a proof is doubted, to whoever sent it: which report has the same picture is not theirs to know.
PLAINLY = {
    Suspicion.SAME_FILE: N_("foto buktinya sama dengan foto pada laporan lain"),
    Suspicion.SAME_LOOK: N_("foto buktinya hampir sama dengan foto pada laporan lain"),
    Suspicion.TOO_OLD: N_("foto buktinya diambil sebelum laporan ini masuk"),
}


def restricted_filed(values: Values) -> Screen:
    """To the inspectorate: a confidential report, or one about a unit or a civil servant."""
    return to_staff(say("🔐 Laporan tertutup <code>{code}</code> menunggu Inspektorat.", code=values["code"]), values)


def inspector_missing(values: Values) -> Screen:
    """To the administrators: nobody of the inspectorate can be told."""
    text = say(
        "⚠️ Laporan <code>{code}</code> menunggu Inspektorat, tetapi tidak ada petugas Inspektorat yang bisa dikabari. "
        "Mohon tunjuk seseorang dengan peran pengawas.",
        code=values["code"],
    )
    return Screen(text)


def proof_doubted(values: Values) -> Screen:
    """To the inspectorate: both reports, and why."""
    text = say("🔎 Penutupan <code>{code}</code> ditahan: {why}.", code=values["code"], why=_why(values))
    return to_staff(joined([text, say(LIMITS)], "\n\n"), values)


def proof_waits(values: Values) -> Screen:
    """To the inspectorate: the closing still waits."""
    text = say_many(
        "🔎 Penutupan <code>{code}</code> sudah {n} hari kerja ditahan. Pelapornya menunggu; mohon buktinya diperiksa.",
        "🔎 Penutupan <code>{code}</code> sudah {n} hari kerja ditahan. Pelapornya menunggu; mohon buktinya diperiksa.",
        values["days"],
        code=values["code"],
    )
    return to_staff(text, values)


def _why(values: Values) -> Markup:
    suspicion = Suspicion(values["suspicion"])
    if suspicion is Suspicion.TOO_OLD:
        return say("foto bukti diambil {moment}, sebelum laporan ini masuk", moment=moment_of(values, "taken_at"))
    if suspicion is Suspicion.SAME_FILE:
        return say("foto buktinya sama dengan foto pada <code>{other}</code>", other=values["other"] or "-")
    return say("foto buktinya hampir sama dengan foto pada <code>{other}</code>", other=values["other"] or "-")


#: What the comparison does not see, said wherever it is shown.
LIMITS = N_(
    "<i>Pemeriksaan ini tidak mengenali tangkapan layar, foto tanpa catatan kamera (Telegram menghapusnya dari foto "
    "biasa), tanggal yang diubah, dan isi video. Foto tempat yang sama bisa saja mirip: "
    "keputusan ada pada Bapak/Ibu.</i>"
)


def doubts(found: Sequence[OpenDoubt]) -> Markup:
    """On the inspectorate's card: every open doubt, and what the comparison does not see."""
    if not found:
        return Markup("")
    lines = [
        say("• {why}", why=_why({"suspicion": doubt.suspicion, "other": doubt.code, "taken_at": doubt.taken_at}))
        for doubt in found
    ]
    other = say("Ketik nomor laporan lain untuk membukanya.")
    return joined([say("🔎 <b>Bukti yang diragukan</b>"), *lines, other, say(LIMITS)])


def closing_held(values: Values) -> Screen:
    """To the unit: what is doubted, in a plain sentence."""
    text = say(
        "⛔ Penutupan <code>{code}</code> ditahan karena {why}. Inspektorat memeriksanya dahulu; "
        "Bapak/Ibu diberi tahu hasilnya.",
        code=values["code"],
        why=_(PLAINLY[Suspicion(values["suspicion"])]),
    )
    return to_staff(text, values)


def proof_released(values: Values) -> Screen:
    """To the unit: the proof is in order."""
    text = say(
        "✅ Inspektorat menyatakan bukti pada <code>{code}</code> wajar; penutupan dilanjutkan.\n\n"
        "<blockquote>{reason}</blockquote>",
        code=values["code"],
        reason=values["reason"],
    )
    return to_staff(text, values)


def proof_returned(values: Values) -> Screen:
    """To the unit: do it again."""
    text = say(
        "↩️ Inspektorat mengembalikan <code>{code}</code> ke unit; buktinya tidak diterima.\n\n"
        "<blockquote>{reason}</blockquote>",
        code=values["code"],
        reason=values["reason"],
    )
    return to_staff(text, values)


def done_taken_back(values: Values) -> Screen:
    """To the reporter: it is not done yet."""
    text = say(
        "🛠 Petugas menyatakan laporan <code>{code}</code> selesai, tetapi Inspektorat belum menerima buktinya. "
        "Laporan ini dikerjakan lagi dan Bapak/Ibu kami kabari.",
        code=values["code"],
    )
    return to_reporter(text, values)


def proof_added(values: Values) -> Screen:
    """To the reporter: one more picture of the answer before."""
    text = say("📎 Foto tambahan dari petugas untuk laporan <code>{code}</code>.", code=values["code"])
    return to_reporter(text, values)


KINDS: dict[str, Callable[[Values], Screen]] = {
    "restricted_filed": restricted_filed,
    "inspector_missing": inspector_missing,
    "proof_doubted": proof_doubted,
    "proof_waits": proof_waits,
    "closing_held": closing_held,
    "proof_released": proof_released,
    "proof_returned": proof_returned,
    "done_taken_back": done_taken_back,
    "proof_added": proof_added,
}
