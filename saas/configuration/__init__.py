"""A city's configuration as a whole; read numbers, values, parcel, collecting, reading, comparing, bringing, commands."""
