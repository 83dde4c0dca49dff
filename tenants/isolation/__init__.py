"""Trying every known way from one city to another on the live database; read attacks, attempt, verification."""
