"""The right panel: the selected component's fields and evidence, or the stack's scenario."""
