"""What the guides show besides a report's way: a rating, the survey, the head's and the administrator's screens."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.async_api import Page

from bot.services.demo.people import PERSONAS
from models.rules.permissions import Role
from tests.browser.phones import Phone
from tests.browser.walk import Look

SERVICE = "KTP"
#: Milliseconds in which a screen that began to show is whole.
QUIET = 300


@dataclass
class Tour:
    """The phones of a page; `look(name, phone)` sees every station."""

    page: Page
    look: Look

    async def all(self) -> None:
        """A resident rates a service and answers its survey; the head and the administrator open their desks."""
        await self.rate()
        await self.survey()
        await self.lead()
        await self.administer()

    def _phone(self, role: Role | None) -> Phone:
        return Phone(self.page, next(one.telegram_id for one in PERSONAS if one.role is role))

    async def _opened(self, role: Role | None, greeting: str) -> Phone:
        phone = self._phone(role)
        if await phone.part("start").count():
            await phone.starts()
        else:
            await phone.says("/start")
        await phone.sees(greeting)
        return phone

    async def _station(self, name: str, phone: Phone) -> None:
        """Look once what was asked for is drawn whole."""
        await self.page.wait_for_timeout(QUIET)
        await self.look(name, phone)

    async def rate(self) -> None:
        """Two taps and a comment."""
        phone = await self._opened(None, "Selamat datang")
        await phone.says("/nilai")
        await phone.sees("Layanan mana")
        await phone.says(SERVICE)
        await self._station("nilai-1-layanan", phone)
        await phone.part("inline-button").filter(has_text=SERVICE).first.click()
        await phone.sees("Bagaimana")
        await self._station("nilai-2-pertanyaan", phone)
        await phone.presses("Sangat baik")
        await phone.sees("Terima kasih")
        await self._station("nilai-3-terima-kasih", phone)
        await phone.says("/batal")

    async def survey(self) -> None:
        """Three of nine questions."""
        phone = await self._opened(None, "Selamat datang")
        await phone.says("/skm")
        await phone.says(SERVICE)
        await phone.part("inline-button").filter(has_text=SERVICE).first.click()
        await phone.sees("1/9")
        await self._station("survei-1-pertama", phone)
        for _ in range(2):
            await phone.part("inline-button").filter(has_text="Sangat").last.click()
        await phone.sees("3/9")
        await self._station("survei-2-ketiga", phone)
        await phone.says("/batal")

    async def lead(self) -> None:
        """The unit's list, and what it comes to."""
        phone = await self._opened(Role.HEAD, "Selamat datang")
        await phone.says("/unit")
        await phone.sees("Laporan unit")
        await self._station("kepala-1-daftar", phone)
        await phone.says("/kinerja")
        await phone.sees("Kinerja")
        await self._station("kepala-2-kinerja", phone)

    async def administer(self) -> None:
        """The menu, and the workbook of the city's data."""
        phone = await self._opened(Role.ADMIN, "Selamat datang")
        await self._station("administrator-1-menu", phone)
        await phone.says("/kelola")
        await phone.sees("Excel")
        await self._station("administrator-2-kelola", phone)
