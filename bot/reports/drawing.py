"""A program of its own, `python -m bot.reports.drawing`: charts as JSON on stdin, pictures as JSON on stdout.

The only place that knows matplotlib. A picture is as wide as a phone shows it, its letters as large as a message's.
"""

from __future__ import annotations

import base64
import json
import sys
from io import BytesIO
from textwrap import fill, wrap
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

DPI = 160
WIDTH = 6.0
INK, QUIET, FAINT = "#1f2933", "#616e7c", "#d9dee3"
BAR, WEAK, LINE = "#1d6fa5", "#d9822b", "#1d6fa5"
LETTERS = 12
LONGEST_LABEL, LONGEST_TITLE, LONGEST_LINE = 23, 44, 64


def main() -> None:
    """Draw what stdin asks for."""
    mpl.use("agg")
    mpl.rcParams.update({"font.size": LETTERS, "text.color": INK, "axes.labelcolor": INK, "svg.hashsalt": "0"})
    charts = json.load(sys.stdin)
    json.dump([base64.b64encode(draw(chart)).decode() for chart in charts], sys.stdout)


def draw(chart: dict[str, Any]) -> bytes:
    """One chart as PNG."""
    figure = Figure(figsize=(WIDTH, _height(chart)), dpi=DPI, layout="constrained")
    axes = figure.add_subplot()
    {"bars": _bars, "line": _line}[chart["kind"]](axes, chart)
    axes.spines[["top", "right", "left", "bottom"]].set_visible(False)
    _title(figure, chart)
    made = BytesIO()
    figure.savefig(made, format="png", facecolor="white")
    return made.getvalue()


def _height(chart: dict[str, Any]) -> float:
    below = len(wrap(chart["subtitle"], LONGEST_LINE))
    head = 0.75 + 0.3 * (len(chart["title"]) > LONGEST_TITLE) + 0.2 * below + 0.15 * bool(below)
    if chart["kind"] == "line":
        return 3.4 + head
    return float(head + 0.35 + 0.52 * len(chart["labels"]))


def _title(figure: Figure, chart: dict[str, Any]) -> None:
    figure.suptitle(fill(chart["title"], LONGEST_TITLE), x=0.02, ha="left", fontsize=LETTERS + 3, fontweight="bold")
    if chart["subtitle"]:
        figure.supxlabel(fill(chart["subtitle"], LONGEST_LINE), x=0.02, ha="left", fontsize=LETTERS - 1, color=QUIET)


def _bars(axes: Axes, chart: dict[str, Any]) -> None:
    """Lying bars, the first on top: long names fit beside them."""
    values = [value if value is not None else 0.0 for value in chart["values"]]
    low, high = _ends(chart, values)
    places = list(range(len(values)))
    colours = [WEAK if place in chart["weak"] else BAR for place in places]
    axes.barh(places, [value - low for value in values], left=low, color=colours, height=0.62)
    axes.set_yticks(places, [fill(label, LONGEST_LABEL) for label in chart["labels"]], fontsize=LETTERS - 1)
    axes.set_ylim(len(values) - 0.15, -0.6)
    axes.set_xlim(low, high + (high - low) * 0.16)
    for place, value, words in zip(places, values, chart["shown"], strict=True):
        paper = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
        axes.text(max(value, low) + (high - low) * 0.02, place, words, va="center", fontweight="bold", bbox=paper)
    axes.tick_params(left=False, bottom=False, labelbottom=False)
    for value, name in chart["marks"]:
        axes.plot([value, value], [-0.5, len(values) - 0.5], color=QUIET, linewidth=1, linestyle=(0, (4, 3)), zorder=0)
        axes.text(value, len(values) - 0.45, name, ha="center", va="top", color=QUIET, fontsize=LETTERS - 2)


def _line(axes: Axes, chart: dict[str, Any]) -> None:
    """Points over time; a time without data is a gap."""
    values = chart["values"]
    low, high = _ends(chart, [value for value in values if value is not None] or [0.0])
    places = list(range(len(values)))
    axes.plot(places, [value if value is not None else float("nan") for value in values], color=LINE, linewidth=2.5)
    for place, value, words in zip(places, values, chart["shown"], strict=True):
        if value is None:
            axes.text(place, low, words, ha="center", va="bottom", color=QUIET, fontsize=LETTERS - 1)
            continue
        axes.plot(place, value, "o", color=LINE, markersize=8)
        paper = {"facecolor": "white", "edgecolor": "none", "pad": 0.5, "alpha": 0.8}
        above = {"xytext": (0, 10), "textcoords": "offset points", "ha": "center"}
        axes.annotate(words, (place, value), **above, fontweight="bold", bbox=paper)
    axes.set_xticks(places, [fill(label, 8) for label in chart["labels"]])
    axes.set_xlim(-0.45, len(values) - 0.55)
    axes.set_ylim(low, high + (high - low) * 0.12)
    axes.tick_params(left=False, bottom=False, labelleft=False)
    for value, name in chart["marks"]:
        if low <= value <= high:
            axes.axhline(value, color=FAINT, linewidth=1.2, zorder=0)
            axes.text(len(values) - 0.56, value, name, ha="right", va="bottom", color=QUIET, fontsize=LETTERS - 2)


def _ends(chart: dict[str, Any], values: list[float]) -> tuple[float, float]:
    low = chart["low"] if chart["low"] is not None else min(0.0, *values)
    high = chart["high"] if chart["high"] is not None else max(values)
    return low, high if high > low else low + 1


if __name__ == "__main__":
    main()
