"""Trying a draft in the browser; read frame, questions, playpage, play, scenarios, backtests."""
