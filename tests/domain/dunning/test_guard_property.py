"""Whatever surrounds it: what is not a fact is flagged."""

from __future__ import annotations

import html as markup

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from domain.dunning.guard import FinalMessage, check
from domain.ledger.money import Money
from tests.domain.dunning.texts import facts, mail

FACTS = facts(
    "INV-10432 1200.00 USD due 2026-03-02 po PO-771", "INV-10433 845.10/500.00 USD due 2026-03-09"
)
HONEST = (
    "Hello Dana,",
    "Invoice INV-10432 over USD 1,200.00 was due on March 2, 2026.",
    "INV-10433 ($500.00 open) is 9 days overdue.",
    "In total USD 1,700.00 is overdue.",
    "Your purchase order PO-771 belongs to INV-10432.",
    "Pay at https://pay.halden.example/a or ask ar@halden.example.",
    "Kind regards, Halden Robotics",
)
AROUND = st.lists(
    st.one_of(st.sampled_from(HONEST), st.text(alphabet="abc, .!?\n()-:", max_size=30)), max_size=4
)
KNOWN = {120000, 84510, 50000, 34510, 170000, 204510}
AMOUNTS = st.builds(
    lambda minor, form: form(minor),
    st.integers(100, 99_999_999).filter(lambda n: n not in KNOWN and n * 100 not in KNOWN),
    st.sampled_from(
        [
            lambda n: f"USD {n // 100:,}.{n % 100:02d}",
            lambda n: f"${n // 100}.{n % 100:02d}",
            lambda n: f"{n // 100}.{n % 100:02d} USD",
            lambda n: f"{n // 100:,}.{n % 100:02d}".translate(str.maketrans(",.", ".,")) + " $",
            lambda n: f"{n // 100:,}.{n % 100:02d}".replace(",", "\u202f") + " dollars",
        ]
    ),
)
NUMBERS = st.builds(
    lambda prefix, n: f"{prefix}{n}",
    st.sampled_from(["INV-", "INV ", "Invoice ", "RE-", "#", "No. ", "PO-", "PO "]),
    st.integers(2101, 9_999_999).filter(lambda n: n not in (10432, 10433)),
)
LINKS = st.builds(
    lambda scheme, host, path: f"{scheme}{host}/{path}",
    st.sampled_from(["https://", "http://", "", "//", "ftp://"]),
    st.from_regex(r"[a-z]{3,10}\.(com|net|io|example|de)", fullmatch=True),
    st.from_regex(r"[a-z]{0,8}", fullmatch=True),
)
ADDRESSES = st.from_regex(r"[a-z]{2,8}@[a-z]{3,8}\.(com|example)", fullmatch=True)
FOREIGN = st.one_of(AMOUNTS, NUMBERS, LINKS, ADDRESSES)


@given(AROUND, FOREIGN, AROUND, st.sampled_from([" ", "\n", "\n\n"]))
@settings(max_examples=300, deadline=None)
def test_foreign_facts_are_flagged_in_the_text(
    before: list[str], foreign: str, after: list[str], glue: str
) -> None:
    text = glue.join([*before, foreign, *after])
    assert check(mail(text), FACTS)


@given(AROUND, FOREIGN, AROUND, st.data())
@settings(max_examples=300, deadline=None)
def test_foreign_facts_are_flagged_in_html_even_cut_by_markup(
    before: list[str], foreign: str, after: list[str], data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(foreign)))
    tag = data.draw(
        st.sampled_from(["<b></b>", "<span>", "<i>x</i>".replace("x", ""), "<wbr>", ""])
    )
    inner = markup.escape(foreign[:cut]) + tag + markup.escape(foreign[cut:])
    parts = [f"<p>{markup.escape(p)}</p>" for p in before]
    parts += [f"<p>{inner}</p>", *(f"<p>{markup.escape(p)}</p>" for p in after)]
    assert check(mail("Hello Dana,", "".join(parts)), FACTS)


@given(AROUND, st.emails())
@settings(max_examples=80, deadline=None)
def test_foreign_recipients_are_flagged(around: list[str], address: str) -> None:
    assume(address.casefold() not in ("dana@corvel.example", "ar@halden.example"))
    for to, cc, bcc in (
        ((address,), (), ()),
        (("dana@corvel.example",), (address,), ()),
        (("dana@corvel.example",), (), (address,)),
    ):
        message = FinalMessage("ar@halden.example", to, "Hi", "\n".join(around), cc=cc, bcc=bcc)
        assert any(v.kind.value == "recipient" for v in check(message, FACTS))


@given(st.lists(st.sampled_from(HONEST), unique=True))
@settings(max_examples=100, deadline=None)
def test_true_sentences_pass_in_any_order(sentences: list[str]) -> None:
    text = "\n\n".join(sentences)
    html = "".join(f"<p>{markup.escape(s)}</p>" for s in sentences)
    assert check(mail(text, html), FACTS) == ()


@given(st.text(max_size=300), st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_no_text_breaks_the_guard(text: str, html: str) -> None:
    for violation in check(mail(text, html), FACTS):
        assert violation.detail


@given(st.integers(1, 10**8).filter(lambda n: n not in KNOWN))
@settings(max_examples=150, deadline=None)
def test_an_amount_in_another_currency_is_flagged(minor: int) -> None:
    text = str(Money(minor, "EUR"))
    assert check(mail(f"Please pay {text} for INV-10432."), FACTS)
