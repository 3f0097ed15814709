"""Half-life against depth: whether the stack is flipped."""
