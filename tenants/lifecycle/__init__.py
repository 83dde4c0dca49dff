"""What becomes of a city once it is open: held, let go again, renamed, reached, limited; read changing, services."""
