"""What `voiceguide serve` hands to the application: renders by processes of this machine, files in the user's cache."""
