"""Sound as samples: clips, loudness, the mixer, and the files it is written to."""
