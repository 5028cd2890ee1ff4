"""Documents for print and publication: a template and its values, typeset in a program of its own."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.reports import workers

WORKER = "bot.reports.typesetting"
#: The publication of a survey's results.
SATISFACTION = "satisfaction"


async def typeset(template: str, values: Mapping[str, Any], pictures: Sequence[bytes] = ()) -> bytes:
    """The PDF of a template (`bot/reports/templates/`) filled with plain values; WorkerError when it cannot be made.

    The values are words and figures ready for the reader; the template sees the pictures as `0.png`, `1.png` and so on.
    """
    request = {
        "template": template,
        "values": values,
        "pictures": [base64.b64encode(picture).decode() for picture in pictures],
    }
    return await workers.run(WORKER, workers.whole(json.dumps(request).encode()))
