"""Headers that keep a page to itself: no foreign script, frame, request or sniffing."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
# A mail is shown as it will leave, so its own inline styles count; it can run and load nothing.
MAIL_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
)
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}


class SecurityHeaders:
    """Adds the headers to every response that does not set its own."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self.app = app
        self.https = https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def hardened(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._harden(MutableHeaders(scope=message), scope["path"])
            await send(message)

        await self.app(scope, receive, hardened)

    def _harden(self, headers: MutableHeaders, path: str) -> None:
        headers.setdefault("Content-Security-Policy", POLICY)
        for name, value in _ALWAYS.items():
            headers.setdefault(name, value)
        if "cache-control" not in headers:
            static = path.startswith("/static/")
            headers["Cache-Control"] = "public, max-age=3600" if static else "no-store"
        if self.https:
            headers.setdefault("Strict-Transport-Security", "max-age=31536000")
