"""How the window looks: colours, type, palette and style sheet, in light and dark."""
