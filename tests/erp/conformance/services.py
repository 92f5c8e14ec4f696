"""Wire cases of the services around records: jobs, forms, metadata, transforms, system, roles."""

from __future__ import annotations

from tests.erp.conformance.shapes import (
    INVOICE,
    KEY,
    LATER,
    MANY,
    PAGE,
    PAYMENT,
    QUERY,
    RECORD,
    SINGLE,
    TRANSIENT,
    Case,
    refused,
)

JOBS = "/services/rest/async/v1/job"
SYSTEM = "/services/rest/system/v1"
CATALOG = f"{RECORD}/metadata-catalog"
RESOURCE = "application/vnd.oracle.resource+json"
BATCH = LATER | {"Content-Type": f"{RESOURCE}; type=collection"}
APPLY = {"apply": {"items": [{"doc": {"id": "1001"}, "apply": True, "amount": 5}]}}
FORM = f"{RESOURCE}; type=create-form"
EDIT = f"{RESOURCE}; type=edit-form"
OPTIONS = f"{RESOURCE}; type=select-options"
NO_WORKBOOK = {"permissions": {"REPO_ANALYTICS": "NONE"}}

TRANSFORMS = (
    *(
        Case(
            f"{source} becomes {target}",
            "POST",
            f"{RECORD}/{source}/{key}/!transform/{target}",
            204,
            body,
            location=f"{target}/",
        )
        for source, key, target, body in (
            ("customer", "100", "invoice", {"item": INVOICE["item"]}),
            ("customer", "100", "customerPayment", {"payment": 5}),
            ("invoice", "1001", "customerPayment", {}),
            ("invoice", "1001", "creditMemo", APPLY),
        )
    ),
    refused(
        "a transform nobody knows",
        ("POST", f"{RECORD}/creditMemo/2002/!transform/customerRefund"),
        (400, "INVALID_REQUEST"),
        {},
    ),
    refused(
        "a transform of what is settled",
        ("POST", f"{RECORD}/invoice/1006/!transform/customerPayment"),
        (400, "USER_ERROR"),
        {},
    ),
    refused(
        "an action there is not", ("POST", f"{RECORD}/invoice/1001/@void"), (405, "INVALID_METHOD")
    ),
    Case(
        "a contact is attached",
        "POST",
        f"{RECORD}/customer/101/!attach/contact/501",
        204,
        {"role": {"id": "-10"}},
    ),
    refused(
        "a contact that is not attached",
        ("POST", f"{RECORD}/customer/101/!detach/contact/501"),
        (400, "USER_ERROR"),
    ),
    refused(
        "an invoice is not attached",
        ("POST", f"{RECORD}/customer/101/!attach/invoice/1001"),
        (400, "INVALID_REQUEST"),
    ),
)
FORMS = (
    Case(
        "a create form",
        "POST",
        f"{RECORD}/invoice",
        200,
        INVOICE,
        {"Accept": FORM},
        FORM,
        shape={"tranDate": "2026-03-10", "dueDate": "2026-04-09", "total": 5.0},
        without=("id",),
    ),
    Case(
        "a create form of a transform",
        "POST",
        f"{RECORD}/invoice/1002/!transform/customerPayment",
        200,
        {},
        {"Accept": FORM},
        FORM,
        shape={"payment": 250.5, "customer": {"id": "100"}},
    ),
    Case(
        "an edit form",
        "PATCH",
        f"{RECORD}/invoice/1001",
        200,
        {"memo": "x"},
        {"Accept": EDIT},
        EDIT,
        shape={"id": "1001", "memo": "x"},
    ),
    Case(
        "a pick list",
        "POST",
        f"{RECORD}/invoice?fields=terms",
        200,
        {},
        {"Accept": OPTIONS},
        OPTIONS,
        shape={"terms": {"items": [{"id": str, "refName": str}], "totalResults": int}},
    ),
    refused(
        "a pick list of a text",
        ("POST", f"{RECORD}/invoice?fields=memo"),
        (400, "NONEXISTENT_FIELD"),
        {},
        {"Accept": OPTIONS},
    ),
)
METADATA = (
    Case(
        "the catalog entry of a type",
        "GET",
        f"{CATALOG}/invoice",
        200,
        shape={"name": "invoice", "links": [{"rel": "canonical", "href": str, "mediaType": str}]},
    ),
    Case(
        "a JSON Schema",
        "GET",
        f"{CATALOG}/invoice",
        200,
        sent={"Accept": "application/schema+json"},
        media="application/schema+json",
        shape={
            "type": "object",
            "properties": {
                "dueDate": {"type": "string", "format": "date"},
                "custbody_dw_project": {"x-ns-custom-field": True},
            },
            "x-ns-filterable": list,
        },
    ),
    Case(
        "an OpenAPI description",
        "GET",
        f"{CATALOG}?select=invoice,customer",
        200,
        sent={"Accept": "application/swagger+json"},
        media="application/swagger+json",
        shape={"openapi": str, "paths": dict, "components": {"schemas": {"invoice": dict}}},
    ),
    refused("metadata of nothing", ("GET", f"{CATALOG}/unicorn"), (404, "INVALID_REQUEST")),
)
ASYNC = (
    Case(
        "an answer later",
        "POST",
        f"{RECORD}/customerPayment",
        202,
        PAYMENT,
        LATER | {"X-NetSuite-Idempotency-Key": KEY},
        headers={"preference-applied": "respond-async"},
        location=f"{JOBS}/",
    ),
    *(
        Case(f"{method} as a job", method, f"{RECORD}/{path}", 202, body, LATER, location=JOBS)
        for method, path, body in (
            ("PATCH", "invoice/1001", {"memo": "x"}),
            ("PUT", "customerPayment/eid:x-9", PAYMENT),
            ("DELETE", "invoice/1001", None),
            ("GET", "invoice/1001", None),
            ("POST", "invoice/1001/!transform/customerPayment", {}),
        )
    ),
    *(
        Case(f"a batch of {method}", method, f"{RECORD}/{path}", 202, body, BATCH, location=JOBS)
        for method, path, body in (
            ("POST", "customerPayment", {"items": [PAYMENT, PAYMENT]}),
            ("PATCH", "invoice", {"items": [{"id": "1001", "memo": "x"}]}),
            ("PUT", "customerPayment", {"items": [PAYMENT | {"externalId": "u-1"}]}),
            ("DELETE", "invoice?ids=1001,1002", None),
            ("GET", "invoice?expandRecords=true&ids=1001,1002", None),
        )
    ),
    refused(
        "a key that is no UUID",
        ("POST", f"{RECORD}/customerPayment"),
        (400, "INVALID_HEADER"),
        PAYMENT,
        LATER | {"X-NetSuite-Idempotency-Key": "mine"},
    ),
    refused(
        "too large a batch",
        ("POST", f"{RECORD}/customerPayment"),
        (400, "INVALID_CONTENT"),
        {"items": [PAYMENT] * 101},
        BATCH,
    ),
    refused("a job nobody sent", ("GET", f"{JOBS}/77"), (404, "NONEXISTENT_ID")),
    refused("the tasks of that job", ("GET", f"{JOBS}/77/task"), (404, "NONEXISTENT_ID")),
    refused("a task of that job", ("GET", f"{JOBS}/77/task/1"), (404, "NONEXISTENT_ID")),
    refused("its result", ("GET", f"{JOBS}/77/task/1/result"), (404, "NONEXISTENT_ID")),
)
ABOUT = (
    Case(
        "the server's time",
        "GET",
        f"{SYSTEM}/serverTime",
        200,
        media="application/json",
        shape={"serverTime": "2026-03-10T18:30:45.000Z"},
    ),
    refused(
        "limits are for administrators",
        ("GET", f"{SYSTEM}/governanceLimits"),
        (403, "INSUFFICIENT_PERMISSION"),
    ),
    Case(
        "limits for an administrator",
        "GET",
        f"{SYSTEM}/governanceLimits",
        200,
        shape={
            "accountConcurrencyLimit": 5,
            "accountUnallocatedConcurrencyLimit": 5,
            "integrationLimitType": "accountLimit",
        },
        knobs={"administrator": True},
    ),
    Case(
        "who a token is", "GET", "/rest/tokeninfo", 200, shape={"companyId": str, "roleName": str}
    ),
)
ROLES = (
    Case("an id without the workbook", "GET", f"{RECORD}/invoice/1001", 200, knobs=NO_WORKBOOK),
    Case("a write without it", "POST", f"{RECORD}/invoice", 204, INVOICE, knobs=NO_WORKBOOK),
    *(
        refused(name, (method, path), (400, "USER_ERROR"), body, sent, knobs=NO_WORKBOOK)
        for name, method, path, body, sent in (
            ("a collection without it", "GET", f"{RECORD}/invoice", None, {}),
            ("a search without it", "GET", f"{RECORD}/invoice?q=id EQUAL 1", None, {}),
            ("a query without it", "POST", QUERY, {"q": "SELECT id FROM customer"}, TRANSIENT),
        )
    ),
    refused(
        "no permission for the type",
        ("GET", f"{RECORD}/invoice/1001"),
        (400, "USER_ERROR"),
        knobs={"permissions": {"TRAN_CUSTINVC": "NONE"}},
    ),
    refused(
        "viewing is not changing",
        ("PATCH", f"{RECORD}/invoice/1001"),
        (400, "USER_ERROR"),
        {"memo": "x"},
        knobs={"permissions": {"TRAN_CUSTINVC": "VIEW"}},
    ),
    refused(
        "no permission may be 403",
        ("GET", f"{RECORD}/invoice/1001"),
        (403, "INSUFFICIENT_PERMISSION"),
        knobs={"permissions": {"TRAN_CUSTINVC": "NONE"}, "forbids": True},
    ),
    refused(
        "a table of a feature that is off",
        ("POST", QUERY),
        (400, "INVALID_PARAMETER"),
        {"q": "SELECT id FROM currency"},
        TRANSIENT,
        knobs={"features_off": ["MULTICURRENCY"]},
    ),
    refused(
        "one request too many",
        ("GET", f"{RECORD}/invoice/1001"),
        (429, "CONCURRENCY_LIMIT_EXCEEDED"),
        knobs={"concurrency": 0},
    ),
)
TABLES = tuple(
    Case(
        f"{table} can be queried",
        "POST",
        QUERY,
        200,
        {"q": f"SELECT {columns} FROM {table} FETCH FIRST 2 ROWS ONLY"},
        TRANSIENT,
        MANY,
        shape=PAGE,
    )
    for table, columns in (
        ("transaction", "id, type, recordtype, tranid, trandate, duedate, exchangerate, email"),
        ("transactionline", "transaction, id, mainline, taxline, revrecstartdate, netamount"),
        ("transactionaccountingline", "transaction, account, amount, posting, amountunpaid"),
        ("nexttransactionlinelink", "previousdoc, nextdoc, linktype, foreignamount"),
        ("previoustransactionlinelink", "previousdoc, nextdoc, linktype, foreignamount"),
        ("customer", "id, balancesearch, overduebalancesearch, creditlimit, oncredithold"),
        ("customersubsidiaryrelationship", "entity, subsidiary, isprimarysub"),
        ("contact", "id, email, company"),
        ("term", "id, name, daysuntilnetdue, discountpercent, datedriven, installment"),
        ("item", "id, itemid, incomeaccount, deferralaccount, revenuerecognitionrule, subsidiary"),
        ("account", "id, acctnumber, accttype, issummary, isinactive, subsidiary"),
        ("department", "id, name, isinactive"),
        ("classification", "id, name, isinactive"),
        ("location", "id, name, isinactive"),
        ("subsidiary", "id, name, currency"),
        ("currency", "id, symbol"),
        ("currencyrate", "basecurrency, transactioncurrency, exchangerate, effectivedate"),
        ("revenuerecognitionrule", "id, name"),
        ("accountingperiod", "id, periodname, closed, arlocked, alllocked, allownonglchanges"),
        ("deletedrecord", "recordid, type, name, deletedby, deleteddate"),
        ("systemnote", "recordid, recordtypeid, field, oldvalue, newvalue, name, date"),
    )
)
ITEMS = tuple(
    Case(f"{kind} {key}", "GET", f"{RECORD}/{kind}/{key}", 200, media=SINGLE, shape={"id": key})
    for kind, key in (
        ("customer", "100"),
        ("contact", "501"),
        ("creditMemo", "2002"),
        ("serviceSaleItem", "501"),
        ("nonInventorySaleItem", "502"),
    )
)
SERVICES = (*TRANSFORMS, *FORMS, *METADATA, *ASYNC, *ABOUT, *ROLES, *TABLES, *ITEMS)
