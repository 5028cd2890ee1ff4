"""Indicators in words: the tree, the card, the rows behind a fact, the chart, and what an administrator changes."""
