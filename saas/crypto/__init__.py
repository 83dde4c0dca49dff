"""Personal data as ciphertext; read suites, master, models, rings, sealing, blind, fields in this order."""
