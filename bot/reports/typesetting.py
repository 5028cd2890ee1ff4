"""A program of its own, `python -m bot.reports.typesetting`: template, values, pictures as JSON in, a PDF out.

The only place that knows typst. A template reads `values.json` and `0.png`, `1.png`… beside it, and nothing else of
the machine: its root is a folder of its own, its fonts are those that typst brings along.
"""

from __future__ import annotations

import base64
import json
import shutil
import sys
import tempfile
from pathlib import Path

import typst

TEMPLATES = Path(__file__).parent / "templates"


def main() -> None:
    """Typeset what stdin asks for."""
    request = json.load(sys.stdin)
    template = TEMPLATES / f"{request['template']}.typ"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copyfile(template, folder / "main.typ")
        (folder / "values.json").write_text(json.dumps(request["values"]), encoding="utf-8")
        for number, picture in enumerate(request["pictures"]):
            (folder / f"{number}.png").write_bytes(base64.b64decode(picture))
        made = typst.compile(str(folder / "main.typ"), root=name, ignore_system_fonts=True, format="pdf")
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
