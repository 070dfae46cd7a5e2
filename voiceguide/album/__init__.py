"""What stands beside an MP3: playlist, lyrics, chapters, transcript, feed."""
