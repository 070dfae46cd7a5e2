"""What `voiceguide export` writes: albums of audio files, a podcast feed of them, workouts for watches."""
