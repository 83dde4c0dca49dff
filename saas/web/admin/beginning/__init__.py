"""A new process, asked for page by page; read sent, page, then people, matter, papers, public, views."""
