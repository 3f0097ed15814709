"""Two open stacks side by side over the same futures."""
