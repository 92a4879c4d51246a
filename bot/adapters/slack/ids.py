"""The names Slack hands back to us: callbacks, actions, fields, and what a button carries.

A button carries which issue it was drawn for and what its reader saw, never a right: team and user always come from the
verified envelope. Names here are kept for two releases after the last message that used them.
"""

from dataclasses import dataclass

from bot.adapters.slack.values import VERSION, numbers
from bot.domain.errors import Refused
from bot.domain.issue import Issue

ACK = "rung_ack"
DECLINE = "rung_decline"
ESCALATE = "rung_escalate"
DETAILS = "rung_details"
UPDATE = "rung_update"
RESOLVE = "rung_resolve"
CONFIRM = "rung_confirm"
DISPUTE = "rung_dispute"
ANSWER = "rung_answer"
GO_ON = "rung_go_on"
KEEP = "rung_keep"
KEEP_TOP = "rung_keep_top"
GIVE_BACK = "rung_give_back"
HAND_OVER = "rung_hand_over"
HAND_TO = "rung_hand_to"
WAIT = "rung_wait"
REPLY = "rung_reply"
REPLY_WORDS = "rung_reply_words"
TOLD = "rung_told"
RATES = ("rung_rate_1", "rung_rate_2", "rung_rate_3", "rung_rate_4", "rung_rate_5")
REMARK = "rung_remark"
HELPED = "rung_helped"
NOTHING_TO_ADD = "rung_nothing_to_add"
LASTED = "rung_lasted"
CAME_BACK = "rung_came_back"
RAISE = "rung_raise"
JOIN_INSTEAD = "rung_join_instead"
DRAFT_GO_ON = "rung_draft_go_on"
DRAFT_FORGET = "rung_draft_forget"
LIST_OPEN = "rung_list_open"
LIST_PAGE = "rung_list_page"
LIST_PAGE_NEXT = "rung_list_page_next"
HOME_BACK = "rung_home_back"
HOME_MORE = "rung_home_more"
SEARCH_PAGE = "rung_search_page"
SEARCH_PAGE_NEXT = "rung_search_page_next"
MORE = "rung_more"
OPEN_TYPED = "rung_open_typed"
MORE_VERB = "rung_more_verb"
AGREE = "rung_agree"
AGREE_ALL = "rung_agree_all"
CANNOT_AGREE = "rung_cannot_agree"

SWAP_ACCEPT = "rung_swap_accept"
SWAP_DECLINE = "rung_swap_decline"
SWAP_WITHDRAW = "rung_swap_withdraw"
ONCALL_UNDO = "rung_oncall_undo"
ONCALL_PUT_IN = "rung_oncall_put_in"
ONCALL_PUT_IN_AGAIN = "rung_oncall_put_in_again"
ONCALL_TAKE_BACK = "rung_oncall_take_back"

MATRIX_PATH = "rung_matrix_path"
MATRIX_PAGE = "rung_matrix_page"
MATRIX_PAGE_NEXT = "rung_matrix_page_next"
MATRIX_WHO = "rung_matrix_who"
MATRIX_VERSIONS = "rung_matrix_versions"
MATRIX_CHANGED = "rung_matrix_changed"
MATRIX_BACK = "rung_matrix_back"
MATRIX_OPEN = "rung_matrix_open"
MATRIX_PROMISES = "rung_matrix_promises"
MATRIX_PICTURE = "rung_matrix_picture"
MATRIX_UPLOAD = "rung_matrix_upload"
MATRIX_EDIT_LEVEL = "rung_matrix_edit_level"
MATRIX_EDIT_PATH = "rung_matrix_edit_path"
MATRIX_EDIT_SCHEDULE = "rung_matrix_edit_schedule"

CLIENT_PAGES = "rung_client_pages"
CLIENT_PAGE_WITHDRAW = "rung_client_page_withdraw"

ASK_NEXT = "rung_ask_next"
ALLOW = "rung_allow"
LEAVE = "rung_leave"
APPEAL = "rung_appeal"
UPHOLD = "rung_uphold"
STAYS = "rung_stays"
OPEN_AGAIN = "rung_open_again"

