"""Many renders at once: jobs, the executors that run them, the journal of what is done, and plans with a row a listener."""
