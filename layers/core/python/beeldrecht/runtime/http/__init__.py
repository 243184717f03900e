"""What every API of ours shares: who calls, what may be, how it answers."""
