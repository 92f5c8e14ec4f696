"""Playbooks as people write them: YAML, read into values with errors that point to their line."""

from __future__ import annotations

from functools import lru_cache

from domain.dunning.playbook import Playbook
from domain.dunning.playbook_reader import playbook_from
from domain.dunning.policy import PolicyError
from sources.policy_file import PolicyFileError
from sources.yaml_places import Place, YamlError, read_yaml


@lru_cache(maxsize=128)
def read_playbook(text: str, source: str) -> Playbook:
    """The playbook in a text; `source` names it in errors. Raises PolicyFileError."""
    try:
        values, places = read_yaml(text)
    except YamlError as error:
        raise PolicyFileError(source, error.place, error.problem, error.fix) from error
    if not isinstance(values, dict):
        fix = "Begin with name:, customers: and steps:."
        raise PolicyFileError(source, Place(1, 1), "this is not a playbook", fix)
    try:
        return playbook_from(values)
    except PolicyError as error:
        place = places.of(error.path)
        raise PolicyFileError(source, place, error.reason, error.fix) from error
