"""Invented applications shaped like the figures that bureaus publish; read stories, paths, plan."""
