"""A new process, asked for page by page; read fields, pages, then views."""
