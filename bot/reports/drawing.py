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
from matplotlib.patches import Rectangle

DPI = 160
WIDTH = 6.0
INK, QUIET, FAINT = "#1f2933", "#616e7c", "#d9dee3"
BAR, WEAK, LINE = "#1d6fa5", "#d9822b", "#1d6fa5"
#: Squares from the best to the worst, then nothing, with a sign each: colours alone say nothing to one man in twelve.
SQUARES = (("#1d6fa5", "✓"), ("#e9b44c", "!"), ("#b23a48", "✗"), ("#eef1f4", ""))
LETTERS = 12
#: So many names of weeks fit below a picture.
MOST_TICKS = 6
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
    {"bars": _bars, "line": _line, "pace": _pace, "heat": _heat}[chart["kind"]](axes, chart)
    axes.spines[["top", "right", "left", "bottom"]].set_visible(False)
    _title(figure, chart)
    made = BytesIO()
    figure.savefig(made, format="png", facecolor="white")
    return made.getvalue()


def _height(chart: dict[str, Any]) -> float:
    below = len(wrap(chart["subtitle"], LONGEST_LINE))
    head = 0.75 + 0.3 * (len(chart["title"]) > LONGEST_TITLE) + 0.2 * below + 0.15 * bool(below)
    if chart["kind"] in ("line", "pace"):
        return 3.4 + head
    if chart["kind"] == "heat":
        return float(head + 0.95 + 0.42 * len(chart["labels"]))
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
        look: dict[str, Any] = {"ha": "center", "fontweight": "bold", "bbox": paper}
        axes.annotate(words, (place, value), xytext=(0, 10), textcoords="offset points", **look)
    axes.set_xticks(places, [fill(label, 8) for label in chart["labels"]])
    axes.set_xlim(-0.45, len(values) - 0.55)
    axes.set_ylim(low, high + (high - low) * 0.12)
    axes.tick_params(left=False, bottom=False, labelleft=False)
    for value, name in chart["marks"]:
        if low <= value <= high:
            axes.axhline(value, color=FAINT, linewidth=1.2, zorder=0)
            axes.text(len(values) - 0.56, value, name, ha="right", va="bottom", color=QUIET, fontsize=LETTERS - 2)


def _pace(axes: Axes, chart: dict[str, Any]) -> None:
    """What was reached beside what should have been, over time; the newest value is written out."""
    values, target = chart["values"], chart["target"]
    places = list(range(len(values)))
    low, high = _ends(chart, [value for value in (*values, *target) if value is not None] or [0.0])
    kinds = ((target, QUIET, (0, (4, 3)), 1.8), (values, LINE, "solid", 2.8))
    names = chart["legend"] or ("", "")
    for (points, colour, style, width), name in zip(kinds, reversed(names), strict=False):
        drawn = [float("nan") if point is None else point for point in points]
        axes.plot(places, drawn, color=colour, linestyle=style, linewidth=width, label=name)
    known = [place for place in places if values[place] is not None]
    for place in known[-1:]:
        axes.plot(place, values[place], "o", color=LINE, markersize=8)
        words = chart["shown"][place]
        far = (-6, -20) if target[place] is not None and values[place] < target[place] else (-6, 10)
        axes.annotate(
            words, (place, values[place]), xytext=far, textcoords="offset points", ha="right", fontweight="bold"
        )
    step = max(1, -(-len(places) // MOST_TICKS))
    axes.set_xticks(places[::step], [fill(label, 8) for label in chart["labels"][::step]])
    axes.set_ylim(low, high + (high - low) * 0.14)
    axes.tick_params(left=False, bottom=False, labelsize=LETTERS - 2, labelcolor=QUIET)
    axes.grid(axis="y", color=FAINT, linewidth=0.8)
    axes.legend(loc="upper left", frameon=False, fontsize=LETTERS - 1)


def _heat(axes: Axes, chart: dict[str, Any]) -> None:
    """A row for each person, a square for each week, with a sign in each."""
    for row, states in enumerate(chart["grid"]):
        for column, state in enumerate(states):
            colour, sign = SQUARES[state]
            axes.add_patch(Rectangle((column + 0.06, row + 0.1), 0.88, 0.8, facecolor=colour))
            axes.text(column + 0.5, row + 0.52, sign, ha="center", va="center", color=INK if sign == "!" else "white")
    axes.set_xlim(0, len(chart["columns"]))
    axes.set_ylim(len(chart["labels"]), 0)
    axes.set_yticks(
        [row + 0.5 for row in range(len(chart["labels"]))], [fill(name, LONGEST_LABEL) for name in chart["labels"]]
    )
    step = max(1, -(-len(chart["columns"]) // MOST_TICKS))
    ticks = range(0, len(chart["columns"]), step)
    axes.set_xticks([place + 0.5 for place in ticks], [chart["columns"][place] for place in ticks])
    axes.tick_params(left=False, bottom=False, labelsize=LETTERS - 1)
    signs = [Rectangle((0, 0), 1, 1, facecolor=colour) for colour, _sign in SQUARES]
    words = [f"{sign} {name}".strip() for (_colour, sign), name in zip(SQUARES, chart["legend"], strict=False)]
    axes.legend(
        signs,
        words,
        loc="upper center",
        bbox_to_anchor=(0.4, -0.55 / max(len(chart["labels"]), 1) / 0.42 * 0.45),
        ncols=len(words),
        frameon=False,
        fontsize=LETTERS - 2,
        handlelength=1,
        columnspacing=1.0,
    )


def _ends(chart: dict[str, Any], values: list[float]) -> tuple[float, float]:
    low = chart["low"] if chart["low"] is not None else min(0.0, *values)
    high = chart["high"] if chart["high"] is not None else max(values)
    return low, high if high > low else low + 1


if __name__ == "__main__":
    main()
