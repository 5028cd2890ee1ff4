"""The steps of a report as its reporter reads them."""

from __future__ import annotations

from bot.i18n import N_, Markup, _, say, show_moment
from bot.views.parts import cut
from models.complaint import ComplaintEvent
from models.rules.complaint_flow import Action

LONGEST_STEP = 600

#: Steps as their reporter reads them; those that name something are told in `_sentence`.
STEPS = {
    Action.ADD_INFORMATION: N_("Bapak/Ibu mengubah tulisan menjadi:"),
    Action.ASK_COMPLETION: N_("Petugas bertanya:"),
    Action.ASK_RESIDENT: N_("Petugas bertanya:"),
    Action.REPLY: N_("Petugas menjawab:"),
    Action.PROPOSE_DONE: N_("Unit menyatakan sudah dikerjakan:"),
    Action.ARCHIVE: N_("Laporan tidak dilanjutkan:"),
    Action.MERGE: N_("Digabungkan dengan laporan lain tentang masalah yang sama:"),
    Action.RESTORE: N_("Laporan diambil kembali dari arsip dan diperiksa lagi."),
    Action.UNMERGE: N_("Penggabungan dibatalkan; laporan diperiksa lagi."),
    Action.INFORM: N_("Kabar dari petugas untuk semua pelapor:"),
    Action.DISPUTE: N_("Bapak/Ibu menyatakan belum selesai."),
    Action.REOPEN: N_("Bapak/Ibu membuka kembali laporan."),
    Action.VERIFY: N_("Laporan diperiksa dan diterima."),
    Action.TAKE: N_("Petugas mulai mengerjakan."),
    Action.HIDE_NAME: N_("Nama Bapak/Ibu disembunyikan dari petugas."),
    Action.CLAIM: N_("Laporan ini Bapak/Ibu ikuti lewat tautan dari petugas."),
    Action.TIGHTEN: N_("Kerahasiaan laporan diperketat."),
    Action.WITHDRAW: N_("Bapak/Ibu menarik laporan."),
    Action.AUTO_CLOSE: N_("Laporan ditutup dengan sendirinya karena tidak ada jawaban."),
}


def step(event: ComplaintEvent) -> Markup:
    """When, what, and the words that belong to it."""
    sentence = _sentence(event)
    told = cut(event.text, LONGEST_STEP) if event.text else None
    if told is None:
        return say("{at}: {what}", at=show_moment(event.at), what=sentence)
    return say("{at}: {what}\n<i>{text}</i>", at=show_moment(event.at), what=sentence, text=told)


def _sentence(event: ComplaintEvent) -> Markup:
    values = event.values
    if event.action in (Action.DISPOSE, Action.TRANSFER):
        return say("Diteruskan ke {unit}.", unit=values.get("unit") or _("unit kerja"))
    if event.action is Action.DECLARE_NOT_OURS:
        return say("Bukan wewenang kota; yang berwenang {addressee}.", addressee=values.get("addressee") or "-")
    if event.action is Action.CONFIRM:
        return say("Bapak/Ibu menyatakan selesai, nilai {score} dari 4.", score=values.get("score", "-"))
    if event.action is Action.ADD_INFORMATION and not values.get("edited"):
        return say("Bapak/Ibu menambah keterangan.")
    return say(STEPS.get(event.action, N_("Keadaan laporan berubah.")))
