"""The settings of a city; read listing, changing."""
