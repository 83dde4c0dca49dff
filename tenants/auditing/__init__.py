"""The record of every city from outside: the rounds that seal and report it, and the commands; read sealing."""
