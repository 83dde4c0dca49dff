"""What people are told, in an inbox."""
