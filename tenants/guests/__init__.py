"""Accounts in cities for people from outside, read only and timed: higher auditors, and operators in an emergency."""
