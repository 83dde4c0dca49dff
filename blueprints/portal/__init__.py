"""The citizens' pages, the lines of work as they show themselves; read entries, filling, drafts, services, views."""
