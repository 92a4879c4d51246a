"""What an issue is, as the card and Details show it: only what is there."""

from bot.adapters.slack.blocks.elements import FIELDS_PER_SECTION
from bot.adapters.slack.blocks.facts import asked_by, main_facts, more_facts
from bot.domain.care import Care, Company
from bot.domain.ids import UserId
from bot.domain.issue import Facts
from bot.domain.merging import merge
from bot.domain.veil import veiled
from tests.builders import ANA, NOON, QUARTER, RAVI, acknowledged, actor, facts, issue, route

FULL = Facts(
    "Title", "Story", "payments", "everyone", "now", promised_by=QUARTER, raised_because="The client waits."
)


def test_what_was_promised_and_why_it_was_raised_is_shown() -> None:
    one = issue(facts=FULL, requester=UserId("U_RITA"))
    assert dict(main_facts(one, NOON))["Promised by"]
    assert dict(more_facts(one))["Why it was raised all the same"] == "The client waits."


def test_neighbours_are_named_and_further_requesters_counted() -> None:
    company = Company(further=(UserId("U1"), UserId("U2")), links=(7, 9))
    shown = dict(more_facts(issue(company=company)))
    assert shown["Belongs to"] == "ISS-7, ISS-9"
    assert shown["Also for"] == "2 more, told about every step"


def test_where_names_are_kept_back_nobody_can_count_who_was_among_them_before() -> None:
    """After a merge the card is the same, whether or not who raised the other one had raised this one too."""
    shown = []
    for raiser in (RAVI, UserId("U_OMAR")):
        source = acknowledged(issue(facts=facts(nameless=True), raiser=raiser, requester=raiser))
        _, kept = merge(source, issue(2), actor(ANA), QUARTER)
        shown.append(dict(more_facts(veiled(kept.issue)))["Also for"])
    one = issue(facts=facts(nameless=True), company=Company(further=(UserId("U1"),)))
    assert [*shown, dict(more_facts(veiled(one)))["Also for"]] == ["others, told about every step"] * 3


def test_what_is_not_there_is_not_shown() -> None:
    labels = {label for label, _ in more_facts(issue())}
    assert not labels & {"Belongs to", "Also for", "Why it was raised all the same"}


def test_all_main_facts_fit_beside_each_other() -> None:
    full = issue(
        facts=FULL, requester=UserId("U_RITA"), route=route(service_title="Billing", client_title="Acme")
    )
    shown = [label for label, value in main_facts(full, NOON) if value]
    assert len(shown) == FIELDS_PER_SECTION


def test_of_whom_nothing_reaches_any_more_it_is_said() -> None:
    lost = Care(lost=(RAVI,))
    one = acknowledged(issue(care=lost))
    assert dict(main_facts(one, NOON))["Requester"] == "<@U_RAVI>, who cannot be reached in Slack any more"
    assert asked_by(one) == "<@U_RAVI>, who cannot be reached in Slack any more"
    absent = acknowledged(issue(care=lost, facts=facts(requester_name="Mrs Lee")))
    assert asked_by(absent) == f"Mrs Lee, who has no Slack; <@{ANA}> tells them"
