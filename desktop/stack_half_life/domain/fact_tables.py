"""What those who write the shipped fact tables and those who read them agree on."""

LIST_SEPARATOR = "|"
"""Between the texts of a cell that holds several."""

ENDOFLIFE = "endoflife-date/endoflife.date"
"""The source of cycles with dated support, and the only one known as it stood on earlier days."""

UNLISTED = "unlisted"
"""Stands for the support of a cycle that was taken out of a list again."""
