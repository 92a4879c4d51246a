"""What is true, whoever asks: frozen values, the standard library only, no I/O; `now` is always an argument."""
