"""The unit tree of a city, its people and their posts; read models, divisions, queries, services."""
