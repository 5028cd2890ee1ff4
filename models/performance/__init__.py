"""What is true of the work of civil servants: indicators, plans, weeks, evaluations, recognitions."""
