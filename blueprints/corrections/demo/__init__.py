"""Invented people who serve or come back, shaped like the figures that bureaus publish; read stories, plan."""
