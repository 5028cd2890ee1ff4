"""What a civil servant and a superior say about work: plan, week, digest, evaluation, recognition."""
