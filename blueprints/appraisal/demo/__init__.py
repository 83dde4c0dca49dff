"""Invented matters shaped like the figures that bureaus publish; read appraisals, oversight, plan."""
