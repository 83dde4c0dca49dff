"""Trying a process before it is published; read models, staging, plays, examples, past, backtest, services, jobs."""
