"""How the deployment does, in numbers for monitoring: read requests, readings, collector, probes."""
