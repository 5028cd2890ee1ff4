"""What sheets and columns are called in the workbook that administrators edit, in any of the languages."""

from __future__ import annotations

from functools import cache

from bot.config import LANGUAGES
from bot.i18n import N_, _, speaking

#: Sheets of the workbook, in their order.
SHEETS = {
    "units": N_("Unit"),
    "services": N_("Layanan"),
    "templates": N_("Jawaban siap pakai"),
    "sla": N_("Batas waktu"),
    "holidays": N_("Hari libur"),
    "emergency": N_("Nomor darurat"),
    "addressees": N_("Instansi lain"),
    "city": N_("Data kota"),
    "roles": N_("Peran pegawai"),
    "indicators": N_("Indikator"),
    "indicator_targets": N_("Target indikator"),
    "recognition_rules": N_("Aturan penghargaan"),
    "unit_predicates": N_("Predikat unit"),
    "service_users": N_("Pengguna layanan"),
    "need_topics": N_("Topik kebutuhan"),
}
#: Sheets that only help to fill in the others; they are never read.
GUIDE = N_("Petunjuk")
PEOPLE = N_("Daftar pegawai")
JOB = N_("Jabatan")
COLUMNS = {
    "code": N_("Kode"),
    "key": N_("Nama data"),
    "survey_period": N_("Masa survei"),
    "users": N_("Jumlah pengguna"),
    "value": N_("Isi"),
    "name": N_("Nama"),
    "days": N_("Jumlah hari"),
    "working": N_("Hari kerja"),
    "day": N_("Tanggal"),
    "kind": N_("Jenis"),
    "label": N_("Sebutan"),
    "number": N_("Nomor telepon"),
    "keywords": N_("Kata kunci"),
    "position": N_("Urutan"),
    "contact": N_("Kontak"),
    "state": N_("Tahap laporan"),
    "title": N_("Judul"),
    "text": N_("Isi pesan"),
    "short_name": N_("Nama singkat"),
    "parent": N_("Unit induk"),
    "merged_into": N_("Digabung ke"),
    "aliases": N_("Nama lain"),
    "address": N_("Alamat"),
    "hours": N_("Jam buka"),
    "auto_assign": N_("Bagi otomatis"),
    "valid_from": N_("Berlaku mulai"),
    "valid_to": N_("Berlaku sampai"),
    "unit": N_("Unit kerja"),
    "standard_value": N_("Standar waktu"),
    "standard_unit": N_("Satuan standar"),
    "cost": N_("Biaya"),
    "requirements": N_("Persyaratan"),
    "employee": N_("Nomor pegawai"),
    "role": N_("Peran"),
    "level": N_("Tingkat"),
    "service": N_("Kode layanan"),
    "owner": N_("Nomor pemilik"),
    "definition": N_("Pengertian"),
    "formula": N_("Rumus"),
    "measure_unit": N_("Satuan ukur"),
    "polarity": N_("Arah yang baik"),
    "aggregation": N_("Cara menjumlah"),
    "baseline": N_("Nilai awal"),
    "source": N_("Sumber data"),
    "indicator": N_("Kode indikator"),
    "year": N_("Tahun"),
    "quarter": N_("Triwulan"),
    "low": N_("Target terendah"),
    "high": N_("Target tertinggi"),
    "award_to": N_("Untuk siapa"),
    "period": N_("Masa"),
    "criteria": N_("Syarat"),
    "predicate": N_("Predikat"),
    "need": N_("Kebutuhan"),
    "what": N_("Tentang"),
    "topics": N_("Topik pelatihan"),
    "course_kind": N_("Jenis pelatihan"),
    "note": N_("Catatan"),
}


def sheet_title(name: str) -> str:
    """The sheet's title in the language spoken; its own name where it has none."""
    return _(SHEETS.get(name, name))


def column_title(name: str) -> str:
    """The column's heading in the language spoken; its own name where it has none."""
    return _(COLUMNS.get(name, name))


@cache
def names() -> dict[str, str]:
    """Every title in every language, in small letters with underscores → the name the import knows."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        with speaking(language):
            for titles in (SHEETS, COLUMNS):
                found |= {plain(_(title)): name for name, title in titles.items()}
            found |= {plain(_(title)): IGNORED for title in (GUIDE, PEOPLE)}
    return found


#: The name of a sheet that is not read.
IGNORED = "-"


def plain(title: str) -> str:
    """A title as the reader of sheets writes it."""
    return "_".join(title.lower().split())
