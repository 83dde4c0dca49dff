"""Numbers without gaps; read models, services."""
