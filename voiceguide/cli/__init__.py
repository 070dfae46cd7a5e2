"""The command line: one file a command; only this package prints, reads files by name and exits."""
