"""A mail goes to the conversation it answers only if its sender may speak there."""

from __future__ import annotations

from sources.mail.attach import (
    Attached,
    Candidates,
    KnownContact,
    KnownThread,
    MatchedBy,
    Unmatched,
    answered_ids,
    match_bounce,
    match_thread,
    reply_tokens,
)
from sources.mail.message import InboundMail
from tests.sources.mail.messages import raw, read

TOKEN = "abcdefgh23456727"
BY_TOKEN = {TOKEN: KnownThread(5, 1)}
BY_ID = {"<ours@seller.example>": KnownThread(6, 1)}
DANA = KnownContact(11, 1, "Dana@corvel.example")
OTHER = KnownContact(12, 2, "dana@corvel.example")
PUBLIC = KnownContact(13, 3, "shop@gmail.com")


def answer(sender: str = "dana@corvel.example", token: str = "", **fields: str) -> InboundMail:
    to = f"ar+t.{token}@seller.example" if token else "ar@seller.example"
    return read(raw(From=sender, To=to, **fields))


def test_the_reply_address_and_a_known_sender() -> None:
    mail = answer(token=TOKEN, In_Reply_To="<ours@seller.example>")
    assert reply_tokens(mail) == (TOKEN,)
    expected = Attached(1, MatchedBy.REPLY_ADDRESS, 5, 11)
    assert match_thread(mail, BY_TOKEN, BY_ID, [OTHER, DANA]) == expected


def test_a_token_in_delivered_to_counts_too() -> None:
    mail = answer(Delivered_To=f"AR+T.{TOKEN.upper()}@seller.example")
    assert reply_tokens(mail) == (TOKEN,)


def test_a_notice_of_absence_goes_where_delivery_reports_go() -> None:
    mail = read(raw(From="dana@corvel.example", To=f"ar+b.{TOKEN}@seller.example"))
    assert match_thread(mail, BY_TOKEN, {}, [DANA]) == Attached(1, MatchedBy.REPLY_ADDRESS, 5, 11)


def test_a_reference_when_the_token_is_gone() -> None:
    mail = answer(References="<x@y.example> <ours@seller.example>")
    assert match_thread(mail, BY_TOKEN, BY_ID, [DANA]) == Attached(1, MatchedBy.REFERENCE, 6, 11)


def test_a_colleague_of_a_contact_may_answer_without_being_one() -> None:
    mail = answer("boss@corvel.example", TOKEN)
    expected = Attached(1, MatchedBy.REPLY_ADDRESS, 5)
    assert match_thread(mail, BY_TOKEN, BY_ID, [DANA]) == expected


def test_a_stranger_with_a_stolen_token_is_not_attached() -> None:
    mail = answer("thief@bad.example", TOKEN)
    assert isinstance(match_thread(mail, BY_TOKEN, BY_ID, [DANA]), Unmatched)


def test_a_public_mail_domain_connects_nobody() -> None:
    by_token = {TOKEN: KnownThread(5, 3)}
    mail = answer("thief@gmail.com", TOKEN)
    assert isinstance(match_thread(mail, by_token, {}, [PUBLIC]), Unmatched)
    assert isinstance(match_thread(answer("x@gmail.com"), {}, {}, [PUBLIC]), Unmatched)


def test_the_sender_alone() -> None:
    assert match_thread(answer(), {}, {}, [DANA]) == Attached(1, MatchedBy.SENDER, None, 11)


def test_a_sender_at_two_customers_is_for_a_person() -> None:
    assert match_thread(answer(), {}, {}, [DANA, OTHER]) == Candidates((1, 2))


def test_an_unknown_colleague_without_a_thread_is_for_a_person() -> None:
    assert match_thread(answer("boss@corvel.example"), {}, {}, [DANA]) == Candidates((1,))


def test_nobody_we_know() -> None:
    assert isinstance(match_thread(answer("x@y.example"), {}, {}, []), Unmatched)


def test_who_answers_another_customers_conversation_means_one_of_both() -> None:
    mail = answer(token=TOKEN)
    found = match_thread(mail, {TOKEN: KnownThread(9, 44)}, {}, [DANA])
    assert found == Unmatched("it answers a conversation with another customer", (1, 44))


def test_bounces_by_token_then_by_id_else_ignored() -> None:
    daemon = "MAILER-DAEMON@mx.example"
    failed = {"X_Failed_Recipients": "a@x.example"}
    by_token = read(raw(From=daemon, To=f"ar+b.{TOKEN}@seller.example", **failed))
    by_id = read(raw(From=daemon, In_Reply_To="<ours@seller.example>", **failed))
    fake = read(raw(From=daemon, **failed))
    assert match_bounce(by_token, BY_TOKEN, {}) == Attached(1, MatchedBy.REPLY_ADDRESS, 5)
    assert match_bounce(by_id, {}, BY_ID) == Attached(1, MatchedBy.REFERENCE, 6)
    assert isinstance(match_bounce(fake, BY_TOKEN, BY_ID), Unmatched)


def test_the_nearest_answered_mail_comes_first() -> None:
    mail = answer(
        In_Reply_To="<c@x.example>", References="<a@x.example> <b@x.example> <c@x.example>"
    )
    assert answered_ids(mail) == ("<c@x.example>", "<b@x.example>", "<a@x.example>")
