"""Every word and keyboard: views take values and return a Screen."""
