"""How Rung touches the world. Adapters translate; they are independent of each other."""
