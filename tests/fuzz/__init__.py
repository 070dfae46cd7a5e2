"""Fuzzing: what is read from others is taken or refused, whatever its bytes are."""
