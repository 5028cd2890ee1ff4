"""The workbook in which courses are written: its sheets, headings and words."""

from __future__ import annotations

from models.training.course import CourseKind, CoursePath, Selection

COURSES, SESSIONS = "Pelatihan", "Pertemuan"
CODE, TITLE, KIND, PATH, FORM, ABOUT = "Kode", "Nama", "Jenis", "Jalur", "Bentuk", "Isi"
HOURS, PLACE, LINK, QUOTA, UNIT_QUOTA = "JP", "Tempat", "Tautan", "Kursi", "Batas per unit"
DEADLINE, SELECTION, APPROVAL = "Batas daftar", "Cara memilih", "Persetujuan atasan"
UNITS, EMPLOYED, GRADES, POSITIONS, TOPICS = (
    "Untuk unit",
    "Untuk PNS atau PPPK",
    "Untuk golongan",
    "Untuk jabatan",
    "Topik",
)
DAY, BEGIN, END = "Tanggal", "Mulai", "Selesai"

COURSE_HEADS = (
    *(CODE, TITLE, KIND, PATH, FORM, ABOUT, HOURS, PLACE, LINK, QUOTA, UNIT_QUOTA),
    *(DEADLINE, SELECTION, APPROVAL, UNITS, EMPLOYED, GRADES, POSITIONS, TOPICS),
)
SESSION_HEADS = (CODE, DAY, BEGIN, END, PLACE)
NEEDED = (CODE, TITLE, KIND, PATH, HOURS, QUOTA, DEADLINE)

KINDS = {
    CourseKind.TECHNICAL: "teknis",
    CourseKind.MANAGERIAL: "manajerial",
    CourseKind.SOCIOCULTURAL: "sosial kultural",
    CourseKind.FUNCTIONAL: "fungsional",
}
PATHS = {CoursePath.CLASSROOM: "klasikal", CoursePath.OTHER: "nonklasikal"}
SELECTIONS = {Selection.FIRST_COME: "siapa cepat", Selection.SELECTED: "dipilih"}
ANSWERS = {True: "ya", False: "tidak"}
#: One line that shows how it is filled in.
EXAMPLE = (
    *("CONTOH", "Pelayanan Prima", "teknis", "klasikal", "bimtek", "Melayani dengan ramah dan cepat", 8, "Aula"),
    *("", 30, 2, "28/11/2026", "siapa cepat", "ya", "", "", "", "", "layanan"),
)
EXAMPLE_SESSION = ("CONTOH", "01/12/2026", "08.00", "12.00", "")


def plain(words: object) -> str:
    """How words are compared."""
    return " ".join(str(words).casefold().split())
