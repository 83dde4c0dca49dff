"""Settings: what is declared, and the values a city gave; read declaration, checking, services, remembering."""
