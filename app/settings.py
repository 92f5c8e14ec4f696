"""Every setting: read once, checked, frozen. The one place that reads the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Literal, TypeVar, cast

from app.bank_settings import BankSettings, read_bank
from app.hubspot_settings import HubSpotSettings, read_hubspot
from app.netsuite_settings import NetSuiteSettings, Reader
from app.options import OPTIONS, Option
from app.salesforce_settings import SalesforcePolling, read_salesforce
from app.slack_settings import SlackSettings, read_routes, read_slack
from app.webhook_settings import SECRET, URLS, WebhookSettings, read_webhooks

Security = Literal["none", "starttls", "tls"]
_Part = TypeVar("_Part")
_LEVELS = ("debug", "info", "warning", "error")


class SettingsError(Exception):
    """The settings are incomplete or contradict each other; each line names one and its fix."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


@dataclass(frozen=True, slots=True)
class MailSettings:
    """Who writes, through which server, and where answers arrive."""

    from_address: str
    from_name: str
    smtp: tuple[str, int, str, str] = field(repr=False)
    smtp_security: Security
    imap: tuple[str, int, str, str] | None = field(repr=False)
    imap_security: Security
    sent_folder: str
    inbound_secrets: tuple[str, ...] = field(repr=False)
    trusted_authserv: str
    settles_seconds: int


@dataclass(frozen=True, slots=True)
class StripeSettings:
    """Stripe's key, the webhook's secrets, and another base address for tests."""

    api_key: str = field(repr=False)
    webhook_secrets: tuple[str, ...] = field(repr=False)
    api_base: str


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """Any OpenAI-compatible server."""

    api_key: str = field(repr=False)
    base_url: str
    model: str


@dataclass(frozen=True, slots=True)
class SandboxSettings:
    """The demo's world on loopback."""

    url: str
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the service is told from outside. Parts that are not configured are None."""

    database_url: str = field(repr=False)
    data_dir: Path
    public_url: str
    host: str
    port: int
    secret_key: str = field(repr=False)
    tenant: str
    company_name: str
    policy_dir: Path | None
    clock_file: Path | None
    log_level: str
    sync_seconds: int
    mail_poll_seconds: int
    sweep_seconds: int
    netsuite: NetSuiteSettings | None
    mail: MailSettings | None
    stripe: StripeSettings | None
    model: ModelSettings | None
    sandbox: SandboxSettings | None
    webhooks: WebhookSettings | None
    bank: BankSettings
    hubspot: HubSpotSettings | None
    slack: SlackSettings | None
    salesforce: SalesforcePolling | None
    notice_routes: Mapping[str, str]
    collections_for_new: bool


def environment() -> dict[str, str]:
    """The process environment."""
    return dict(os.environ)


def silence_tracing() -> None:
    """Forget inherited settings that would make LangGraph report runs to an outside service."""
    for name in [name for name in os.environ if name.startswith(("LANGSMITH_", "LANGCHAIN_"))]:
        del os.environ[name]


def read_file(path: Path) -> dict[str, str]:
    """KEY=VALUE lines; blank lines and lines that begin with # are skipped.

    Raises SettingsError naming every line that is something else.
    """
    found: dict[str, str] = {}
    problems: list[str] = []
    for number, line in enumerate(_text_of(path).splitlines(), 1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        name, separator, value = (part.strip() for part in stripped.partition("="))
        if not separator:
            problems.append(f"{path.name} line {number}: write NAME=value")
        elif name not in OPTIONS:
            problems.append(f"{path.name} line {number}: there is no setting {name}{_like(name)}")
        elif name in found:
            problems.append(f"{path.name} line {number}: {name} is set twice; keep one")
        found[name] = value.strip('"')
    if problems:
        raise SettingsError(problems)
    return found


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise SettingsError([f"{path.name} is not text in UTF-8: save it as such"]) from None
    except OSError as error:
        raise SettingsError([f"{path} cannot be read: {error.strerror}"]) from None


def _like(name: str) -> str:
    near = get_close_matches(name, OPTIONS, n=1)
    return f"; did you mean {near[0]}?" if near else ""


def given() -> dict[str, str]:
    """The environment over the file named by DUNWELL_SETTINGS_FILE. Raises SettingsError."""
    return _with_file(environment())


def _with_file(values: dict[str, str]) -> dict[str, str]:
    name = values.get("DUNWELL_SETTINGS_FILE")
    if not name:
        return values
    if not Path(name).is_file():
        raise SettingsError([f"DUNWELL_SETTINGS_FILE: there is no file {Path(name)}"])
    return read_file(Path(name)) | values


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Read and check every setting. Raises SettingsError naming each wrong one and its fix.

    A file named by DUNWELL_SETTINGS_FILE is read first; the environment wins over it.
    """
    values = environment() if environ is None else dict(environ)
    return _Reader(_with_file(values)).settings()


