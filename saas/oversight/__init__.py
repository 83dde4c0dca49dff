"""What watches over a city's record: sealing and anchoring, verifying, reports, alerts, who saw whom; read services."""
