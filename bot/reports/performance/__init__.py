"""Numbers of performance: facts of indicators, the rows behind them, service times."""
