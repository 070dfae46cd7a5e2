"""What the program costs, measured: `scripts/bench`."""
