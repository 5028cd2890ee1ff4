"""The city's data from spreadsheets: read, check every cell, show the differences, apply them.

`sheets` opens the file, `plans.draft` says what is wrong and what would change, `applying.apply` does it in the
caller's transaction, `seeding.seed_city` fills what is missing from the files in bot/data.
"""
