"""Fields of a form: a label, an editor, and clear words beside it when the input is no good."""
