"""The window around the views: documents, menus, first screen, files, settings."""
