"""Work off the window's thread: one thread, latest wins, stale answers dropped."""
