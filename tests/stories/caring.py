"""A matrix that promises the requester news every hour, and asks a week later whether it lasted."""

from tests.stories.promises import HEAD, LEVELS

CARED = HEAD.replace("P1: {title: Critical}", "P1: {title: Critical, update_every: 1h}") + LEVELS.replace(
    "close_after: 2d", "close_after: 2d\n    follow_up_after: 7d"
)
LATER_ASKED = CARED.replace("follow_up_after: 7d", "follow_up_after: 20d")
