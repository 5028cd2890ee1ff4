"""What can be done about the work of civil servants: plan, report, follow, evaluate, recognise."""
