"""What operators ask for that takes longer than a request; read asking, kinds, running, shelf."""
