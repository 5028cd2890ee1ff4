"""From Telegram's update to its committed effects: stored first, in order per person, one transaction each."""
