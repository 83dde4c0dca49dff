"""Trying a process before it is published.

Read models, queries, staging, plays, examples, past, needs, comparing, backtest, jobs, in this order.
"""
