"""Timed narration: actions become words (`narrate`), words and their lengths become a timeline (`layout`)."""
