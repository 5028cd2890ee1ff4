"""What is wrong with a workbook: the place by sheet, row and column, and the fault in words."""

from __future__ import annotations

from typing import Any

from bot.i18n import N_, Markup, say
from bot.services.imports.headings import column_title, sheet_title
from bot.views import errors

SENTENCES = {
    "unreadable_workbook": N_("Berkas ini tidak bisa dibaca. Kirim berkas Excel (.xlsx) yang diunduh dari sini."),
    "unknown_sheet": N_("Lembar ini tidak dikenal. Biarkan nama lembar seperti semula."),
    "sheet_twice": N_("Lembar ini ada dua kali."),
    "empty_sheet": N_("Lembar ini kosong. Kalau tidak ada yang diubah, biarkan isinya seperti semula."),
    "missing_column": N_("Kolom ini hilang."),
    "unknown_column": N_("Kolom ini tidak dikenal."),
    "column_twice": N_("Kolom ini ada dua kali."),
    "twice": N_("Isi ini sudah dipakai di baris lain."),
    "unknown_key": N_("“{value}” tidak ada dalam data."),
    "empty_cell": N_("Kolom ini harus diisi."),
    "too_long": N_("Terlalu panjang, paling banyak {longest} huruf."),
    "unknown_reference": N_("“{value}” tidak ada dalam daftar yang dirujuk."),
    "circle": N_("Rujukannya berputar kembali ke baris ini sendiri."),
    "digits_lost": N_("Angkanya terlalu panjang untuk Excel; tulis sebagai teks."),
    "not_a_whole_number": N_("“{value}” bukan bilangan bulat."),
    "not_a_coordinate": N_("“{value}” bukan koordinat."),
    "not_a_date": N_("“{value}” bukan tanggal. Contoh yang benar: 31/12/2026."),
    "not_yes_or_no": N_("“{value}” harus diganti dengan ya atau tidak."),
    "unknown_value": N_("“{value}” tidak dikenal. Yang bisa dipilih: {options}."),
    "not_a_code": N_("“{value}” bukan kode: pakai huruf kecil, angka, dan tanda hubung saja."),
    "bad_prefix": N_("Awalan nomor laporan harus 2 sampai 5 huruf besar."),
    "bad_fact": N_("Isi ini tidak bisa dipakai, misalnya jam harus ditulis 08.00-16.00."),
    "ends_before_it_begins": N_("Tanggal akhirnya lebih awal daripada tanggal mulainya."),
    "merged_without_end": N_("Unit yang digabung harus punya tanggal akhir."),
    "half_a_standard": N_("Standar waktu dan satuannya harus diisi keduanya atau dikosongkan keduanya."),
    "not_a_number": N_("“{value}” bukan angka. Contoh yang benar: 87,5."),
    "city_without_parent": N_("Hanya indikator kota (city) yang tidak punya indikator induk; yang lain harus punya."),
    "unit_of_level": N_("Indikator kota (city) tidak punya unit kerja; yang lain harus punya."),
    "yes_no_last": N_("Untuk jawaban ya atau tidak, nilainya selalu nilai terakhir (last)."),
    "measure_of_source": N_(
        "Satuan ini tidak cocok dengan sumber datanya. Lihat satuan indikator lain dari sumber itu."
    ),
    "parent_below": N_("Indikator induknya berada pada tingkat yang lebih rendah."),
    "not_criteria": N_("Syarat ini tidak bisa dibaca ({fault}). Salin bentuknya dari aturan lain."),
    "rule_in_force": N_(
        "Aturan ini sudah berlaku untuk masa yang sedang berjalan, jadi hanya bisa diakhiri. Buat aturan baru dengan "
        "kode lain; aturan baru berlaku untuk masa sesudahnya."
    ),
    "no_such_quarter": N_("Triwulan diisi 1 sampai 4, atau 0 untuk setahun."),
    "quarters_differ": N_("Target keempat triwulan tidak sama dengan target setahun menurut cara penjumlahannya."),
    "not_a_period": N_("“{value}” bukan masa survei. Contoh yang benar: 2026, 2026-S1, 2026-Q4, atau 2026-M11."),
    "users_out_of_range": N_("Jumlah pengguna harus 1 sampai 10 juta."),
    "unknown_need": N_(
        "Isi ini tidak dikenal: tulis unsur (U1 sampai U9), kelas laporan (misalnya complaint), atau tanda *."
    ),
    "unknown_placeholder": N_("Ada tanda kurung kurawal yang tidak dikenal dalam teks ini."),
    **{code: errors.SENTENCES[code] for code in ("target_order", "target_negative", "target_zero", "target_yes_no")},
}
#: An employee's number that the list does not have, however it was mistyped.
OTHER = N_("Nomor pegawai ini tidak ada dalam lembar daftar pegawai.")


def fault(found: dict[str, Any]) -> Markup:
    """ "Lembar Unit, baris 4, kolom Nama: Kolom ini harus diisi." """
    words = say(SENTENCES.get(found["code"], OTHER), **_values(found))
    return say("{place}: {words}", place=_place(found), words=words)


def _values(found: dict[str, Any]) -> dict[str, Any]:
    return {"value": "", "longest": "", "options": "", **found["values"]}


def _place(found: dict[str, Any]) -> Markup:
    """Where to look in Excel."""
    sheet = sheet_title(found["sheet"])
    if found["column"] is None:
        return say("Lembar <b>{sheet}</b>", sheet=sheet)
    column = column_title(found["column"])
    if found["row"] is None:
        return say("Lembar <b>{sheet}</b>, kolom <b>{column}</b>", sheet=sheet, column=column)
    return say(
        "Lembar <b>{sheet}</b>, baris <b>{row}</b>, kolom <b>{column}</b>", sheet=sheet, row=found["row"], column=column
    )
