"""Claims of acts: only what really happened in this turn may be told as done."""

from __future__ import annotations

import re
from collections.abc import Collection

from agent.tools.outcome import ActKind

_OUTWARD = (
    r"sent|e-?mail\w*|mailed|post\w*|approv\w*|applied|credit(?:ed)?|refund\w*|issu\w*|creat\w*|"
    r"updat\w*|chang\w*|delet\w*|cancel\w*|schedul\w*|written off|process\w*|complet\w*|"
    r"submit\w*|notif\w*|contact\w*|remind\w*|chased|charg\w*|transfer\w*|match\w*|reconcil\w*|"
    r"escalat\w*|execut\w*|book\w*|releas\w*|forward\w*|pushed|synced|closed|resolved"
)
_VERBS: tuple[tuple[str, ActKind | None], ...] = (
    (r"draft\w*|propos\w*|prepar\w*|put up|queu\w*", ActKind.PROPOSED),
    (r"record\w*|logg\w*|enter\w*|register\w*|captur\w*", ActKind.RECORDED),
    (r"paus\w*|snooz\w*|put on hold|halt\w*", ActKind.PAUSED),
    (r"resum\w*|unpaus\w*|reactivat\w*", ActKind.RESUMED),
    (r"noted|saved|jotted", ActKind.NOTED),
    (r"assign\w*|handed", ActKind.ASSIGNED),
    (r"requested|asked|opened|flagged|raised", ActKind.ASKED),
    (_OUTWARD, None),
)
_ANY = "|".join(form for form, _ in _VERBS)
_ADVERB = r"(?:\s(?:just|now|already|also|successfully|duly|gone ahead and|been|immediately))*"
_OWN = re.compile(
    rf"\b(?:i|we)(?:'ve|'ll|'m| have| had| will| am| did| went ahead and)?{_ADVERB}"
    rf"\s(?P<verb>{_ANY})\b",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    rf"\b(?:has|have|was|were|is|are|will be|gets?){_ADVERB}(?: being| now)?\s(?P<verb>{_ANY})\b",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"^(?:done|sent|posted|all set|completed|consider it done|it'?s done|success(?:fully)?|"
    r"recorded|approved|paid out|erledigt|c'est fait|hecho|fatto|feito|klaar|完了)\b",
    re.IGNORECASE,
)
_ABROAD = re.compile(
    r"\b(?:habe|haben|wurden?|ist|sind)\b[^.!?\n]{0,80}\b(?:gesendet|verschickt|geschickt|gebucht|"
    r"erfasst|pausiert|genehmigt|erstellt|gutgeschrieben|angelegt|eingetragen)\b"
    r"|\bj'ai\b[^.!?\n]{0,40}(?:envoy|enregistr|comptabilis|suspend|approuv|cré[eé])"
    r"|\ba été (?:envoy|enregistr|comptabilis|suspend|approuv|cré[eé])"
    r"|\b(?:he|hemos|ha sido|fue)\s(?:enviad|registrad|contabilizad|pausad|aprobad|cread)\w*"
    r"|\b(?:ho|è stat[oa]|abbiamo)\s(?:inviat|registrat|sospes|approvat|creat)\w*"
    r"|\b(?:enviei|registrei|aprovei|foi (?:enviad|registrad|aprovad))\w*"
    r"|\b(?:heb|is|zijn)\b[^.!?\n]{0,60}\b(?:verzonden|verstuurd|geboekt|goedgekeurd|gepauzeerd)\b"
    r"|送信しました|記録しました|投稿しました|承認しました",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:not|no|nothing|nobody|never|none|n't|without|cannot|can't|won't|didn't|hasn't|haven't|"
    r"would|could|can|should|may|might|shall|if|once|until|unless|before|after|want|need)\b|n't",
    re.IGNORECASE,
)


def false_claims(
    text_sentences: Collection[str], done: Collection[ActKind], told: str, *, dated: Collection[str]
) -> list[str]:
    """Sentences that tell of an act which did not happen in this turn.

    `done` are the acts of this turn; `told` is everything that results say, casefolded; `dated` are
    sentences with a day that results state: history may be told.
    """
    found = []
    for sentence in text_sentences:
        if _BARE.search(sentence.strip(" *-•")) and not done:
            found.append(sentence)
            continue
        if _ABROAD.search(sentence) and not done:
            found.append(sentence)
            continue
        claims = [*_OWN.finditer(sentence)]
        claims += [m for m in _PASSIVE.finditer(sentence) if not _is_told(m["verb"], told)]
        for claim in claims:
            if _NOT.search(sentence[: claim.end()]) or sentence in dated:
                continue
            if not _happened(claim["verb"], done):
                found.append(sentence)
                break
    return found


def _happened(verb: str, done: Collection[ActKind]) -> bool:
    for form, kind in _VERBS:
        if re.fullmatch(form, verb, re.IGNORECASE):
            return kind is not None and kind in done
    return False


def _is_told(verb: str, told: str) -> bool:
    """Whether a state ("is paused", "was paid") is what results say in these words."""
    hard = re.fullmatch(_OUTWARD, verb, re.IGNORECASE)
    return not hard and verb.casefold()[:5] in told
