"""The metadata catalog: the record types as links, JSON Schema and OpenAPI, from one table."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sandbox.netsuite.records.recordtypes import Field, RecordType, Shape

SCHEMA, SWAGGER = "application/schema+json", "application/swagger+json"
_FORMATS: dict[Shape, dict[str, object]] = {
    Shape.TEXT: {"type": "string"},
    Shape.BOOL: {"type": "boolean"},
    Shape.DATE: {"type": "string", "format": "date"},
    Shape.DATETIME: {"type": "string", "format": "date-time"},
    Shape.MONEY: {"type": "number", "format": "double"},
    Shape.NUMBER: {"type": "number", "format": "double"},
}
_CHOICE: dict[str, object] = {
    "type": "object",
    "properties": {"id": {"type": "string"}, "refName": {"type": "string"}},
}
LINE_DATES = frozenset(("revRecStartDate", "revRecEndDate"))
_LINE: dict[str, dict[str, object]] = {
    "item": {"type": "object", "x-ns-target": "item"},
    **{name: {"type": "number", "format": "double"} for name in ("quantity", "rate", "amount")},
    "description": {"type": "string"},
    **{name: {"type": "object"} for name in ("department", "class", "location")},
    **{name: {"type": "string", "format": "date"} for name in sorted(LINE_DATES)},
    "custcol_dw_project": {"type": "string", "x-ns-custom-field": True},
    **{
        name: {"type": "string", "format": "date", "x-ns-custom-field": True}
        for name in ("custcol_dw_service_start", "custcol_dw_service_end")
    },
}
_LINKS: dict[str, object] = {"type": "array", "items": {"type": "object"}}


def listing(kinds: Sequence[RecordType], base: str) -> dict[str, object]:
    """Every record type with the addresses of its descriptions."""
    return {"items": [entry(kind, base) for kind in kinds]}


def entry(kind: RecordType, base: str) -> dict[str, object]:
    """One record type's links."""
    href = f"{base}/metadata-catalog/{kind.name}"
    return {
        "name": kind.name,
        "links": [
            {"rel": "canonical", "href": href, "mediaType": "application/json"},
            {"rel": "describes", "href": f"{base}/{kind.name}"},
            {"rel": "alternate", "href": href, "mediaType": SWAGGER},
            {"rel": "alternate", "href": href, "mediaType": SCHEMA},
        ],
    }


def schema(kind: RecordType) -> dict[str, object]:
    """JSON Schema of a record type."""
    properties: dict[str, object] = {
        "id": {"title": "Internal ID", "type": "string"},
        "links": _LINKS,
    }
    for field in kind.fields:
        properties[field.name] = _property(field)
    for name in kind.sublists:
        properties[name] = {"type": "object", "properties": {"items": _LINKS, "links": _LINKS}}
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name, _ in kind.required],
        "x-ns-filterable": [field.name for field in kind.fields],
    }


def _property(field: Field) -> dict[str, object]:
    made: dict[str, object] = {"title": field.name}
    if field.shape is Shape.REFERENCE:
        made |= {"type": "object", "x-ns-target": field.target}
    elif field.shape is Shape.CHOICE:
        made |= _CHOICE
    else:
        made |= _FORMATS[field.shape]
    if not field.writable:
        made["readOnly"] = True
    if field.name.startswith(("custbody", "custentity", "custcol")):
        made["x-ns-custom-field"] = True
    return made


def _lines(kind: RecordType, without: Collection[str]) -> dict[str, object]:
    """The schemas of a record type's item lines, under the names the real catalog gives them."""
    if "item" not in kind.sublists:
        return {}
    element = f"{kind.name}-itemElement"
    shown = {name: told for name, told in _LINE.items() if name not in without}
    many: dict[str, object] = {"$ref": f"#/components/schemas/{element}"}
    return {
        element: {"type": "object", "properties": shown},
        f"{kind.name}-itemCollection": {
            "type": "object",
            "properties": {"items": {"type": "array", "items": many}},
        },
    }


def swagger(kinds: Sequence[RecordType], without: Collection[str] = ()) -> dict[str, object]:
    """OpenAPI 3.0 of record types; `without` are fields of lines that the account lacks."""
    paths: dict[str, object] = {}
    schemas: dict[str, object] = {}
    for kind in kinds:
        paths |= _paths(kind)
        schemas |= {kind.name: schema(kind), **_lines(kind, without)}
    return {
        "openapi": "3.0.1",
        "info": {"title": "NetSuite-shaped REST record service", "version": "v1"},
        "paths": paths,
        "components": {"schemas": schemas},
    }


def _paths(kind: RecordType) -> dict[str, object]:
    ref = {"$ref": f"#/components/schemas/{kind.name}"}
    content = {"application/vnd.oracle.resource+json; type=singular": {"schema": ref}}
    done = {"responses": {"204": {"description": "Done."}}}
    one = {"get": {"responses": {"200": {"description": "One record.", "content": content}}}}
    many = {"get": {"responses": {"200": {"description": "Ids and links."}}}}
    if not kind.required:
        return {f"/{kind.name}": many, f"/{kind.name}/{{id}}": one}
    return {
        f"/{kind.name}": many | {"post": done},
        f"/{kind.name}/{{id}}": one | {"patch": done, "delete": done},
        f"/{kind.name}/eid:{{externalId}}": {"put": done},
    }
