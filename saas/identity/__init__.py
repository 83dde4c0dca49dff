"""Who acts: accounts, roles, permissions, sessions; read actor, permissions, models, services."""
