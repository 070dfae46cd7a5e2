"""Other timers' files become routine scripts: text in, a timer as data, script text out."""
