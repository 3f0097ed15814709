"""The timeline: facts left of today, expected work right of it."""
