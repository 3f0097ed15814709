"""How forecasts made in the past would have done."""
