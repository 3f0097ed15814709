"""Composing a stack: its components as layers, and the search that adds to it."""
