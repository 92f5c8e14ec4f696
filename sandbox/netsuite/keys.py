"""Key pairs and client assertions for tests and the demo."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa


@dataclass(frozen=True, slots=True)
class KeyPair:
    """PEM texts of a key pair."""

    private_pem: str
    public_pem: str


def generate_key_pair(kind: Literal["ec", "rsa"] = "ec") -> KeyPair:
    """A fresh P-256 (for ES256) or RSA-3072 (for PS256) key pair."""
    private: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    if kind == "ec":
        private = ec.generate_private_key(ec.SECP256R1())
    else:
        private = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    secret = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return KeyPair(secret.decode(), public.decode())


def write_key_pair(path: Path, kind: Literal["ec", "rsa"] = "ec") -> KeyPair:
    """Write a fresh private key to `path`, readable by its owner only."""
    pair = generate_key_pair(kind)
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(pair.private_pem)
    return pair
