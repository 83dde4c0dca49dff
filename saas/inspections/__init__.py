"""Inspections: planned, drawn from frozen lists by a published seed, recorded, published, put right."""
