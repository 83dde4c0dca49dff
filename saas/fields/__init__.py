"""Field definitions: one source for the form, the check, the display and the print."""
