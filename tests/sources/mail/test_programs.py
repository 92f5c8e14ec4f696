"""Answers as HTML of many mail programs: what is new is found, whatever marks the rest."""

from __future__ import annotations

import pytest

from tests.sources.mail.messages import raw, read

NEW = "We will pay on Friday. The other one is wrong."
PROGRAMS = {
    "outlook desktop": (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal'
        "{margin:0}</style></head><body lang=EN-US><div class=WordSection1><p class=MsoNo"
        "rmal>We will pay on Friday.<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></"
        "p><p class=MsoNormal>The other one is wrong.<o:p></o:p></p><p class=MsoNormal><o"
        ':p>&nbsp;</o:p></p><p class=MsoNormal>Dana Whitlock<o:p></o:p></p><div style="bo'
        'rder:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in"><p class=Mso'
        "Normal><b>From:</b> AR &lt;ar@seller.example&gt; <br><b>Sent:</b> Monday, March "
        "2, 2026 3:04 PM<br><b>To:</b> Dana<br><b>Subject:</b> Invoice<o:p></o:p></p></di"
        "v><p class=MsoNormal>Please pay QUOTED</p></div></body></html>"
    ),
    "owa": (
        '<html><body><div style="font-family:Calibri">We will pay on Friday.</div><div><b'
        'r></div><div>The other one is wrong.</div><div id="appendonsend"></div><hr style'
        '="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr'
        '"><font><b>From:</b> AR &lt;ar@seller.example&gt;<br><b>Sent:</b> Monday, March '
        "2, 2026 3:04 PM<br><b>To:</b> Dana &lt;dana@x.example&gt;<br><b>Subject:</b> Inv"
        "oice</font><div>&nbsp;</div></div><div>Please pay QUOTED</div></body></html>"
    ),
    "outlook de": (
        "<html><body><p class=MsoNormal>We will pay on Friday.</p><p class=MsoNormal>&nbs"
        "p;</p><p class=MsoNormal>The other one is wrong.</p><p>&nbsp;</p><p>Mit freundli"
        "chen Grüßen<br>Dana</p><div><p><b>Von:</b> AR &lt;ar@seller.example&gt; <br><b>G"
        "esendet:</b> Montag, 2. März 2026 15:04<br><b>An:</b> Dana<br><b>Betreff:</b> Re"
        "chnung</p></div><p>Please pay QUOTED</p></body></html>"
    ),
    "gmail": (
        '<div dir="ltr">We will pay on Friday.<div><br></div><div>The other one is wrong.'
        '</div></div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" cl'
        'ass="gmail_attr">On Mon, Mar 2, 2026 at 3:04 PM AR &lt;<a href="mailto:ar@seller'
        '.example">ar@seller.example</a>&gt; wrote:<br></div><blockquote class="gmail_quo'
        'te"><div>Please pay QUOTED</div></blockquote></div>'
    ),
    "apple": (
        '<html><body style="overflow-wrap:break-word">We will pay on Friday.<div><br></di'
        'v><div>The other one is wrong.<br id="lineBreakAtBeginningOfMessage"><div><br><b'
        'lockquote type="cite"><div>On 2 Mar 2026, at 15:04, AR &lt;ar@seller.example&gt;'
        ' wrote:</div><br class="Apple-interchange-newline"><div><div>Please pay QUOTED</'
        "div></div></blockquote></div><br></div></body></html>"
    ),
    "iphone": (
        '<html><body dir="auto">We will pay on Friday.<div><br></div><div>The other one i'
        's wrong.<br><br><div dir="ltr">Sent from my iPhone</div><div dir="ltr"><br><bloc'
        'kquote type="cite">On Mar 2, 2026, at 3:04 PM, AR &lt;ar@seller.example&gt; wrot'
        'e:<br><br></blockquote></div><blockquote type="cite"><div dir="ltr">Please pay Q'
        "UOTED</div></blockquote></div></body></html>"
    ),
    "yahoo": (
        '<html><body><div class="ydp1"><div>We will pay on Friday.</div><div><br></div><d'
        'iv>The other one is wrong.</div></div><div id="ydp2" class="yahoo_quoted"><div>O'
        "n Monday, March 2, 2026 at 03:04:11 PM GMT+1, AR &lt;ar@seller.example&gt; wrote"
        ": </div><div>Please pay QUOTED</div></div></body></html>"
    ),
    "thunderbird": (
        "<html><body><p>We will pay on Friday.</p><p>The other one is wrong.<br></p><div "
        'class="moz-cite-prefix">On 02.03.26 15:04, AR wrote:<br></div><blockquote type="'
        'cite" cite="mid:x"><p>Please pay QUOTED</p></blockquote></body></html>'
    ),
    "zoho": (
        '<div>We will pay on Friday.<br><br>The other one is wrong.<br></div><div class="'
        'zmail_extra"><div>---- On Mon, 02 Mar 2026 15:04:00 +0100 <b>AR &lt;ar@seller.ex'
        "ample&gt;</b> wrote ---<br></div><blockquote>Please pay QUOTED</blockquote></div"
        ">"
    ),
    "outlook fr": (
        "<html><body><p>We will pay on Friday.</p><p>The other one is wrong.</p><p>Cordia"
        "lement,<br>Dana</p><div><p><b>De :</b> AR &lt;ar@seller.example&gt;<br><b>Envoyé"
        " :</b> lundi 2 mars 2026 15:04<br><b>À :</b> Dana<br><b>Objet :</b> Facture</p><"
        "/div><p>Please pay QUOTED</p></body></html>"
    ),
    "outlook ja": (
        "<html><body><p>We will pay on Friday.</p><p>The other one is wrong.</p><div><p><"
        "b>From:</b> AR &lt;ar@seller.example&gt;<br><b>Sent:</b> 2026年3月2日 15:04<br><b>T"
        "o:</b> 佐々木<br><b>Subject:</b> 請求書</p></div><p>Please pay QUOTED</p></body></html"
        ">"
    ),
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_answer_in_html_of(program: str) -> None:
    mail = read(raw(PROGRAMS[program], Content_Type="text/html; charset=utf-8"))
    assert " ".join(mail.new_text.split()) == NEW
    assert "QUOTED" in mail.history
