"""A page for people: what the ERP holds, what arrived, and acting as a NetSuite user."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from html import escape
from urllib.parse import parse_qsl, quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sandbox.netsuite.account import Account
from sandbox.netsuite.control.backdoor import act
from sandbox.netsuite.control.forms import (
    PAGE,
    back_to,
    of_transaction,
    period_form,
    spec_of,
    whole_account,
)
from sandbox.netsuite.control.pagestyle import CSS
from sandbox.netsuite.errors import Refusal
from sandbox.netsuite.records.receivables import currency_symbol
from sandbox.netsuite.records.statuses import DOCUMENTS, status_label
from sandbox.netsuite.records.wire import amount_text
from sandbox.netsuite.wallclock import day_of
from security.tokens import same

_COOKIE = "sandbox_admin"
_MOST = 100
_STYLE = base64.b64encode(hashlib.sha256(CSS.encode()).digest()).decode()
_POLICY = (
    f"default-src 'none'; style-src 'sha256-{_STYLE}'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)


class AdminPage:
    """The page of one account, behind a form that asks for the admin token."""

    def __init__(self, account: Account, token: str) -> None:
        self._account = account
        self._token = token

    def routes(self) -> list[Route]:
        """The page, its login, and its actions."""
        return [
            Route(PAGE, self.show, methods=["GET"]),
            Route(f"{PAGE}/login", self.login, methods=["POST"]),
            Route(f"{PAGE}/act", self.act, methods=["POST"]),
        ]

    def _mark(self) -> str:
        return hashlib.sha256(f"page {self._token}".encode()).hexdigest()

    def _known(self, request: Request) -> bool:
        return same(request.cookies.get(_COOKIE, ""), self._mark())

    async def login(self, request: Request) -> Response:
        """Exchange the token for a cookie."""
        given = (await _form(request)).get("token", "")
        if not same(given, self._token):
            return _html(_login("The token is wrong."), 401)
        answer = RedirectResponse(PAGE, 303)
        answer.set_cookie(_COOKIE, self._mark(), httponly=True, samesite="strict", path="/admin")
        return answer

    async def show(self, request: Request) -> Response:
        """Transactions of a kind, a single one, periods, or what arrived."""
        if not self._known(request):
            return _html(_login(""), 401)
        asked = request.query_params
        view, told = asked.get("view", "invoice"), asked.get("told", "")
        if asked.get("id", "").isdecimal():
            body = self._one(int(asked["id"]))
        elif view == "arrived":
            body = self._arrived()
        elif view == "periods":
            body = self._periods()
        elif view == "customers":
            body = self._customers(asked.get("find", ""))
        else:
            body = self._listing(view, asked.get("find", ""))
        return _html(_frame(body, told))

    async def act(self, request: Request) -> Response:
        """Carry out an action and go back."""
        if not self._known(request) or not _same_site(request):
            return _html(_login(""), 401)
        form = await _form(request)
        back = f"{PAGE}?{back_to(form)}"
        try:
            made = act(self._account, spec_of(form)).get("id")
            told = f"Done. New id: {made}" if made else "Done."
        except (Refusal, ValueError) as error:
            told = str(error)
        return RedirectResponse(f"{back}&told={quote(told)}", 303)

    def _listing(self, view: str, text: str) -> str:
        rows = self._account.store.rows(
            'SELECT t.*, c.entityid AS who FROM "transaction" t'
            " LEFT JOIN customer c ON c.id = t.entity"
            " WHERE t.recordtype = ? AND (? = '' OR t.tranid LIKE ? OR c.entityid LIKE ?)"
            " ORDER BY t.id DESC LIMIT ?",
            (view, text, f"%{text}%", f"%{text}%", _MOST),
        )
        lines = "".join(self._line(dict(row)) for row in rows)
        head = ("Number", "Customer", "Date", "Due", "Total", "Open", "Status")
        return _search(view, text) + _table(head, lines)

    def _line(self, row: Mapping[str, object]) -> str:
        symbol = currency_symbol(self._account.store, int(str(row["currency"])))
        left = int(str(row["foreignamountunpaid"])) + int(str(row["foreignpaymentamountunused"]))
        cells = [
            f'<a href="{PAGE}?id={row["id"]}">{escape(str(row["tranid"]))}</a>',
            escape(str(row["who"] or "")),
            _day(row["trandate"]),
            _day(row["duedate"]),
            f"{amount_text(abs(int(str(row['foreigntotal']))), symbol)} {escape(symbol)}",
            amount_text(left, symbol),
            escape(status_label(str(row["type"]), str(row["status"]))),
        ]
        return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"

    def _one(self, record_id: int) -> str:
        store = self._account.store
        row = store.row(
            'SELECT t.*, c.entityid AS who FROM "transaction" t'
            " LEFT JOIN customer c ON c.id = t.entity WHERE t.id = ?",
            (record_id,),
        )
        if row is None:
            return "<p>There is no such transaction.</p>"
        head = ("Number", "Customer", "Date", "Due", "Total", "Open", "Status")
        notes = store.rows(
            "SELECT field, oldvalue, newvalue, name FROM systemnote WHERE recordid = ?"
            " ORDER BY id DESC LIMIT ?",
            (record_id, _MOST),
        )
        told = "".join(_cells(tuple(note)) for note in notes)
        links = store.rows(
            "SELECT previousdoc, nextdoc, linktype FROM nexttransactionlinelink"
            " WHERE previousdoc = ? OR nextdoc = ?",
            (record_id, record_id),
        )
        tied = "".join(_cells(tuple(link)) for link in links)
        return (
            f"<h2>{escape(str(row['trandisplayname']))}</h2>"
            + _table(head, self._line(dict(row)))
            + of_transaction(record_id)
            + "<h3>Applications</h3>"
            + _table(("Document", "Settled by", "Kind"), tied)
            + "<h3>System notes</h3>"
            + _table(("Field", "Before", "After", "Who"), told)
        )

    def _arrived(self) -> str:
        rows = self._account.store.rows(
            "SELECT at, method, path, status, body FROM _write ORDER BY number DESC LIMIT ?",
            (_MOST,),
        )
        lines = "".join(_cells((*tuple(row)[:4], str(row["body"])[:400])) for row in rows)
        return _table(("When", "Method", "Path", "Answer", "Body"), lines)

    def _customers(self, text: str) -> str:
        rows = self._account.store.rows(
            "SELECT id, entityid, altname, email FROM customer"
            " WHERE ? = '' OR entityid LIKE ? OR altname LIKE ? ORDER BY id LIMIT ?",
            (text, f"%{text}%", f"%{text}%", _MOST),
        )
        lines = "".join(_cells(tuple(row)) for row in rows)
        head = _table(("Id", "Number", "Name", "E-mail"), lines)
        return _search("customers", text) + head + whole_account()

    def _periods(self) -> str:
        rows = self._account.store.rows(
            "SELECT * FROM accountingperiod ORDER BY startdate DESC LIMIT ?", (_MOST,)
        )
        lines = "".join(
            f"<tr><td>{escape(str(row['periodname']))}</td><td>{row['closed']}</td>"
            f"<td>{period_form(_day(row['startdate']), shut=row['closed'] == 'T')}</td></tr>"
            for row in rows
        )
        return _table(("Period", "Closed", ""), lines)


def _day(seconds: object) -> str:
    return "" if seconds is None else day_of(int(str(seconds))).isoformat()


def _cells(values: tuple[object, ...]) -> str:
    shown = "".join(f"<td>{escape(str(v if v is not None else ''))}</td>" for v in values)
    return f"<tr>{shown}</tr>"


def _search(view: str, text: str) -> str:
    return (
        f'<form class="find" action="{PAGE}"><input type="hidden" name="view"'
        f' value="{escape(view)}"><label>Number or customer <input name="find"'
        f' value="{escape(text)}"></label><button>Find</button></form>'
    )


def _table(head: tuple[str, ...], lines: str) -> str:
    titles = "".join(f'<th scope="col">{escape(title)}</th>' for title in head)
    empty = f'<tr><td colspan="{len(head)}">Nothing here.</td></tr>'
    return (
        f'<div class="wide"><table><thead><tr>{titles}</tr></thead>'
        f"<tbody>{lines or empty}</tbody></table></div>"
    )


def _frame(body: str, told: str) -> str:
    views = {name: f"{document.label}s" for name, document in DOCUMENTS.items()}
    views |= {"customers": "Customers", "arrived": "What arrived", "periods": "Periods"}
    links = "".join(f'<a href="{PAGE}?view={name}">{label}</a>' for name, label in views.items())
    note = f'<p class="told" role="status">{escape(told)}</p>' if told else ""
    return f"<nav>{links}</nav><main>{note}{body}</main>"


def _login(told: str) -> str:
    note = f'<p class="told" role="alert">{escape(told)}</p>' if told else ""
    return (
        f'<main>{note}<form method="post" action="{PAGE}/login"><label>Admin token'
        ' <input name="token" type="password" autocomplete="off"></label>'
        "<button>Open</button></form></main>"
    )


def _html(body: str, status: int = 200) -> Response:
    text = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport"'
        ' content="width=device-width"><title>Sandbox ERP</title>'
        f"<style>{CSS}</style></head><body><h1>Sandbox ERP</h1>{body}</body></html>"
    )
    headers = {"Content-Security-Policy": _POLICY, "Referrer-Policy": "same-origin"}
    return Response(text, status, headers | {"Cache-Control": "no-store"}, "text/html")


def _same_site(request: Request) -> bool:
    """Whether a form was sent from this page (the header comes with every modern browser)."""
    return request.headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")


async def _form(request: Request) -> dict[str, str]:
    body = (await request.body()).decode("utf-8", "replace")[:10_000]
    return {"id": "0", **dict(parse_qsl(body))}
