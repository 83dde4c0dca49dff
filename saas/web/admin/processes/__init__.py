"""Shaping processes in the browser; read desk, questions, reading, panel, rows, showing, acts, listing, offers."""
