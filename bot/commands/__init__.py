"""The command line's words, in files by what they need: the bot at work loads nothing of the operator's tools."""
