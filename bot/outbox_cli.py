"""`rung outbox`: words for people, exit codes for programs, no logic. 0 = fine, 1 = some failed, 2 = input."""

import click

from bot.desk_cli import BAD_INPUT, FORMAT, WORKSPACE, at_desk, end, fail


@click.group()
def outbox() -> None:
    """Messages that have not gone out: see them, try again, give one up.

    They are in the database of DATABASE_URL; Rung may be running on it. What a message says is never shown.
    """


@outbox.command("list")
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=50, show_default=True, help="How many of a kind."
)
@FORMAT
@WORKSPACE
def list_(limit: int, form: str, workspace: str) -> None:
    """List what failed for good, and what is on its way; exit code 1 when something failed."""
    from bot import outbox_desk

    end(at_desk(lambda desk: outbox_desk.listed(desk, limit), workspace), form)


@outbox.command()
@click.argument("message", type=int, required=False)
@click.option("--all", "every", is_flag=True, help="All that failed for good.")
@FORMAT
@WORKSPACE
def retry(message: int | None, every: bool, form: str, workspace: str) -> None:
    """Try a MESSAGE that failed for good once more, by its number in the list."""
    from bot import outbox_desk

    if every is (message is not None):
        fail("Name one message by its number, or say --all. rung outbox list shows them.", BAD_INPUT)
    if message is None:
        end(at_desk(outbox_desk.all_tried_again, workspace), form)
    end(at_desk(lambda desk: outbox_desk.tried_again(desk, message), workspace), form)


@outbox.command()
@click.argument("message", type=int)
@click.option("--reason", required=True, help="Why; the timeline of its issue shows it.")
@FORMAT
@WORKSPACE
def cancel(message: int, reason: str, form: str, workspace: str) -> None:
    """Give up a MESSAGE that has not gone out. Whom it was to ask counts as unreachable, and the ladder goes on."""
    from bot import outbox_desk

    end(at_desk(lambda desk: outbox_desk.cancelled(desk, message, reason), workspace), form)
