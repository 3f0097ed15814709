"""Cards, captions and button rows that the views are set in."""
