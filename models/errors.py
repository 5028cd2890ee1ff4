"""The one exception that a rule, a guard or a service raises when the answer is no."""

from __future__ import annotations


class Refusal(Exception):  # noqa: N818 - the house's word for it
    """A named no: `code` is a snake_case name with a sentence in `bot.views.errors`, `values` fill it.

    The name goes to the log; the values are shown to the person only.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values
