"""Words of ratings and certificates that several screens share: verbs of buttons, the parts that are rated."""

from __future__ import annotations

from bot.callbacks import Learn
from bot.i18n import N_, _
from bot.views.screen import Button, button
from models.training.rating import RatedPart

#: Rate a course; its first part was tapped; one's certificate; for human resources the comments and certificates.
RATE, TAP, PAPER = "rate", "tap", "cert"
COMMENTS, PAPERS, SEE, PRINT, WITHDRAW = "opinions", "certs", "certsee", "certget", "certno"
#: The first word of the link in a certificate's code.
LINK = "sertifikat_"
FACES = ("😞", "🙁", "🙂", "😄")
PARTS = {
    RatedPart.MATERIAL: N_("Materi"),
    RatedPart.TEACHING: N_("Pengajar"),
    RatedPart.ORGANISATION: N_("Penyelenggaraan"),
    RatedPart.BENEFIT: N_("Manfaat"),
}
QUESTIONS = {
    RatedPart.MATERIAL: N_("Bagaimana materi pelatihannya?"),
    RatedPart.TEACHING: N_("Bagaimana pengajarnya menjelaskan?"),
    RatedPart.ORGANISATION: N_("Bagaimana penyelenggaraannya: tempat, jadwal, dan panitia?"),
    RatedPart.BENEFIT: N_("Bagaimana manfaatnya untuk pekerjaan Bapak/Ibu?"),
}


def paper_button(course_id: int) -> Button:
    """One's certificate of a course."""
    return button("📜 " + _("Sertifikat"), Learn(PAPER, course_id))
