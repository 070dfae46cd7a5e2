"""The sound device: opening, feeding, watching it, and finding it again."""
