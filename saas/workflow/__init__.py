"""Processes as data: definition, engine, clocks, published versions; read definition, engine, clocks."""
