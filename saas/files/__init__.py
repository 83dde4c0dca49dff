"""Attachments: checks, storage, reading."""
