"""Every page answers with what a person needs, over real HTTP and a real database."""

from __future__ import annotations

import pytest

from tests.web.serving import Site

PAGES = (
    "/today",
    "/today/live",
    "/worklist",
    "/worklist?standing=promised&age=31-60&currency=USD&text=ce&order=amount",
    "/worklist/{item}",
    "/customers",
    "/customers/{cedar}",
    "/customers/{cedar}?tab=invoices",
    "/customers/{cedar}?tab=payments",
    "/customers/{cedar}?show=mail",
    "/payments",
    "/payments?state=proposed",
    "/review",
    "/review?kind=post_customer_payment",
    "/review/{mail}",
    "/review/{posting}",
    "/audit",
    "/audit/verify",
    "/settings",
    "/search?q=Cedar",
    "/search/results?q=1,234.50",
)


async def test_every_page_answers(site: Site) -> None:
    async with site.signed_in("controller") as browser:
        for path in PAGES:
            answer = await browser.get(path.format(**site.ids))
            assert answer.status_code == 200, (path, answer.text[:500])


@pytest.mark.parametrize("path", ["/customers/999", "/review/999", "/worklist/999", "/nowhere"])
async def test_what_is_not_there_says_so(site: Site, path: str) -> None:
    async with site.signed_in("viewer") as browser:
        answer = await browser.get(path)
    assert answer.status_code == 404
    assert "no such page" in answer.text
