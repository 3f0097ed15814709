"""What the rework costs: the cumulative fan, year by year, and who contributes."""
