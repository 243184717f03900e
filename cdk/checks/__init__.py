"""What synthesis refuses to write."""
