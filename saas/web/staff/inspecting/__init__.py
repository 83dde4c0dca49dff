"""The console's pages of inspections: lists, planning, the acts on a plan, the forms of its objects."""
