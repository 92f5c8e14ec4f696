"""Only what our own border server says about a sender counts."""

from __future__ import annotations

import pytest

from sources.mail.message import Authentication
from sources.mail.trust import Trust, trust
from tests.sources.mail.messages import raw, read

DANA, ANNA = "dana@corvel.example", "anna@corvel.example"
PASSED = (
    "mx.seller.example; spf=pass (sender ok) smtp.mailfrom=dana@corvel.example; "
    "dkim=pass header.d=corvel.example; dmarc=pass (p=reject) header.from=corvel.example"
)


def level(results: str, contacts: tuple[str, ...] = (DANA,), sender: str = DANA) -> Trust:
    mail = read(raw(From=sender, Authentication_Results=results), authserv_id="mx.seller.example")
    return trust(mail, contacts)


def test_results_are_read_with_their_domains() -> None:
    mail = read(raw(Authentication_Results=PASSED), authserv_id="mx.seller.example")
    corvel = "corvel.example"
    assert mail.authentication == Authentication("pass", corvel, "pass", corvel, "pass", corvel)


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        (PASSED, Trust.PROVEN_CONTACT),
        ("mx.seller.example; spf=pass smtp.mailfrom=bounce.corvel.example", Trust.KNOWN_CONTACT),
        ("mx.seller.example; dkim=pass header.d=corvel.example", Trust.KNOWN_CONTACT),
        ("mx.seller.example; dkim=pass header.d=thief.example", Trust.KNOWN_DOMAIN),
        ("mx.seller.example; dkim=pass header.d=example", Trust.KNOWN_DOMAIN),
        ("mx.seller.example; spf=fail; dkim=fail header.d=corvel.example", Trust.KNOWN_DOMAIN),
        ("mx.seller.example; dmarc=fail header.from=corvel.example", Trust.NONE),
        ("mx.thief.example; dmarc=pass header.from=corvel.example", Trust.KNOWN_DOMAIN),
        ("", Trust.KNOWN_DOMAIN),
    ],
)
def test_levels_of_a_known_contact(results: str, expected: Trust) -> None:
    assert level(results) is expected


def test_an_unknown_person_at_a_known_domain() -> None:
    assert level(PASSED, (ANNA,)) is Trust.KNOWN_DOMAIN


def test_a_stranger_has_no_trust_however_well_signed() -> None:
    assert level(PASSED, ("someone@else.example",)) is Trust.NONE
    assert level(PASSED.replace("corvel", "corve1"), sender="dana@corve1.example") is Trust.NONE


def test_without_a_configured_border_nothing_is_believed() -> None:
    assert trust(read(raw(Authentication_Results=PASSED)), (DANA,)) is Trust.KNOWN_DOMAIN


def test_only_the_topmost_result_of_our_border_counts() -> None:
    ours = b"Authentication-Results: mx.seller.example; dmarc=fail\r\n"
    mail = read(ours + raw(Authentication_Results=PASSED), authserv_id="mx.seller.example")
    assert trust(mail, (DANA,)) is Trust.NONE
