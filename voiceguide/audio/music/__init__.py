"""Music under a session: files and folders of any length, decoded once, levelled, looped and faded."""
