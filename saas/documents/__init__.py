"""Official forms: declaration, numbers, rendering, issue; read form, issue, render."""
