"""Registers: the institutions, licensed people, venues and volunteers that a line of work supervises or keeps."""
