"""Blocks put together to a listing: which line is a topic, an entry, a detail or a note, and why."""
