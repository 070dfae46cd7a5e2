"""Words become clips: the engines, the speaker that asks them once a phrase, the cache on disk."""
