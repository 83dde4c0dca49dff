"""A city's configuration; read queries, numbers, values, then parcel, collecting, reading, comparing, bringing."""
