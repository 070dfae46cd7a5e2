"""Turns a routine script into timed spoken narration, played live or rendered to a file."""

__version__ = "0.1.0"
"""Stands here so that telling it needs no search among all that is installed."""
