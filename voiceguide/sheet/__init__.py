"""A routine on paper: its content, as HTML and as PDF."""
