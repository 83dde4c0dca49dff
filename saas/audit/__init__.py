"""The record of who did what; read models, services, queries."""
