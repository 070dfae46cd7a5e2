"""Live play: transport, devices, keys and what the terminal shows."""
