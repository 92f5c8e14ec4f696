"""Users, their sessions and sign-in links, and API keys. Secrets are stored as digests only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, SQLModel, col, select

from security.tokens import digest, new_secret
from store.columns import big_id, instant, ref, text_list
from store.engine import Session


class UserRow(SQLModel, table=True):
    """A person. Roles: viewer, collector, approver, controller, admin, auditor."""

    __tablename__ = "app_user"
    id: int = big_id()
    email: str = Field(unique=True)
    name: str
    role: str
    active: bool = True
    created_at: datetime = instant()


class SignInLinkRow(SQLModel, table=True):
    """A one-time sign-in link, by the digest of its secret."""

    __tablename__ = "sign_in_link"
    id: int = big_id()
    digest: str = Field(unique=True)
    user_id: int = ref("app_user.id")
    expires_at: datetime = instant()
    used_at: datetime | None = instant(nullable=True)


class WebSessionRow(SQLModel, table=True):
    """A signed-in browser, by the digest of its cookie."""

    __tablename__ = "web_session"
    id: int = big_id()
    digest: str = Field(unique=True)
    user_id: int = ref("app_user.id")
    created_at: datetime = instant()
    expires_at: datetime = instant()
    ended_at: datetime | None = instant(nullable=True)


class ApiKeyRow(SQLModel, table=True):
    """An API key: public prefix, digest of the secret, scopes. It acts for a user."""

    __tablename__ = "api_key"
    id: int = big_id()
    prefix: str = Field(unique=True)
    digest: str
    user_id: int = ref("app_user.id")
    name: str
    scopes: list[str] = text_list()
    created_at: datetime = instant()
    expires_at: datetime | None = instant(nullable=True)
    revoked_at: datetime | None = instant(nullable=True)
    last_used_at: datetime | None = instant(nullable=True)


async def add_user(session: Session, *, email: str, name: str, role: str, now: datetime) -> UserRow:
    """The user with this address: made if new, otherwise as it stands."""
    await session.exec(
        insert(UserRow)
        .values(email=email.lower(), name=name, role=role, active=True, created_at=now)
        .on_conflict_do_nothing(index_elements=["email"])
    )
    found = await session.exec(select(UserRow).where(UserRow.email == email.lower()))
    return found.one()


async def users(session: Session) -> Sequence[UserRow]:
    """Every user, by name."""
    return (await session.exec(select(UserRow).order_by(UserRow.name).limit(500))).all()


async def user_by_email(session: Session, email: str) -> UserRow | None:
    """The user with this address, active or not; compared without case."""
    return (await session.exec(select(UserRow).where(UserRow.email == email.lower()))).first()


async def user_names(session: Session) -> dict[str, str]:
    """Names by user id written as text, as actors carry it."""
    return {str(user.id): user.name for user in await users(session)}


async def create_sign_in_link(
    session: Session, user: UserRow, ttl: timedelta, now: datetime
) -> str:
    """The secret of a new one-time sign-in link for `user`; only its digest is kept."""
    secret = new_secret()
    session.add(SignInLinkRow(digest=digest(secret), user_id=user.id, expires_at=now + ttl))
    await session.flush()
    return secret


async def link_is_open(session: Session, secret: str, now: datetime) -> bool:
    """Whether the link can still be used. Asking does not use it."""
    found = await session.exec(select(SignInLinkRow).where(_open_link(secret, now)))
    return found.first() is not None


async def use_link(session: Session, secret: str, now: datetime) -> UserRow | None:
    """Use up the link; its active user, or None if it was used, is over or never was."""
    found = await session.exec(
        update(SignInLinkRow)
        .where(_open_link(secret, now))
        .values(used_at=now)
        .returning(col(SignInLinkRow.user_id))
    )
    user_id = found.scalar_one_or_none()
    user = await session.get(UserRow, user_id) if user_id is not None else None
    return user if user is not None and user.active else None


def _open_link(secret: str, now: datetime) -> ColumnElement[bool]:
    return and_(
        col(SignInLinkRow.digest) == digest(secret),
        col(SignInLinkRow.used_at).is_(None),
        col(SignInLinkRow.expires_at) > now,
    )


async def start_session(session: Session, user: UserRow, ttl: timedelta, now: datetime) -> str:
    """The secret of a new browser session; only its digest is kept."""
    secret = new_secret()
    session.add(
        WebSessionRow(digest=digest(secret), user_id=user.id, created_at=now, expires_at=now + ttl)
    )
    await session.flush()
    return secret


async def session_user(session: Session, secret: str, now: datetime) -> UserRow | None:
    """The active user whose live session this secret opens, or None."""
    found = await session.exec(
        select(UserRow)
        .join(WebSessionRow, col(WebSessionRow.user_id) == col(UserRow.id))
        .where(WebSessionRow.digest == digest(secret))
        .where(col(WebSessionRow.ended_at).is_(None), col(WebSessionRow.expires_at) > now)
        .where(col(UserRow.active))
    )
    return found.first()


async def end_session(session: Session, secret: str, now: datetime) -> None:
    """End the session that this secret opens."""
    await session.exec(
        update(WebSessionRow)
        .where(col(WebSessionRow.digest) == digest(secret), col(WebSessionRow.ended_at).is_(None))
        .values(ended_at=now)
    )


async def create_api_key(
    session: Session,
    user: UserRow,
    *,
    name: str,
    scopes: Sequence[str],
    now: datetime,
    expires_at: datetime | None = None,
) -> str:
    """A new API key, `dw_<prefix>.<secret>`; shown once, only the secret's digest is kept."""
    prefix, secret = new_secret(6).replace("_", "x").replace("-", "x"), new_secret()
    session.add(
        ApiKeyRow(
            prefix=prefix,
            digest=digest(secret),
            user_id=user.id,
            name=name,
            scopes=list(scopes),
            created_at=now,
            expires_at=expires_at,
        )
    )
    await session.flush()
    return f"dw_{prefix}.{secret}"


