"""Futures of a stack: drawn, knocked on, priced and summed up."""
