"""The whole cache as a table, and the ways to extend and refresh it."""
