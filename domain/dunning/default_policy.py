"""The dunning policy of a new installation, as the data a policy file would hold."""

from __future__ import annotations

from typing import Any, Final

DEFAULT: Final[dict[str, Any]] = {
    "id": "default",
    "send_mode": "until_someone_replies",
    "cadence": 4,
    "tone_cap": "firm",
    "grace_days": 3,
    "promise_grace_days": 2,
    "after_reply_business_days": 1,
    "sending_hours": {"opens": "08:30", "closes": "17:30"},
    "weekend": ["saturday", "sunday"],
    "caps": {"contact_business_days": 3, "per_7_days": 2, "per_30_days": 6},
    "repeat": {"every": 10, "times": 3},
    "floors": {"USD": "25.00", "EUR": "25.00", "GBP": "20.00", "JPY": "3000"},
    "review_above": {"USD": "50000.00", "EUR": "50000.00", "GBP": "40000.00", "JPY": "7500000"},
    "steps": [
        {"key": "heads_up", "phase": "pre_due", "offset": -5, "tone": "friendly"},
        {"key": "due_today", "phase": "due", "offset": 0, "tone": "friendly"},
        {"key": "overdue_1", "phase": "overdue", "offset": 4, "tone": "friendly"},
        {"key": "overdue_2", "phase": "overdue", "tone": "professional"},
        {"key": "overdue_3", "phase": "overdue", "tone": "professional"},
        {"key": "overdue_4", "phase": "overdue", "tone": "firm"},
    ],
    "overrides": [],
    "segments": [],
    "channel": "email",
    "copies": False,
    "first_message": {"auto_draft": True, "auto_send": True},
    "closed_days": ["12-24 to 01-01"],
    "natural_persons": {
        "everywhere": {
            "send_mode": "never", "tone_cap": "professional", "cadence": 5,
            "caps": {"contact_business_days": 5, "per_7_days": 1, "per_30_days": 4},
            "opens": "09:00", "closes": "17:00",
        },
        "strict_regions": ["US-CA"],
        "strict": {
            "send_mode": "never", "tone_cap": "friendly", "cadence": 7,
            "caps": {"contact_business_days": 7, "per_7_days": 1, "per_30_days": 3},
            "opens": "09:00", "closes": "17:00",
        },
    },
    "escalation": {"notice": True, "default": "collections", "routes": {}},
    "pause_on_new_contact": True,
    "mask_names": True,
    "signature": "",
    "disclose_software": True,
}  # fmt: skip
