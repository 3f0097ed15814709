"""How often breaking release cycles can come."""

FOLLOWABLE_DAYS = 60
"""Where 0.x cycles come oftener in the median nobody could follow: they are not meant to break."""