class _Reader:
    """Collects problems while it reads, so that all of them are told at once."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self._given = given
        self._problems: list[str] = []

    def settings(self) -> Settings:
        result = Settings(
            database_url=self._database_url(),
            data_dir=Path(self._text("DUNWELL_DATA_DIR")).absolute(),
            public_url=self._address("DUNWELL_PUBLIC_URL"),
            host=self._text("DUNWELL_HOST"),
            port=self._port("DUNWELL_PORT"),
            secret_key=self._secret_key(),
            tenant=self._text("DUNWELL_TENANT"),
            company_name=self._text("DUNWELL_COMPANY_NAME"),
            policy_dir=self._path("DUNWELL_POLICY_DIR"),
            clock_file=self._path("DUNWELL_CLOCK_FILE"),
            log_level=self._log_level(),
            sync_seconds=self._number("DUNWELL_SYNC_SECONDS", 1),
            mail_poll_seconds=self._number("DUNWELL_MAIL_POLL_SECONDS", 1),
            sweep_seconds=self._number("DUNWELL_SWEEP_SECONDS", 1),
            netsuite=self._netsuite(),
            mail=self._mail(),
            stripe=self._stripe(),
            model=self._model(),
            sandbox=self._sandbox(),
            webhooks=self._kept(read_webhooks(self._text(URLS), self._text(SECRET))),
            bank=self._kept(read_bank(self._text, self._number)),
            hubspot=self._kept(read_hubspot(self._text, self._number, self._address)),
            slack=self._kept(read_slack(self._text, self._number, self._address)),
            salesforce=self._kept(read_salesforce(self._text, self._number, self._address)),
            notice_routes=self._kept(read_routes(self._text("DUNWELL_NOTICE_ROUTES"))),
            collections_for_new=self._choice("DUNWELL_COLLECTIONS_FOR_NEW", ("off", "on")) == "on",
        )
        if self._problems:
            raise SettingsError(self._problems)
        return result

    def _option(self, name: str) -> Option:
        return OPTIONS[name]

    def _text(self, name: str) -> str:
        value = self._given.get(name, "")
        return value if value else self._option(name).default

    def _number(self, name: str, least: int = 0, most: int = 10**9) -> int:
        text = self._text(name)
        if not re.fullmatch(r"[0-9]{1,10}", text):
            self._problem(name, f"must be a whole number, not {text!r}")
            return least
        if not least <= int(text) <= most:
            self._problem(name, f"must be from {least} to {most}, not {text}")
        return int(text)

    def _port(self, name: str) -> int:
        return self._number(name, 1, 65535)

    def _address(self, name: str) -> str:
        """An http or https address, without the slash at its end."""
        text = self._text(name)
        if text and not re.fullmatch(r"https?://[^\s/?#]+[^\s?#]*", text):
            self._problem(name, f"must look like https://host.example, not {text!r}")
        return text.rstrip("/")

    def _numbers(self, name: str) -> tuple[int, ...]:
        parts = [part.strip() for part in self._text(name).split(",") if part.strip()]
        if not parts or not all(part.isdecimal() for part in parts):
            self._problem(name, "must be whole seconds separated by commas, for example 30,120")
            return (30,)
        return tuple(int(part) for part in parts)

    def _path(self, name: str) -> Path | None:
        text = self._text(name)
        return Path(text).absolute() if text else None

    def _choice(self, name: str, choices: tuple[str, ...]) -> str:
        text = self._text(name)
        if text not in choices:
            self._problem(name, f"must be one of {', '.join(choices)}, not {text!r}")
            return choices[0]
        return text

    def _problem(self, name: str, words: str) -> None:
        self._problems.append(f"{name}: {words}")

    def _kept(self, read: tuple[_Part, list[tuple[str, str]]]) -> _Part:
        """A part as read elsewhere; what is wrong with it is told with the rest."""
        part, problems = read
        for name, words in problems:
            self._problem(name, words)
        return part

    def _need(self, names: tuple[str, ...], because: str) -> None:
        for name in names:
            if not self._text(name):
                self._problem(name, f"is missing: {because}")

    def _database_url(self) -> str:
        url = self._text("DATABASE_URL")
        if url and not url.startswith(("postgresql://", "postgres://", "postgresql+psycopg://")):
            self._problem("DATABASE_URL", "must start with postgresql:// (PostgreSQL 14 or newer)")
        return url

    def _log_level(self) -> str:
        level = self._text("DUNWELL_LOG_LEVEL").lower()
        if level not in _LEVELS:
            self._problem("DUNWELL_LOG_LEVEL", f"must be one of {', '.join(_LEVELS)}")
        return level.upper()

    def _secret_key(self) -> str:
        key = self._text("DUNWELL_SECRET_KEY")
        if key and len(key) < 32:
            self._problem("DUNWELL_SECRET_KEY", "must have at least 32 characters")
        return key

    def _netsuite(self) -> NetSuiteSettings | None:
        account = self._text("NETSUITE_ACCOUNT_ID")
        if not account:
            for name in ("NETSUITE_CLIENT_ID", "NETSUITE_TBA_TOKEN_ID", "NETSUITE_BASE_URL"):
                if self._text(name):
                    self._problem(name, "is set, but NETSUITE_ACCOUNT_ID is not: set that too")
            return None
        auth = self._choice("NETSUITE_AUTH", ("oauth2", "tba"))
        oauth = ("NETSUITE_CLIENT_ID", "NETSUITE_CERTIFICATE_ID", "NETSUITE_PRIVATE_KEY_FILE")
        tba = ("CONSUMER_KEY", "CONSUMER_SECRET", "TOKEN_ID", "TOKEN_SECRET")
        tba_names = tuple(f"NETSUITE_TBA_{part}" for part in tba)
        self._need(oauth if auth == "oauth2" else tba_names, f"NETSUITE_AUTH is {auth}")
        key_file = self._path("NETSUITE_PRIVATE_KEY_FILE")
        if auth == "oauth2" and key_file and not key_file.is_file():
            self._problem("NETSUITE_PRIVATE_KEY_FILE", f"there is no file {key_file}")
        values = [self._text(name) for name in tba_names]
        reader = Reader(self._text)
        conventions, fields, ledger = reader.conventions(), reader.fields(), reader.ledger()
        self._problems += [f"{name}: {words}" for name, words in reader.problems]
        return NetSuiteSettings(
            account_id=account,
            base_url=self._address("NETSUITE_BASE_URL"),
            auth=cast("Literal['oauth2', 'tba']", auth),
            client_id=self._text("NETSUITE_CLIENT_ID"),
            certificate_id=self._text("NETSUITE_CERTIFICATE_ID"),
            private_key_file=key_file,
            tba=(values[0], values[1], values[2], values[3]),
            max_concurrency=self._number("NETSUITE_MAX_CONCURRENCY", 1, 100),
            read_seconds=self._number("NETSUITE_READ_SECONDS", 1, 3600),
            write_seconds=self._number("NETSUITE_WRITE_SECONDS", 1, 3600),
            payment_account_id=self._text("NETSUITE_PAYMENT_ACCOUNT_ID"),
            base_currency=self._text("NETSUITE_BASE_CURRENCY"),
            look_seconds=self._numbers("NETSUITE_LOOK_SECONDS"),
            conventions=conventions,
            fields=fields,
            ledger=ledger,
        )

    def _server(self, kind: str) -> tuple[str, int, str, str]:
        return (
            self._text(f"{kind}_HOST"),
            self._port(f"{kind}_PORT"),
            self._text(f"{kind}_USERNAME"),
            self._text(f"{kind}_PASSWORD"),
        )

    def _mail(self) -> MailSettings | None:
        if not self._text("SMTP_HOST"):
            for name in ("MAIL_FROM", "IMAP_HOST"):
                if self._text(name):
                    self._problem("SMTP_HOST", f"is missing: {name} is set; set both or neither")
            return None
        self._need(("MAIL_FROM",), "SMTP_HOST is set, and every mail needs a sender")
        self._mail_logins()
        secrets = [part.strip() for part in self._text("MAIL_INBOUND_SECRET").split(",")]
        kinds = ("none", "starttls", "tls")
        return MailSettings(
            from_address=self._text("MAIL_FROM"),
            from_name=self._text("MAIL_FROM_NAME"),
            smtp=self._server("SMTP"),
            smtp_security=cast("Security", self._choice("SMTP_SECURITY", kinds)),
            imap=self._server("IMAP") if self._text("IMAP_HOST") else None,
            imap_security=cast("Security", self._choice("IMAP_SECURITY", kinds)),
            sent_folder=self._text("MAIL_SENT_FOLDER"),
            inbound_secrets=tuple(part for part in secrets if part),
            trusted_authserv=self._text("MAIL_TRUSTED_AUTHSERV"),
            settles_seconds=self._number("MAIL_SETTLES_SECONDS"),
        )

    def _mail_logins(self) -> None:
        sender = self._text("MAIL_FROM")
        if sender and not re.fullmatch(r"[^\s@<>,]+@[^\s@<>,]+", sender):
            self._problem("MAIL_FROM", f"must be one address like ar@company.example: {sender!r}")
        if self._text("SMTP_USERNAME"):
            self._need(("SMTP_PASSWORD",), "SMTP_USERNAME is set")
        if self._text("IMAP_HOST"):
            self._need(("IMAP_USERNAME", "IMAP_PASSWORD"), "IMAP_HOST is set")

    def _stripe(self) -> StripeSettings | None:
        if not self._text("STRIPE_API_KEY"):
            if self._text("STRIPE_WEBHOOK_SECRET"):
                self._problem("STRIPE_API_KEY", "is missing: STRIPE_WEBHOOK_SECRET is set")
            return None
        self._need(("STRIPE_WEBHOOK_SECRET",), "events cannot be verified without it")
        secrets = [part.strip() for part in self._text("STRIPE_WEBHOOK_SECRET").split(",")]
        return StripeSettings(
            api_key=self._text("STRIPE_API_KEY"),
            webhook_secrets=tuple(part for part in secrets if part),
            api_base=self._address("STRIPE_API_BASE"),
        )

    def _model(self) -> ModelSettings | None:
        key, base = self._text("OPENAI_API_KEY"), self._address("OPENAI_BASE_URL")
        if not key and not base:
            return None
        self._need(("OPENAI_MODEL",), "a language model is configured; say which one")
        return ModelSettings(api_key=key, base_url=base, model=self._text("OPENAI_MODEL"))

    def _sandbox(self) -> SandboxSettings | None:
        url = self._address("DUNWELL_SANDBOX_URL")
        if not url:
            return None
        return SandboxSettings(url=url, token=self._text("DUNWELL_SANDBOX_TOKEN"))
