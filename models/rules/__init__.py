"""The law as pure functions: plain values in, a verdict out; `now` is an argument."""
