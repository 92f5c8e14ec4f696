"""Users, their sessions and sign-in links, and API keys. Secrets are stored as digests only."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from store.columns import big_id, instant, ref, text_list


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
