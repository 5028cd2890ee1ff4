"""NIK and KK numbers never reach the database; everything else that has digits does."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.redaction import mask_numbers, mask_update, short_nip

NIK = "2172045011900001"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (NIK, "•" * 16),
        (f"NIK saya {NIK}, mohon dicek", f"NIK saya {'•' * 16}, mohon dicek"),
        (f"NIK:{NIK}\nKK:{NIK}", f"NIK:{'•' * 16}\nKK:{'•' * 16}"),
        ("0000000000000000", "•" * 16),  # sixteen in a row are never stored, whatever they are
        ("2172 0450 1190 0001", "•••• •••• •••• ••••"),
        ("2172-0450-1190-0001", "••••-••••-••••-••••"),
        ("217204 501190 0001", "•••••• •••••• ••••"),
        ("21.72.04.501190.0001", "••.••.••.••••••.••••"),
        ("21.72.04 501190 0001", "••.••.•• •••••• ••••"),
        ("2172045011 900001", "•••••••••• ••••••"),
        ("2 1 7 2 0 4 5 0 1 1 9 0 0 0 0 1", "• • • • • • • • • • • • • • • •"),
        (f"no 12 {NIK} 081234567890", f"no 12 {'•' * 16} 081234567890"),
        (f"1.{NIK}", f"1.{'•' * 16}"),
        (f"https://cek.example/?nik={NIK}", f"https://cek.example/?nik={'•' * 16}"),
    ],
)
def test_masked(written: str, expected: str) -> None:
    assert mask_numbers(written) == (expected, True)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "081234567890",
        "+62 812-3456-7890",
        "0812 3456 7890 dan 0771 22334",
        "08123456789 12345",  # a phone and a five-digit number make sixteen
        "198609262015051001",  # an NIP
        "19860926 201505 1 001",
        "123456789012345",
        "12345678901234567",
        "24-11-2026 08.30-16.00",
        "12-11-2026 08.30-16.00",
        "tahun 2021 2022 2023 2024",
        "Rp 1.250.000.000",
        "0.9158712345678901, 104.4422112345678901",
        "https://facebook.example/posts/1029384756102938",
        "TPI-261124-7K4MXRC",
    ],
)
def test_untouched(written: str) -> None:
    assert mask_numbers(written) == (written, False)


@given(st.text("0123456789 .-a/:,", max_size=80))
def test_length_and_other_characters_stay(text: str) -> None:
    masked, found = mask_numbers(text)
    assert len(masked) == len(text)
    assert found == (masked != text)
    assert all(
        after == before or (after == "•" and before.isdigit()) for before, after in zip(text, masked, strict=True)
    )
    assert mask_numbers(masked) == (masked, False)


@given(st.from_regex(r"[a-z ]{0,9} [0-9]{16} [a-z ]{0,9}", fullmatch=True))
def test_rule_35_no_sixteen_digits_in_a_row_survive(text: str) -> None:
    masked, found = mask_numbers(text)
    assert found
    assert not any(character.isdigit() for character in masked)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("NIP 198609262015051001.", "NIP •••••••••••••••001."),
        ("19860926 201505 1 001", "•••••••• •••••• • 001"),
        (NIK, NIK),
        ("081234567890", "081234567890"),
    ],
)
def test_short_nip(written: str, expected: str) -> None:
    assert short_nip(written) == expected


def update(**message: object) -> dict[str, object]:
    return {"update_id": int(NIK), "message": {"message_id": 5, "chat": {"id": int(NIK)}, **message}}


@pytest.mark.parametrize(
    "message",
    [
        {"text": NIK},
        {"caption": f"KTP {NIK}", "photo": [{"file_id": "x", "width": 1}]},
        {"document": {"file_name": f"ktp_{NIK}.jpg", "file_id": NIK}},
        {"text": "ini", "quote": {"text": NIK, "position": 0}},
        {
            "text": "ini",
            "reply_to_message": {"message_id": 1, "text": NIK, "reply_to_message": {"caption": NIK}},
        },
    ],
)
def test_rule_35_an_update_is_masked_wherever_words_stand(message: dict[str, object]) -> None:
    payload = update(**copy.deepcopy(message))
    assert mask_update(payload)
    assert payload["update_id"] == int(NIK)
    words = repr(payload).replace(f"'update_id': {NIK}", "").replace(f"'id': {NIK}", "")
    assert NIK not in words.replace(f"'file_id': '{NIK}'", "")


def test_edited_message_is_masked_and_entities_stay() -> None:
    entities = [{"type": "bold", "offset": 17, "length": 4}]
    payload: dict[str, object] = {
        "update_id": 1,
        "edited_message": {"text": f"{NIK} tebal", "entities": copy.deepcopy(entities)},
    }
    assert mask_update(payload)
    assert payload["edited_message"] == {"text": "•" * 16 + " tebal", "entities": entities}


def test_contacts_ids_and_clean_updates_stay() -> None:
    payload = update(text="Jalan rusak", contact={"phone_number": NIK, "text": NIK, "user_id": int(NIK)})
    before = copy.deepcopy(payload)
    assert not mask_update(payload)
    assert payload == before
