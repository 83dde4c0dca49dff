"""Moving running cases to another version of their process; read models, judging, services, carrying, jobs."""
