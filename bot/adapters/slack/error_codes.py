"""Slack's error words and what each means for a message. A word that is not here is treated as unknown."""

from dataclasses import dataclass
from enum import StrEnum


class ErrorClass(StrEnum):
    """What to do about an error."""

    RETRY = "retry"  # certainly not accepted, and it may work later
    UNKNOWN = "unknown"  # perhaps accepted: look first
    ROUTE = "route"  # this person or place cannot be reached
    TEAM = "team"  # the token is no longer good
    KIND = "kind"  # this kind of call is not there, or not allowed
    CONTENT = "content"  # the picture or its arguments were not accepted
    GONE = "gone"  # what was to be changed is not there any more


@dataclass(frozen=True, slots=True)
class Meaning:
    """A class, and the sentence people read; empty = Slack's word is quoted."""

    kind: ErrorClass
    why: str = ""


def _all(kind: ErrorClass, codes: str, why: str = "") -> dict[str, Meaning]:
    return {code: Meaning(kind, why) for code in codes.split()}


CODES: dict[str, Meaning] = {
    # --- later -----------------------------------------------------------------------------------------------------
    **_all(
        ErrorClass.RETRY,
        "ratelimited rate_limited too_many_requests message_limit_exceeded",
        "Slack asks for a pause: too many messages.",
    ),
    **_all(
        ErrorClass.RETRY,
        "team_added_to_org external_channel_migrating",
        "Slack is moving this workspace or channel; it works again when the move is over.",
    ),
    # --- perhaps ---------------------------------------------------------------------------------------------------
    **_all(
        ErrorClass.UNKNOWN,
        "internal_error fatal_error request_timeout service_unavailable update_failed",
        "Slack had an error of its own.",
    ),
    # --- the place or person ---------------------------------------------------------------------------------------
    **_all(
        ErrorClass.ROUTE,
        "channel_not_found no_channel invalid_channel",
        "There is no such channel, or Rung may not see it. If it is private, invite Rung there.",
    ),
    **_all(
        ErrorClass.ROUTE,
        "is_archived is_inactive",
        "The channel is archived. Unarchive it or name another one.",
    ),
    **_all(
        ErrorClass.ROUTE,
        "not_in_channel",
        "Rung is not in the channel. Type /invite @Rung there and try again.",
    ),
    **_all(
        ErrorClass.ROUTE,
        "user_not_found users_not_found user_not_visible no_user invalid_users cant_dm_user",
        "There is no such person in this workspace.",
    ),
    **_all(ErrorClass.ROUTE, "user_disabled", "This person has left Slack."),
    **_all(ErrorClass.ROUTE, "cannot_dm_bot", "Rung cannot write to another bot. Name a person instead."),
    **_all(ErrorClass.ROUTE, "user_not_in_channel", "This person is not in the channel."),
    **_all(
        ErrorClass.ROUTE,
        "restricted_action restricted_action_read_only_channel restricted_action_thread_only_channel "
        "restricted_action_non_threadable_channel restricted_action_thread_locked thread_locked "
        "posting_to_channel_denied user_is_restricted channel_is_limited_access access_denied",
        "Rung may not post there. Ask an admin to allow it, or name another channel.",
    ),
    **_all(
        ErrorClass.ROUTE,
        "messages_tab_disabled",
        "Direct messages from Rung are switched off. Switch on the Messages tab in the app's settings.",
    ),
    **_all(ErrorClass.ROUTE, "method_not_supported_for_channel_type too_many_members not_enough_users"),
    # --- the token -------------------------------------------------------------------------------------------------
    **_all(
        ErrorClass.TEAM,
        "invalid_auth not_authed token_revoked token_expired account_inactive invalid_token bad_token "
        "user_removed_from_team",
        "Slack no longer accepts the bot token. Install the app again and give Rung the new token.",
    ),
    **_all(
        ErrorClass.TEAM,
        "not_allowed_token_type",
        "This is not a bot token. Rung needs the one that begins with xoxb-.",
    ),
    **_all(
        ErrorClass.TEAM,
        "team_access_not_granted team_not_found team_disabled org_login_required ekm_access_denied",
        "Slack does not let the app into this workspace. Ask an admin.",
    ),
    # --- the kind of call ------------------------------------------------------------------------------------------
    **_all(
        ErrorClass.KIND,
        "missing_scope no_permission",
        "The app lacks a permission. Add the scope in the app's settings and install it again.",
    ),
    **_all(
        ErrorClass.KIND,
        "unknown_method method_deprecated deprecated_endpoint not_implemented",
        "This Slack does not know this kind of call.",
    ),
    **_all(ErrorClass.KIND, "plan_upgrade_required", "This is not part of the workspace's Slack plan."),
    **_all(
        ErrorClass.KIND,
        "not_enabled feature_not_enabled enterprise_is_restricted accesslimited",
        "This is switched off in the workspace or in the app's settings.",
    ),
    # --- the picture -----------------------------------------------------------------------------------------------
    **_all(
        ErrorClass.CONTENT,
        "invalid_blocks invalid_blocks_format invalid_attachments msg_too_long msg_blocks_too_long no_text "
        "too_many_attachments attachment_payload_limit_exceeded too_many_contact_cards markdown_text_conflict "
        "metadata_too_large invalid_metadata_format invalid_metadata_schema metadata_must_be_sent_from_app "
        "view_too_large duplicate_external_id invalid_arguments invalid_arg_name invalid_array_arg invalid_charset "
        "invalid_form_data invalid_post_type missing_post_type invalid_json json_not_object missing_argument",
        "Slack did not accept how the message is made.",
    ),
    # --- what was to be changed ------------------------------------------------------------------------------------
    **_all(
        ErrorClass.GONE,
        "message_not_found thread_not_found cannot_reply_to_message not_found",
        "What was to be changed is not there any more.",
    ),
    **_all(
        ErrorClass.GONE,
        "cant_update_message edit_window_closed block_mismatch streaming_state_conflict hash_conflict "
        "expired_trigger_id exchanged_trigger_id invalid_trigger_id",
        "It can no longer be changed.",
    ),
}

STATUSES: dict[int, Meaning] = {
    404: Meaning(ErrorClass.KIND, "This Slack does not know this kind of call."),
    405: Meaning(ErrorClass.KIND, "This Slack does not know this kind of call."),
    429: Meaning(ErrorClass.RETRY, "Slack asks for a pause: too many messages."),
    501: Meaning(ErrorClass.KIND, "This Slack does not know this kind of call."),
}
"""For answers without a word of Slack's: a page of a proxy, or of something that only looks like Slack."""
