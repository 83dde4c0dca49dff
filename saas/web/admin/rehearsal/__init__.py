"""Trying a draft in the browser; read frame, verb_forms, questions, playpage, play, scenarios, backtests."""
