"""Changes that leave no mark of time: a document's timestamp stays, a new one looks old."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sandbox.netsuite.store import ErpStore, quoted

_WATCHED = ("transaction", "customer")
_LINKS = ("nexttransactionlinelink", "previoustransactionlinelink")
_LISTED = (*_WATCHED, "deletedrecord", *_LINKS)
_LINES = (
    ("transactionline", "linelastmodifieddate"),
    ("transactionaccountingline", "lastmodifieddate"),
)


@contextmanager
def quietly(store: ErpStore, wall: int, utc: int) -> Iterator[None]:
    """Within it changed records keep their timestamps and new ones get those given.

    Nothing is added to the list of deletions. Belongs inside a transaction of the store.
    """
    _watch(store)
    try:
        yield
        _restore(store, wall, utc)
    finally:
        _forget(store)


def _watch(store: ErpStore) -> None:
    store.execute("CREATE TEMP TABLE _was (kind TEXT, id INTEGER, wall INTEGER, utc INTEGER)")
    store.execute("CREATE TEMP TABLE _new (kind TEXT, id INTEGER)")
    for table in _WATCHED:
        changed = ("AFTER UPDATE OF lastmodifieddate ON main.", quoted(table))
        kept = ("INSERT INTO _was VALUES (", f"'{table}',", "OLD.id, OLD.lastmodifieddate,")
        words = ("CREATE TEMP TRIGGER", f"_quiet_{table}", "".join(changed), "BEGIN", *kept)
        store.execute(" ".join((*words, "OLD._modified); END")))
    for table in _LISTED:
        key = "NEW.id" if table in _WATCHED else "NEW.rowid"
        added = ("AFTER INSERT ON main.", quoted(table))
        kept = ("INSERT INTO _new VALUES (", f"'{table}',", key)
        words = ("CREATE TEMP TRIGGER", f"_added_{table}", "".join(added), "BEGIN", *kept)
        store.execute(" ".join((*words, "); END")))


def _restore(store: ErpStore, wall: int, utc: int) -> None:
    changed = store.rows("SELECT kind, id, wall, utc FROM _was ORDER BY rowid DESC")
    added = store.rows("SELECT kind, id FROM _new")
    _drop_triggers(store)
    for kind, record_id, old_wall, old_utc in changed:
        store.update(
            str(kind), int(record_id), {"lastmodifieddate": old_wall, "_modified": old_utc}
        )
    for kind, key in added:
        _age(store, str(kind), int(key), wall, utc)
    documents = {int(row[1]) for row in (*changed, *added) if row[0] == "transaction"}
    for document_id in documents:
        _age_lines(store, document_id)


def _age(store: ErpStore, kind: str, key: int, wall: int, utc: int) -> None:
    if kind == "deletedrecord":
        store.execute("DELETE FROM deletedrecord WHERE rowid = ?", (key,))
    elif kind in _LINKS:
        words = ("UPDATE", kind, "SET lastmodifieddate = ? WHERE rowid = ?")
        store.execute(" ".join(words), (wall, key))
    else:
        created = "createddate" if kind == "transaction" else "datecreated"
        moments = {created: wall, "lastmodifieddate": wall, "_created": utc, "_modified": utc}
        store.update(kind, key, moments)


def _age_lines(store: ErpStore, document_id: int) -> None:
    wall = store.number('SELECT lastmodifieddate FROM "transaction" WHERE id = ?', (document_id,))
    for table, column in _LINES:
        words = ("UPDATE", table, "SET", column, '= ? WHERE "transaction" = ?')
        store.execute(" ".join(words), (wall, document_id))


def _drop_triggers(store: ErpStore) -> None:
    for table in _WATCHED:
        store.execute(f"DROP TRIGGER IF EXISTS _quiet_{table}")
    for table in _LISTED:
        store.execute(f"DROP TRIGGER IF EXISTS _added_{table}")


def _forget(store: ErpStore) -> None:
    _drop_triggers(store)
    for table in ("_was", "_new"):
        store.execute(f"DROP TABLE IF EXISTS temp.{table}")
