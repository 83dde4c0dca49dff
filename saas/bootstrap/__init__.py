"""Two commands from a clean clone: what `make` calls, written for a Python that has nothing installed."""
