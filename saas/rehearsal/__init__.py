"""Trying a process before it is published.

Read models, staging, plays, examples, past, needs, comparing, backtest, queries, jobs, in this order.
"""
