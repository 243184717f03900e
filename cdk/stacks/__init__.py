"""The two stacks: what must outlive an update, and what may be replaced."""
