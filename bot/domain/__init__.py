"""What is true, whoever asks: a calculator of frozen values; standard library only, no I/O, `now` is always an argument."""
