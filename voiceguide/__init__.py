"""Turns a routine script into timed spoken narration, played live or rendered to a file."""
