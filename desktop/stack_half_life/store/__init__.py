"""What is kept on disk: the profile cache, stack files, settings and shipped data."""
