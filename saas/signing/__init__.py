"""Signatures of a city over its files; read certificates, authority, models, services, signer, pdf, checking."""
