"""What the invented city's civil servants plan, report and are judged by."""
