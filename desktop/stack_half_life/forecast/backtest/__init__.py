"""Forecasts made at past dates from what was known then, scored against what happened."""
