"""What travels in an archive to people who have nothing of ours: the script that checks it."""
