"""HTML is read as a person looking at it would, and quotations are marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.mail.html import Page, read_html


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("a &lt;b&gt; &amp; c 2 < 3", "a <b> & c 2 < 3"),
        ("<ul><li>a<li>b</ul>", "* a\n* b"),
        ("<p>open<p>closed", "open\n\nclosed"),
        ("<style>p{}</style><script>x<p></script>text", "text"),
        ("<head><title>t</title></head>body", "body"),
        ("a<!-- no -->b<!doctype x>c", "abc"),
        ("a<!-- never closed", "a"),
        ("<script>never closed", ""),
        ("</p></div>text</b>", "text"),
        ("text <b", "text"),
        ("<table><tr><td>INV-1</td><td><p>100.00</p></td></tr></table>", "INV-1\t100.00"),
        ("<table><tr><td>a<tr><td>b</table>", "a\n\nb"),
        ("<img alt='x' src='https://x.example/p.png'>text", "text"),
        ('<a href="https://x.example">link</a>', "link"),
    ],
)
def test_layout(markup: str, text: str) -> None:
    assert read_html(markup).text == text


@pytest.mark.parametrize(
    "style",
    [
        "display:none",
        "DISPLAY : none !important",
        "visibility:hidden",
        "font-size:0",
        "font-size:1px",
        "mso-hide:all",
        "opacity:0",
        "max-height:0;overflow:hidden",
        "color:#fff",
        "color:white",
        "color: rgb(255, 255, 255)",
        "color:#123456;background:#123456",
        "text-indent:-9999px",
        "position:absolute;left:-5000px",
    ],
)
def test_what_a_reader_cannot_see_is_kept_apart(style: str) -> None:
    page = read_html(f'<p>seen</p><div style="{style}">hid<b>den</b></div><p>too</p>')
    assert page == Page("seen\n\ntoo", "hid den")


@pytest.mark.parametrize(
    "style", ["font-size:10px", "opacity:0.9", "color:#fff;background:#000", "color:red"]
)
def test_what_a_reader_can_see_is_read(style: str) -> None:
    assert read_html(f'<div style="{style}">seen</div>') == Page("seen", "")


@pytest.mark.parametrize(
    "markup",
    [
        "<div hidden>x</div>seen",
        "<body bgcolor=black><font color=black>x</font><font color=white>seen</font></body>",
        '<div style="background:#222"><div style="color:#222">x</div></div>seen',
    ],
)
def test_hiding_by_attributes_and_inherited_colours(markup: str) -> None:
    assert read_html(markup) == Page("seen", "x")


def test_quotations_of_mail_programs_are_marked() -> None:
    page = read_html(
        'new<div class="gmail_quote">On 2 Mar AR wrote:'
        '<blockquote class="gmail_quote">old<br>lines<blockquote type="cite">older</blockquote>'
        "</blockquote></div>below"
    )
    assert page.text.split("\n") == [
        "new",
        "> On 2 Mar AR wrote:",
        "> old",
        "> lines",
        "> older",
        "below",
    ]


def test_an_indented_paragraph_is_not_a_quotation() -> None:
    assert read_html('<blockquote style="margin:0 0 0 40px">new</blockquote>').text == "new"


def test_marks_of_ours_in_the_mail_change_nothing() -> None:
    assert read_html("a\ue000b\ue001c\ue002d &#xe000;e").text == "abcd e"


def test_what_is_nested_too_deep_counts_as_hidden() -> None:
    page = read_html("seen" + "<div>" * 80 + "deep" + "</div>" * 80 + "again")
    assert page == Page("seen\nagain", "deep")


def test_what_comes_after_too_many_tags_counts_as_hidden() -> None:
    page = read_html("<b>x</b>" * 20_000)
    assert set(page.text) == {"x"}
    assert len(page.text) + page.hidden.count("x") == 20_000


@given(st.text(alphabet="<>/!-=\"' abdivptrl\ue000&;#0", max_size=300))
def test_reading_never_fails(markup: str) -> None:
    assert isinstance(read_html(markup), Page)
