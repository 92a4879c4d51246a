"""What the program can do. Each verb takes the services and a command, runs units of work, and returns an answer."""
