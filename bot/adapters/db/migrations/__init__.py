"""The history of the schema, packaged with the program."""
