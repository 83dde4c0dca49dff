"""The auditors' pages: looking at cases and at the record, verifying files; read blueprint, words, events, views."""
