"""What tests count: calls, refusals, deliveries."""

import time
from collections import Counter, defaultdict


class Counters:
    """`calls` per method in lower case, `refused` answers 429, `deliveries` per chat as monotonic seconds."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self.refused = 0
        self.deliveries: defaultdict[int, list[float]] = defaultdict(list)

    def delivered(self, chat_id: int) -> None:
        self.deliveries[chat_id].append(time.monotonic())
