"""A city's own dress of documents; read body, models, queries, then checks, changing, reviewing."""
