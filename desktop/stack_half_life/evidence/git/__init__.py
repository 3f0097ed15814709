"""Facts from the history of a git repository that is never trusted: nothing of it is run."""
