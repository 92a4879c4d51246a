"""Submitting and closing modals, and what the answers to a submission do to the stack."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.sandbox import payloads
from bot.sandbox.acks import bad_errors
from bot.sandbox.answer import Answer, answered
from bot.sandbox.elements import FIELD
from bot.sandbox.errors import NotPossible, SlackError
from bot.sandbox.form import fill, refuse_incomplete
from bot.sandbox.interactions import Interactions
from bot.sandbox.model import Json, View
from bot.sandbox.people_files import entered
from bot.sandbox.readable import interactive
from bot.sandbox.web_api.views import STACK, changed_view, checked_view, new_view

TROUBLE = "We had some trouble connecting. Try again?"


class Modals:
    """The modals people have open. The topmost one is the one they see."""

    def __init__(self, interactions: Interactions) -> None:
        self._desk = interactions
        self._world = interactions.world

    def top(self, who: str) -> View | None:
        stack = self._world.workspace.modals.get(self._world.workspace.user(who).id)
        return stack[-1] if stack else None

    def _open(self, who: str) -> View:
        view = self.top(who)
        if view is None:
            raise NotPossible(f"{who} has no modal open.")
        return view

    async def submit(self, who: str, values: Mapping[str, Any]) -> Answer:
        """Fills in the fields, submits, and does what the answer says. Raises ModalRefused before sending."""
        view = self._open(who)
        given = {name: entered(self._world, view.user, value) for name, value in values.items()}
        return await self.submit_view(who, fill(self._world.workspace, view, given))

    async def submit_view(self, who: str, view: View) -> Answer:
        """Submits a view whose fields are filled in."""
        user = self._desk.actor(who)
        if not view.payload.get("submit") or view.payload.get("submit_disabled"):
            raise NotPossible("The modal has no submit button to press.")
        refuse_incomplete(view)
        self._world.workspace.put_view(view)
        trigger = self._world.triggers.give(user.id, view.id)
        payload = payloads.view_submission(self._world, user, view, trigger, self._response_urls(view))
        ack, error = await self._desk.send(payload)
        answer = answered(ack, error)
        return replace(answer, error=error or self._apply(view, answer.body or {}))

    def _response_urls(self, view: View) -> list[Json]:
        """One for each conversation chosen in a field that asks for it."""
        urls = []
        for block_id, element in interactive(view.blocks):
            chosen = view.state.get(block_id, {}).get(element["action_id"], {})
            channel = chosen.get(FIELD.get(element["type"], ""))
            if element.get("response_url_enabled") and channel:
                url = self._desk.hooks.give(view.user, channel)
                named = {"block_id": block_id, "action_id": element["action_id"]}
                urls.append({**named, "channel_id": channel, "response_url": url})
        return urls

    def _apply(self, view: View, body: Json) -> str | None:
        """Does what the acknowledgement says; the returned text says why it could not be done."""
        act = self._ANSWERS[body.get("response_action")]
        try:
            return act(self, view, body)
        except SlackError as refused:
            detail = refused.extra.get("response_metadata", {}).get("messages", "")
            return f"illegal_ack: {refused.code} {detail}"

    def _close_one(self, view: View, body: Json) -> str | None:
        self._world.workspace.close_view(view)
        return None

    def _errors(self, view: View, body: Json) -> str | None:
        wrong = bad_errors(view, body["errors"])
        if wrong is not None:
            return f"illegal_ack: {wrong}"
        current = self._world.workspace.view(view.id) or view
        self._world.workspace.put_view(replace(current, errors=dict(body["errors"])))
        return None

    def _update(self, view: View, body: Json) -> str | None:
        payload = checked_view(self._world, body["view"], "modal")
        current = self._world.workspace.view(view.id) or view
        self._world.workspace.put_view(changed_view(self._world, current, payload))
        return None

    def _push(self, view: View, body: Json) -> str | None:
        if len(self._world.workspace.modals.get(view.user, ())) >= STACK:
            return "illegal_ack: push_limit_reached"
        payload = checked_view(self._world, body["view"], "modal")
        self._world.workspace.put_view(new_view(self._world, view.user, "modal", payload, view))
        return None

    def _clear(self, view: View, body: Json) -> str | None:
        self._world.workspace.clear_modals(view.user)
        return None

    _ANSWERS: Mapping[str | None, Callable[[Modals, View, Json], str | None]] = {
        None: _close_one,
        "errors": _errors,
        "update": _update,
        "push": _push,
        "clear": _clear,
    }

    async def close(self, who: str, view_id: str | None = None, everything: bool = False) -> Answer | None:
        """Cancels the top modal, or the whole stack; the app hears of it if the view asks for that."""
        user = self._desk.actor(who)
        view = self._open(who)
        if view_id is not None and view.id != view_id:
            raise NotPossible("Another modal lies on top of that one.")
        everything = everything or bool(view.payload.get("clear_on_close"))
        self._world.workspace.close_view(view)
        if everything:
            self._world.workspace.clear_modals(user.id)
        if not view.payload.get("notify_on_close"):
            return None
        ack, error = await self._desk.send(payloads.view_closed(self._world, user, view, everything))
        return answered(ack, error)
