"""Benchmarks: what pages cost in a full city, beside the least that the same work can cost.

Read measures (what is timed), floor (what it is held against), copies and city (where it is timed),
starting (the two commands), __main__ (the command that writes the rows).
"""
