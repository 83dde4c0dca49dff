"""Declared figures computed from cases."""
