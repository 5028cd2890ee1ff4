"""Our speed beside two rival bots, on one machine, against one fast fake server: `python -m tests.bench`.

`server` is the fake Bot API and holds the crowd, `scripts` is what a person does, `ptb_bot` and `aiogram_bot`
are the rivals, `contenders` starts the bots, `rounds` measures, `table` prints, `profile` looks inside.
"""
