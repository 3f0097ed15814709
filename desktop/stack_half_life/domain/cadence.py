"""How often breaking release cycles can come."""

SAME_EVENT_DAYS = 7
"""Release cycles that came out no more than so many days after another are one event with it."""

FOLLOWABLE_DAYS = 60
"""Where 0.x cycles come oftener in the median nobody could follow: they are not meant to break."""

BREAKING_BY_VERSION = (
    "By version: no source says what breaks, so a cycle does whose leading number is new; "
    f"in a line of 0.x each cycle does, unless they come oftener than every {FOLLOWABLE_DAYS} days."
)
"""What is taken as breaking where no source says it, in words to show."""
