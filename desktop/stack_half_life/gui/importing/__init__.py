"""Looking over what was read from files before it becomes a stack."""
