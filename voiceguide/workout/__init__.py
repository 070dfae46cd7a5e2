"""A session for a watch: its steps, their repeats, and the FIT file that holds them."""
