"""The pages of revenue: every report opens, its files, its lines; who may ask NetSuite."""

from __future__ import annotations

import csv
import io
import re
from html import unescape

from openpyxl import load_workbook

from flows.revenue.reports.catalogue import REPORTS
from tests.flows.revenue.reports.ledgers import WORKED, put
from tests.flows.scene import Scene
from tests.web.serving import Site

YEAR = "from=2026-01-01&to=2026-12-31&as_of=2026-04-30"


async def test_before_anything_is_read_the_pages_say_what_will_appear(site: Site) -> None:
    async with site.signed_in("viewer") as browser:
        assert "No revenue is planned yet" in (await browser.get("/revenue")).text
        for key in REPORTS:
            shown = await browser.get(f"/revenue/reports/{key}")
            assert shown.status_code == 200, key
            assert 'class="empty"' in shown.text, key
            assert (await browser.get(f"/revenue/reports/{key}/print")).status_code == 200, key
        assert (await browser.get("/revenue/reports/none")).status_code == 404
        assert (await browser.get("/revenue/lines/9")).status_code == 404


async def test_a_figure_leads_to_its_lines_and_a_line_explains_itself(site: Site) -> None:
    await put(site.db, WORKED)
    async with site.signed_in("viewer") as browser:
        shown = (await browser.get(f"/revenue/reports/recognized?{YEAR}&basis=posted")).text
        assert "2026-04" in shown
        figure = re.search(
            r'href="(/revenue/reports/lines\?[^"]*)"[^>]*><span class="money">20', shown
        )
        assert figure is not None
        lines = (await browser.get(unescape(figure[1]))).text
        assert "falls on recognized revenue" in lines
        assert "Total USD, 3 rows" in lines
        line = re.search(r'href="(/revenue/lines/\d+)"', lines)
        assert line is not None
        told = (await browser.get(line[1])).text
    assert "even periods" in told
    assert "No event is known" in told
    assert "4000 Subscriptions" in told


async def test_the_files_hold_the_same_figures(site: Site) -> None:
    await put(site.db, WORKED)
    query = f"/revenue/reports/roll-forward{{}}?{YEAR}&to=2026-04-30"
    async with site.signed_in("viewer") as browser:
        sheet = (await browser.get(query.format(".csv"))).content.decode("utf-8-sig")
        book = load_workbook(io.BytesIO((await browser.get(query.format(".xlsx"))).content))
        paper = (await browser.get(query.format("/print"))).text
    rows = {row[0]: row for row in csv.reader(io.StringIO(sheet)) if row}
    april = ["1900.00", "USD", "0.00", "USD", "180.00", "USD", "-780.00", "USD"]
    assert rows["2026-04"][1:9] == april
    assert "<dt>Period</dt><dd>2026-01-01 to 2026-04-30</dd>" in paper
    assert "<dt>2026-04 Main</dt>" in paper
    assert "1,700.00" in paper
    found = {row[0].value: row for row in book.worksheets[0].iter_rows()}
    assert str(found["2026-04"][1].value) == "1900.0"
    assert found["2026-04"][1].number_format == "#,##0.00"


async def test_odd_questions_are_answered_with_the_usual(site: Site) -> None:
    async with site.signed_in("viewer") as browser:
        shown = await browser.get(
            "/revenue/reports/recognized?from=soon&customer=1;x&contract=%00<b>"
        )
        assert shown.status_code == 200
        assert "is not a day like" in shown.text
        assert "<b>" not in shown.text


async def test_asking_netsuite_for_balances_is_a_job_and_not_for_everybody(site: Site) -> None:
    async with site.signed_in("viewer") as browser:
        answer = await browser.post("/revenue/tie-out/read", as_of="2026-02-10")
        assert answer.status_code == 403
    async with site.signed_in("controller") as browser:
        answer = await browser.post("/revenue/tie-out/read", as_of="2026-02-10")
        assert answer.headers["location"].startswith("/revenue/reports/tie-out?")
        assert "NetSuite is being asked" in (await browser.get(answer.headers["location"])).text
    jobs = await Scene(site.db).jobs("revenue.gl.read")
    assert jobs == [{"first": "2026-02-01", "last": "2026-02-28"}]