FORM_RAISE = "rung_form_raise"
FORM_UPDATE = "rung_form_update"
FORM_RESOLVE = "rung_form_resolve"
FORM_DISPUTE = "rung_form_dispute"
FORM_ESCALATE = "rung_form_escalate"
FORM_BYPASS = "rung_form_bypass"
FORM_SEND_BACK = "rung_form_send_back"
FORM_APPEAL = "rung_form_appeal"
FORM_STAYS = "rung_form_stays"
FORM_WITHDRAW = "rung_form_withdraw"
FORM_RAISE_LINKED = "rung_form_raise_linked"
FORM_DECLINE = "rung_form_decline"
FORM_TAKE_ANYWAY = "rung_form_take_anyway"
FORM_CHANGE = "rung_form_change"
FORM_WAIT = "rung_form_wait"
FORM_GIVE_BACK = "rung_form_give_back"
FORM_ASSIGN = "rung_form_assign"
FORM_SNOOZE = "rung_form_snooze"
FORM_ANSWER = "rung_form_answer"
FORM_COMMENT = "rung_form_comment"
FORM_NOTE = "rung_form_note"
FORM_EDIT = "rung_form_edit"
FORM_THANK = "rung_form_thank"
FORM_HIDE = "rung_form_hide"
FORM_SHOW = "rung_form_show"
FORM_WATCH = "rung_form_watch"
FORM_TOGETHER = "rung_form_together"
FORM_MATRIX_WHO = "rung_form_matrix_who"
FORM_MATRIX_EDIT = "rung_form_matrix_edit"
FORM_MATRIX_OPEN = "rung_form_matrix_open"
FORM_MATRIX_PUBLISH = "rung_form_matrix_publish"
FORM_MATRIX_UPLOAD = "rung_form_matrix_upload"
FORM_MATRIX_PUBLISH_FILE = "rung_form_matrix_publish_file"
FORM_MATRIX_PLAN_FILE = "rung_form_matrix_plan_file"
FORM_PUT_IN = "rung_form_put_in"
FORM_PUT_IN_DO = "rung_form_put_in_do"
FORM_CANNOT_AGREE = "rung_form_cannot_agree"
FORM_CLIENT_PAGE = "rung_form_client_page"
VIEW_MATRIX = "rung_view_matrix"
VIEW_PATH = "rung_view_path"
VIEW_MORE = "rung_view_more"
VIEW_LIST = "rung_view_list"
VIEW_SEARCH = "rung_view_search"
VIEW_DETAILS = "rung_view_details"
VIEW_NOTICE = "rung_view_notice"

SHORTCUT_RAISE = "rung_raise_issue"
SHORTCUT_RAISE_FROM_MESSAGE = "rung_raise_from_message"
SHORTCUT_STRAIGHT_TO_ME = "rung_straight_to_me"

# Fields: the block_id and the action_id of an input are both its name.
FIELD_TITLE = "title"
FIELD_HAPPENED = "happened"
FIELD_TYPE = "type"
FIELD_IMPACT = "impact"
FIELD_URGENCY = "urgency"
FIELD_SINCE = "since"
FIELD_AFFECTED = "affected"
FIELD_EVIDENCE = "evidence"
FIELD_REFERENCE = "reference"
FIELD_TRIED = "tried"
FIELD_NEEDED = "needed"
FIELD_SERVICE = "service"
FIELD_CLIENT = "client"
FIELD_PRIORITY = "priority"
FIELD_AT = "at"
FIELD_REQUESTER = "requester"
FIELD_UPDATES_CHANNEL = "updates_channel"
FIELD_TEXT = "text"
FIELD_DONE = "done"
FIELD_WHY = "why"
FIELD_REASON = "reason"
FIELD_HOW = "how"
FIELD_NOTE = "note"
FIELD_WHO = "who"
FIELD_TO = "to"
FIELD_PERSON = "person"
FIELD_OTHER = "other"
FIELD_HOW = "how"
FIELD_FILE = "file"
FIELD_PROMISED_BY = "promised_by"
FIELD_REQUESTER_NAME = "requester_name"
FIELD_PRIVATE = "private"
FIELD_NAMELESS = "nameless"
FIELD_PRIORITY_REASON = "priority_reason"
FIELD_RAISED_BECAUSE = "raised_because"


@dataclass(frozen=True, slots=True)
class Carried:
    """What a button was drawn for: issue number, opening, and the place on the ladder its reader saw.

    `n` numbers what it is about, where an issue has several of that kind; 0 = it has not."""

    number: int
    opening: int = 1
    level: int = 0
    round: int = 0
    n: int = 0

    def dump(self) -> str:
        """The button's value."""
        place = f"{VERSION}|{self.number}|{self.opening}|{self.level}|{self.round}"
        return f"{place}|{self.n}" if self.n else place


def carried(issue: Issue) -> Carried:
    """What a button drawn for this issue now carries."""
    return Carried(issue.number, issue.opening, issue.ask_level, issue.position.round)


def load_carried(value: str) -> Carried | None:
    """Read a button's value; None when it is not one of ours."""
    version, _, rest = value.partition("|")
    read = numbers(rest)
    return Carried(*read) if version == VERSION and len(read) in (4, 5) else None


def with_words(carried: Carried, text: str) -> str:
    """The value of a button that carries what somebody wrote."""
    return f"{carried.dump()}\n{text}"


def load_words(value: str) -> tuple[Carried, str]:
    """Read such a value. Raises Refused when it is none of ours."""
    first, _, text = value.partition("\n")
    found = load_carried(first)
    if found is None:
        raise Refused("This button is from an older version. Please press Reply on the message above.")
    return found, text
