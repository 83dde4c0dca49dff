"""A city's data as a whole: read tables, sealing, backup, restore, export, moving, deletion."""
