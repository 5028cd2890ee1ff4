"""Recognition: rules fixed before the period, who fulfils them, approval, consent, certificate."""
