"""Invented matters spread over the states, and the backlog of one office; read stories, course, plan."""
