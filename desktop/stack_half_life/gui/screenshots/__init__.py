"""Pictures of every view and dialog, for looking at after a change."""
