"""The sentences people read, as values: the same for every channel. Kind, short, who does what by when."""
