"""One report from the first words to the verdict, on three phones of the demo's page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from playwright.async_api import Page

from bot.services.demo.people import PERSONAS
from tests.browser.phones import Phone
from tests.browser.photographs import dark_street, lit_street

TROUBLE = "Lampu jalan mati di depan SD sejak Senin malam, anak-anak pulang mengaji dalam gelap."
PLACE = "Sei Jang"
ANSWER = "Terima kasih, petugas kami memeriksa tiang lampu di depan SD siang ini."
WORK = "Lampunya sudah kami ganti dan menyala kembali sejak tadi malam."
CODE = r"[A-Z]{3}-\d{6}-\w{7}"

Look = Callable[[str, Phone], Awaitable[None]]


async def no_look(_name: str, _phone: Phone) -> None:
    """Nobody looks at the phones between the steps."""


@dataclass
class Walk:
    """The personas of the report on one page; `look(name, phone)` sees every station."""

    page: Page
    look: Look = no_look
    code: str = ""
    resident: Phone = field(init=False)
    verifier: Phone = field(init=False)
    officer: Phone = field(init=False)

    def __post_init__(self) -> None:
        self.resident, self.verifier, self.officer = (Phone(self.page, each.telegram_id) for each in PERSONAS[:3])

    async def all(self) -> None:
        """From the first greeting to the verdict."""
        for persona in (self.verifier, self.officer):
            await persona.starts()
            await persona.sees("Selamat datang")
        await self.file()
        await self.verify()
        await self.answer()
        await self.propose()
        await self.judge()

    async def file(self) -> None:
        """The resident tells what is wrong, with a photo and a place, and gets a number."""
        mine = self.resident
        await mine.starts()
        await mine.sees("Selamat datang di layanan warga")
        await self.look("warga-01-salam", mine)
        await mine.says(TROUBLE)
        await mine.sees("Ini laporan baru, atau tambahan")
        await self.look("warga-02-baru", mine)
        await mine.presses("Laporan baru")
        await mine.sees("Ada foto atau video?")
        await self.look("warga-03-foto", mine)
        await mine.sends_photo("lampu.jpg", dark_street())
        await mine.sees("1 berkas sudah kami terima")
        await self.look("warga-04-foto-diterima", mine)
        await mine.presses("Lanjut")
        await mine.sees("Di mana tempatnya?")
        await self.look("warga-05-tempat", mine)
        await mine.sends_place(PLACE)
        await mine.sees(f"Tempat ini di Kelurahan {PLACE}")
        await self.look("warga-06-kelurahan", mine)
        await mine.presses("Ya, benar")
        await mine.sees("Siapa yang boleh tahu?")
        await self.look("warga-07-kerahasiaan", mine)
        await mine.presses("Terbuka")
        if await mine.sees_first("Sudah ada laporan serupa", "Periksa dahulu sebelum dikirim"):  # it depends on the day
            await mine.presses("Tetap kirim laporan saya")
        await mine.sees("Periksa dahulu sebelum dikirim", TROUBLE, PLACE)
        await self.look("warga-08-ringkasan", mine)
        await mine.presses("Kirim laporan")
        self.code = await mine.reads(CODE, within="Nomor laporan")
        await mine.sees_no_button("Kirim laporan")
        await self.look("warga-09-nomor", mine)

    async def verify(self) -> None:
        """The verifier accepts it and passes it to the suggested unit with one press."""
        theirs = self.verifier
        await theirs.sees("Laporan baru", self.code)
        await self.look("verifikator-1-kabar", theirs)
        await theirs.presses("Buka laporan")
        await theirs.sees_photo()
        await theirs.sees(self.code, TROUBLE)
        await self.look("verifikator-2-kartu", theirs)
        await theirs.presses("Terima & teruskan ke")
        await theirs.sees(self.code, "Diteruskan ke unit, belum diambil")
        await self.look("verifikator-3-diteruskan", theirs)
        await self.resident.sees(self.code, "sudah diteruskan ke")
        await self.look("warga-10-diteruskan", self.resident)

    async def answer(self) -> None:
        """The officer takes it and replies."""
        theirs, mine = self.officer, self.resident
        await theirs.sees(self.code, "diteruskan ke unit Bapak/Ibu")
        await self.look("petugas-1-kabar", theirs)
        await theirs.presses("Buka laporan")
        await theirs.sees_photo()
        await theirs.sees(self.code, TROUBLE)
        await theirs.presses("Saya kerjakan")
        await theirs.sees(self.code, "sekarang Bapak/Ibu yang mengerjakan")
        await self.look("petugas-2-kartu", theirs)
        await theirs.presses("Jawab pelapor")
        await theirs.sees("Apa jawaban untuk pelapor", self.code)
        await self.look("petugas-3-jawaban", theirs)
        await theirs.says(ANSWER)
        await theirs.sees("Periksa sebelum dikirim ke pelapor", ANSWER)
        await self.look("petugas-4-periksa", theirs)
        await theirs.presses("Kirim ke pelapor")
        await theirs.sees("Jawaban sudah dikirim ke pelapor")
        await self.look("petugas-5-terkirim", theirs)
        await mine.sees("Jawaban petugas untuk laporan", ANSWER)
        await self.look("warga-11-jawaban", mine)

    async def propose(self) -> None:
        """The officer proposes that it is done, with a photo as proof."""
        theirs, mine = self.officer, self.resident
        await theirs.presses("Usulkan selesai")
        await theirs.sees("Apa yang sudah dikerjakan", self.code)
        await self.look("petugas-6-usul", theirs)
        await theirs.sends_photo("lampu-menyala.jpg", lit_street(), WORK)
        await theirs.sees("Periksa sebelum dikirim ke pelapor", WORK, "1 berkas ikut dikirim")
        await self.look("petugas-7-periksa", theirs)
        await theirs.presses("Kirim ke pelapor")
        await theirs.sees("Pelapor diminta menilai")
        await self.look("petugas-8-diusulkan", theirs)
        await mine.sees("Apakah masalahnya sudah selesai?", WORK)
        await mine.sees_photo()
        await self.look("warga-12-selesaikah", mine)

    async def judge(self) -> None:
        """The resident says that it is solved and gives 4; the officer hears it."""
        mine = self.resident
        await mine.presses("Sudah selesai")
        await mine.sees("Bagaimana penanganan laporan", self.code)
        await self.look("warga-13-nilai", mine)
        await mine.presses("4 · Sangat baik")
        await mine.sees(f"Laporan {self.code} selesai")
        await self.look("warga-14-terima-kasih", mine)
        await self.officer.sees(self.code, "selesai, dengan nilai 4 dari 4")
        await self.look("petugas-9-putusan", self.officer)
