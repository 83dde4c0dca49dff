"""Invented lists, events and model villages, shaped like the yearly figures that cities publish; read plan."""