async def api_key(session: Session, prefix: str) -> tuple[ApiKeyRow, UserRow] | None:
    """The key with this public prefix and the user it acts for, whatever its condition."""
    found = await session.exec(
        select(ApiKeyRow, UserRow)
        .join(UserRow, col(UserRow.id) == col(ApiKeyRow.user_id))
        .where(ApiKeyRow.prefix == prefix)
    )
    row = found.first()
    return (row[0], row[1]) if row is not None else None


async def key_used(session: Session, key_id: int, now: datetime) -> None:
    """Note the use of an API key, at most once a minute."""
    stale = or_(
        col(ApiKeyRow.last_used_at).is_(None),
        col(ApiKeyRow.last_used_at) < now - timedelta(minutes=1),
    )
    await session.exec(
        update(ApiKeyRow).where(col(ApiKeyRow.id) == key_id, stale).values(last_used_at=now)
    )


async def revoke_api_key(session: Session, prefix: str, now: datetime) -> None:
    """Revoke the key with this public prefix."""
    await session.exec(
        update(ApiKeyRow).where(col(ApiKeyRow.prefix) == prefix).values(revoked_at=now)
    )


async def colleagues_by_email(session: Session, emails: Sequence[str]) -> dict[str, int]:
    """Active users by mail address, lower case."""
    found = await session.exec(
        select(UserRow.email, UserRow.id)
        .where(col(UserRow.email).in_(emails))
        .where(col(UserRow.active).is_(True))
    )
    return dict(found.all())


async def works_here(session: Session, user_id: int) -> bool:
    """Whether this is a user who may still sign in."""
    user = await session.get(UserRow, user_id)
    return user is not None and user.active


async def name_of(session: Session, user_id: int | None) -> str:
    """The name of an active user; "" of nobody and of those who left."""
    user = await session.get(UserRow, user_id) if user_id is not None else None
    return user.name if user is not None and user.active else ""
