"""The session and transaction, base classes and column types; read base, session, ids in this order."""
