"""The form of a work plan (SKP): its headings and words, which are the regulation's and never translated.

Source: the form of PermenPANRB 6/2022, with the quarters, and two columns that the regulation does not have: which
direction is good, and how the weeks become the year.
"""

from __future__ import annotations

from models.performance.plan import Aspect, CoreValue
from models.rules.performance.achievement import Polarity
from models.rules.performance.aggregation import Aggregation

SHEET = "SKP"
TITLE = "SASARAN KINERJA PEGAWAI (SKP)"
APPROACH = "Pendekatan hasil kerja kuantitatif"
OWNER, APPRAISER = "PEGAWAI YANG DINILAI", "PEJABAT PENILAI KINERJA"
PERSON = ("Nama", "NIP", "Pangkat/Golongan", "Jabatan", "Unit kerja")
RESULTS, MAIN, ADDITIONAL, BEHAVIOUR = "HASIL KERJA", "A. UTAMA", "B. TAMBAHAN", "PERILAKU KERJA"
NUMBER, SERVES, RESULT, ASPECT = "No", "RHK pimpinan yang diintervensi", "Rencana hasil kerja", "Aspek"
ITEM, TARGET, UNIT = "Indikator kinerja individu", "Target", "Satuan"
QUARTERS = ("TW I", "TW II", "TW III", "TW IV")
DIRECTION, COUNTING = "Arah", "Cara hitung"
HEADINGS = (NUMBER, SERVES, RESULT, ASPECT, ITEM, TARGET, UNIT, *QUARTERS, DIRECTION, COUNTING)
#: Without these a sheet is not read as the form.
NEEDED = (RESULT, ASPECT, ITEM, TARGET, UNIT)
BEHAVIOUR_HEADINGS = (NUMBER, "Nilai", "Ekspektasi khusus pimpinan")

ASPECTS = {
    Aspect.QUANTITY: "Kuantitas",
    Aspect.QUALITY: "Kualitas",
    Aspect.TIME: "Waktu",
    Aspect.COST: "Biaya",
}
DIRECTIONS = {
    Polarity.HIGHER: "makin banyak makin baik",
    Polarity.LOWER: "makin sedikit makin baik",
    Polarity.RANGE: "di antara dua angka",
    Polarity.YES_NO: "ya atau tidak",
}
COUNTINGS = {
    Aggregation.SUM: "dijumlahkan",
    Aggregation.LAST: "nilai terakhir",
    Aggregation.MEAN: "rata-rata",
}
VALUES = {
    CoreValue.SERVICE_ORIENTED: "Berorientasi Pelayanan",
    CoreValue.ACCOUNTABLE: "Akuntabel",
    CoreValue.COMPETENT: "Kompeten",
    CoreValue.HARMONIOUS: "Harmonis",
    CoreValue.LOYAL: "Loyal",
    CoreValue.ADAPTIVE: "Adaptif",
    CoreValue.COLLABORATIVE: "Kolaboratif",
}


def plain(text: object) -> str:
    """Words as they are compared: no case, no double spaces."""
    return " ".join(str(text).split()).casefold()
