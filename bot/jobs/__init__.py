"""Timed duties: one file each, `async run(runtime) → counts`, and one table that says when."""
