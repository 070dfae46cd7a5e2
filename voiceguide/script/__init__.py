"""Routine scripts: YAML text becomes a Routine and problems with their places."""
