"""A small IMAP4rev1 server over the mail store: enough for a mailbox to be read and watched."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable

from sandbox.mail.imap_grammar import BadCommand, Token, in_set, quoted, read_command, text
from sandbox.mail.imap_messages import fetch_items, fetched, marks_seen, search_test
from sandbox.mail.smtp import Login
from sandbox.mail.store import INBOX, MailStore

CAPABILITIES = b"IMAP4rev1 IDLE UIDPLUS LITERAL+ NAMESPACE UNSELECT ID SPECIAL-USE"
_LINE_LIMIT = 1_048_576


class _Session:
    """One connection: who is logged in, and what it has been told about the selected folder."""

    def __init__(
        self,
        store: MailStore,
        login: Login,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self._store = store
        self._login = login
        self._reader = reader
        self._writer = writer
        self._mailbox = ""
        self._folder = ""
        self._read_only = False
        self._known: list[int] = []
        self._commands: dict[str, Callable[[list[Token]], Awaitable[str]]] = {
            "LOGIN": self._log_in,
            "LIST": self._list,
            "LSUB": self._list,
            "NAMESPACE": self._namespace,
            "ID": self._id,
            "CREATE": self._create,
            "STATUS": self._status,
            "APPEND": self._append,
            "SELECT": self._select,
            "EXAMINE": self._select,
            "CLOSE": self._close,
            "UNSELECT": self._close,
            "SEARCH": self._search,
            "FETCH": self._fetch,
            "STORE": self._store_flags,
            "EXPUNGE": self._expunge,
            "CHECK": self._nothing,
            "NOOP": self._nothing,
        }

    async def run(self) -> None:
        """Greet and answer until the client leaves."""
        self._say(b"* OK [CAPABILITY %s] Larkfield IMAP ready" % CAPABILITIES)
        while True:
            await self._writer.drain()
            try:
                tokens = await read_command(self._reader, self._writer)
            except BadCommand as error:
                self._say(f"* BAD {error}".encode())
                continue
            if tokens is None or not await self._answer(tokens):
                return

    async def _answer(self, tokens: list[Token]) -> bool:
        """Carry out one command. False when the connection is to end."""
        if not all(isinstance(token, str) for token in (tokens or [[]])[:2]):
            self._say(b"* BAD a tag and a command were expected")
            return True
        tag = text(tokens[0])
        name = text(tokens[1]).upper() if len(tokens) > 1 else ""
        if name == "LOGOUT":
            self._say(b"* BYE until next time")
            self._say(f"{tag} OK done".encode())
            await self._writer.drain()
            return False
        try:
            outcome = await self._dispatch(name, tokens[2:])
        except BadCommand as error:
            outcome = f"BAD {error}"
        except IndexError:
            outcome = "BAD an argument is missing"
        self._announce()
        self._say(f"{tag} {outcome}".encode())
        return True

    async def _dispatch(self, name: str, args: list[Token]) -> str:
        self._by_uid = name == "UID"
        if self._by_uid:
            name, args = text(args[0]).upper(), args[1:]
        if name == "CAPABILITY":
            self._say(b"* CAPABILITY " + CAPABILITIES)
            return "OK done"
        command = self._commands.get(name)
        if command is None and name != "IDLE":
            return f"BAD unknown command {name[:20]}"
        if not self._mailbox and name not in ("LOGIN", "NOOP", "ID"):
            return "NO log in first"
        if name in ("SEARCH", "FETCH", "STORE", "EXPUNGE", "IDLE") and not self._folder:
            return "BAD select a folder first"
        self._examining = name == "EXAMINE"
        return await (self._idle() if command is None else command(args))

    def _say(self, line: bytes) -> None:
        self._writer.write(line + b"\r\n")

    def _announce(self) -> None:
        """Tell about messages that came or went since the client was last told."""
        if not self._folder:
            return
        current = self._store.uids(self._mailbox, self._folder)
        present = set(current)
        for index in range(len(self._known) - 1, -1, -1):
            if self._known[index] not in present:
                self._say(b"* %d EXPUNGE" % (index + 1))
                del self._known[index]
        if len(current) != len(self._known):
            self._known = current
            self._say(b"* %d EXISTS" % len(current))

    async def _nothing(self, _args: list[Token]) -> str:
        return "OK done"

    async def _log_in(self, args: list[Token]) -> str:
        if not self._login.matches(text(args[0]), text(args[1])):
            return "NO [AUTHENTICATIONFAILED] wrong user or password"
        self._mailbox = self._login.username
        return f"OK [CAPABILITY {CAPABILITIES.decode()}] logged in"

    async def _list(self, args: list[Token]) -> str:
        pattern = text(args[1])
        if pattern == "":
            self._say(b'* LIST (\\Noselect) "/" ""')
            return "OK done"
        for name in self._store.folders(self._mailbox):
            if pattern in ("*", "%") or pattern.lower() == name.lower():
                use = b"\\Sent" if name == "Sent" else b"\\HasNoChildren"
                self._say(b"* LIST (" + use + b') "/" ' + quoted(name))
        return "OK done"

    async def _namespace(self, _args: list[Token]) -> str:
        self._say(b'* NAMESPACE (("" "/")) NIL NIL')
        return "OK done"

    async def _id(self, _args: list[Token]) -> str:
        self._say(b'* ID ("name" "Larkfield IMAP")')
        return "OK done"

    async def _create(self, args: list[Token]) -> str:
        self._store.create_folder(self._mailbox, text(args[0]))
        return "OK done"

    async def _status(self, args: list[Token]) -> str:
        folder = _folder(args[0])
        validity = self._store.uid_validity(self._mailbox, folder)
        if validity is None:
            return "NO no such folder"
        uids = self._store.uids(self._mailbox, folder)
        found = (self._store.filed(self._mailbox, folder, uid) for uid in uids)
        unseen = sum(1 for message in found if message and "\\Seen" not in message.flags)
        values = {
            "MESSAGES": len(uids),
            "RECENT": 0,
            "UIDNEXT": self._store.next_uid(),
            "UIDVALIDITY": validity,
            "UNSEEN": unseen,
        }
        asked = [text(item).upper() for item in args[1]] if isinstance(args[1], list) else []
        pairs = " ".join(f"{name} {values[name]}" for name in asked if name in values)
        self._say(b"* STATUS " + quoted(folder) + f" ({pairs})".encode())
        return "OK done"

    async def _append(self, args: list[Token]) -> str:
        folder, raw = _folder(args[0]), args[-1]
        validity = self._store.uid_validity(self._mailbox, folder)
        if validity is None:
            return "NO [TRYCREATE] no such folder"
        if not isinstance(raw, bytes):
            raise BadCommand("APPEND needs a literal")
        flags = frozenset(text(f) for f in args[1]) if isinstance(args[1], list) else frozenset()
        uid = self._store.file(self._mailbox, folder, raw, flags)
        return f"OK [APPENDUID {validity} {uid}] done"

    async def _select(self, args: list[Token]) -> str:
        folder = _folder(args[0])
        validity = self._store.uid_validity(self._mailbox, folder)
        if validity is None:
            self._folder = ""
            return "NO no such folder"
        self._folder, self._read_only = folder, self._examining
        self._known = self._store.uids(self._mailbox, folder)
        self._say(b"* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)")
        self._say(b"* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen)] these last")
        self._say(b"* %d EXISTS" % len(self._known))
        self._say(b"* 0 RECENT")
        self._say(b"* OK [UIDVALIDITY %d] valid" % validity)
        self._say(b"* OK [UIDNEXT %d] next" % self._store.next_uid())
        return f"OK [{'READ-ONLY' if self._read_only else 'READ-WRITE'}] done"

    async def _close(self, _args: list[Token]) -> str:
        self._folder = ""
        return "OK done"

    async def _search(self, args: list[Token]) -> str:
        test = search_test(args, self._known)
        hits: list[int] = []
        for number, uid in enumerate(self._known, start=1):
            message = self._store.filed(self._mailbox, self._folder, uid)
            if message is not None and test(message, number):
                hits.append(uid if self._by_uid else number)
        self._say(b"* SEARCH" + b"".join(b" %d" % hit for hit in hits))
        return "OK done"

    def _chosen(self, token: Token) -> list[tuple[int, int]]:
        """(sequence number, uid) of the messages a set names."""
        pairs = list(enumerate(self._known, start=1))
        numbers = self._known if self._by_uid else [number for number, _ in pairs]
        chosen = in_set(text(token), numbers)
        return [(n, uid) for n, uid in pairs if (uid if self._by_uid else n) in chosen]

    async def _fetch(self, args: list[Token]) -> str:
        items = fetch_items(args[1])
        seen = marks_seen(items) and not self._read_only
        for number, uid in self._chosen(args[0]):
            message = self._store.filed(self._mailbox, self._folder, uid)
            if message is None:
                continue
            if seen:
                self._store.set_flags(uid, message.flags | {"\\Seen"})
            answer = fetched(message, items, with_uid=self._by_uid)
            self._say(b"* %d FETCH " % number + answer)
            await self._writer.drain()
        return "OK done"

    async def _store_flags(self, args: list[Token]) -> str:
        if self._read_only:
            return "NO the folder is read-only"
        how = text(args[1]).upper()
        given = args[2] if isinstance(args[2], list) else [args[2]]
        flags = frozenset(text(flag) for flag in given)
        for number, uid in self._chosen(args[0]):
            message = self._store.filed(self._mailbox, self._folder, uid)
            if message is None:
                continue
            kept = {"+": message.flags | flags, "-": message.flags - flags}.get(how[:1], flags)
            self._store.set_flags(uid, kept)
            if "SILENT" not in how:
                told = f"* {number} FETCH (UID {uid} FLAGS ({' '.join(sorted(kept))}))"
                self._say(told.encode())
        return "OK done"

    async def _expunge(self, args: list[Token]) -> str:
        chosen = {uid for _, uid in self._chosen(args[0])} if args else set(self._known)
        for uid in self._known:
            message = self._store.filed(self._mailbox, self._folder, uid)
            if message and uid in chosen and "\\Deleted" in message.flags:
                self._store.expunge(uid)
        return "OK done"

    async def _idle(self) -> str:
        """Push news until the client says DONE (RFC 2177)."""
        news = asyncio.Event()
        stop = self._store.watch(news.set)
        self._say(b"+ idling")
        line = asyncio.ensure_future(self._reader.readline())
        try:
            while not line.done():
                self._announce()
                await self._writer.drain()
                changed = asyncio.ensure_future(news.wait())
                await asyncio.wait({line, changed}, return_when=asyncio.FIRST_COMPLETED)
                changed.cancel()
                news.clear()
        finally:
            stop()
            line.cancel()
        return "OK done"


def _folder(token: Token) -> str:
    name = text(token)
    return INBOX if name.upper() == INBOX else name


async def serve_imap(listening: socket.socket, store: MailStore, login: Login) -> asyncio.Server:
    """Listen on a bound socket, in the running loop."""

    async def connection(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await _Session(store, login, reader, writer).run()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            return
        finally:
            writer.close()

    return await asyncio.start_server(connection, sock=listening, limit=_LINE_LIMIT)
