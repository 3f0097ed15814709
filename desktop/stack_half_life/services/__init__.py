"""The recipes of the program, once each, for the command line and the window alike."""
