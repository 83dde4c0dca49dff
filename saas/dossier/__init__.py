"""Whole cases as one PDF: assembly, page numbers, verification."""
