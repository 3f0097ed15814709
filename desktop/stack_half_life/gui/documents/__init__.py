"""Open stacks: what is edited, how it is undone, saved and forecast."""
