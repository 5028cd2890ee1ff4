"""How words reach Telegram: markup, limits, answers to who is talking, notices to everybody else."""
