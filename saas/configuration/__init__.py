"""A city's configuration; read numbers, values, then parcel, collecting, reading, comparing, bringing, commands."""
