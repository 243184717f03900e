"""Every face is cleared for the use at hand, or masked, or the picture stays."""
