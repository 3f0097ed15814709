"""Readers of the outside world that turn what they find into facts."""
