"""Writing a broadcast in the chat, and who gets it. Domain rule 40: only the chosen audience."""

from __future__ import annotations

from models.broadcasts.broadcast import BroadcastStatus
from tests import broadcast_scenes as scene
from tests.driver import Stage


async def test_rule_40_only_the_chosen_audience_gets_it(stage: Stage) -> None:
    hr, head, other = await scene.phones(stage, "hr", "head", "other_officer")
    siti = stage.person("Siti")
    await siti.starts()
    await scene.write(hr)
    hr.sees("7 orang ditemukan", "Contoh: Pegawai Admin")
    await hr.presses("Unit")
    await hr.presses("Disdukcapil")
    await hr.presses("Pakai pilihan ini")
    hr.sees("Unit: Disdukcapil", "1 orang ditemukan", "Contoh: Pegawai Other_Officer")
    await scene.finish(hr)
    hr.sees("Penerima: 1 orang", "Waktu: sekarang")
    assert not other.saw("Apel Senin")
    await hr.presses("📣 Kirim")
    other.sees("Apel Senin pukul 07.30")
    assert not head.saw("Apel Senin") and not siti.saw("Apel Senin")
    await scene.look(stage)
    hr.sees("selesai dikirim", "Terkirim 1 dari 1")
    assert (await scene.newest(stage)).status is BroadcastStatus.DONE
