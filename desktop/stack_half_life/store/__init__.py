"""What is kept on disk: the profile cache, stack files and shipped data."""
