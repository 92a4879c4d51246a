"""The last part of a secret address, as it comes in."""

LONGEST_SECRET = 200


def may_be_secret(secret: str) -> bool:
    """Nothing else is looked up: a database may stumble over signs that no address of ours has."""
    return len(secret) <= LONGEST_SECRET and secret.isascii() and secret.isprintable()
