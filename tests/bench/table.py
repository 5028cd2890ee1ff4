"""The measured figures as text."""

from collections.abc import Mapping, Sequence

from tests.bench.rounds import Result

HEADS = (
    "bot",
    "talks/s",
    "updates/s",
    "reaction p50/p99 ms",
    "wait p50/p99 ms",
    "CPU µs/update",
    "calls/update",
    "RSS MiB",
    "first answer s",
    "server's core",
)


def row(name: str, result: Result) -> tuple[str, ...]:
    """One line of the table."""
    return (
        name,
        f"{result.talks:.1f}",
        f"{result.updates:.0f}",
        f"{result.reaction_50:.1f} / {result.reaction_99:.1f}",
        f"{result.wait_50:.1f} / {result.wait_99:.1f}",
        f"{result.cpu:.0f}",
        f"{result.calls:.2f}",
        f"{result.rss:.0f}",
        f"{result.start:.2f}",
        f"{result.server_load:.0%}",
    )


def table(rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table, aligned, the first row being its head."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = [" | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) for cells in rows]
    rule = "-|-".join("-" * width for width in widths)
    return "\n".join(f"| {line} |" for line in [lines[0], rule, *lines[1:]])


def report(results: Mapping[str, Result]) -> str:
    """The table of one network delay."""
    return table([HEADS, *(row(name, result) for name, result in results.items())])


def ratios(ours: str, results: Mapping[str, Result]) -> list[str]:
    """Talks per second of `ours` by those of each other bot, in words."""
    return [
        f"{ours} / {name}: {results[ours].talks / other.talks:.2f} of its talks per second, "
        f"{results[ours].cpu / other.cpu:.2f} of its CPU per update"
        for name, other in results.items()
        if name != ours
    ]
