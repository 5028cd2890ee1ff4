"""What raises the capacity of civil servants: courses, who takes part, and the hours that count."""
