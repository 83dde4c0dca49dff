"""The case and what happens to it; read models, numbering, queries, services."""
