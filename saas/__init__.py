"""The platform: everything that would be the same for any authority; it names no line of work."""
