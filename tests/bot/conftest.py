"""What holds for every test of the machine room."""

import pytest

from tests.bot.servers import TOKEN


@pytest.fixture(autouse=True)
def token_is_not_logged(caplog):
    caplog.set_level("DEBUG")
    yield
    assert TOKEN not in caplog.text
