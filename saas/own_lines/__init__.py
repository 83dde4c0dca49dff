"""Lines of work that a city made itself in the browser; read lines, framing, then queries."""

from saas.own_lines.lines import read

__all__ = ["read"]
