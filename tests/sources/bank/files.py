"""Bank files as texts, written after the public formats."""

from __future__ import annotations

from collections.abc import Sequence

IBAN = "DE89370400440532013000"


def bai2(
    *details: str,
    account: str = "0123456789",
    currency: str = "USD",
    as_of: str = "260302",
    status: str = "1",
    total: int | None = None,
) -> bytes:
    """One account's report: `details` are lines of 16 and 88; totals are made to fit."""
    amounts = [int(line.split(",")[2]) for line in details if line.startswith("16,")]
    lines = [f"03,{account},{currency},015,+10000,,/", *details]
    reached = sum(amounts) + 10000 if total is None else total
    body = [
        "01,122099999,123456789,260303,0200,1,80,,2/",
        f"02,031001234,122099999,{status},{as_of},2359,{currency},2/",
        *lines,
        f"49,{reached},{len(lines) + 1}/",
        f"98,{reached},1,{len(lines) + 3}/",
        f"99,{reached},1,{len(lines) + 5}/",
    ]
    return "\n".join(body).encode()


def transaction(
    amount: str,
    *,
    ref: str = "",
    e2e: str = "NOTPROVIDED",
    name: str = "Acme GmbH",
    iban: str = "DE02120300000000202051",
    text: str = "",
    more: str = "",
    old: bool = False,
    currency: str = "EUR",
    refs: str = "",
) -> str:
    """A TxDtls; `old` is how version 2 writes it."""
    own = (
        f"<AmtDtls><TxAmt><Amt Ccy='{currency}'>{amount}</Amt></TxAmt></AmtDtls>"
        if old
        else f"<Amt Ccy='{currency}'>{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd>"
    )
    payer = f"<Dbtr><Nm>{name}</Nm></Dbtr>" if old else f"<Dbtr><Pty><Nm>{name}</Nm></Pty></Dbtr>"
    servicer = f"<AcctSvcrRef>{ref}</AcctSvcrRef>" if ref else ""
    free = f"<Ustrd>{text}</Ustrd>" if text else ""
    return (
        f"<TxDtls><Refs>{servicer}<EndToEndId>{e2e}</EndToEndId>{refs}</Refs>{own}"
        f"<RltdPties>{payer}<DbtrAcct><Id><IBAN>{iban}</IBAN></Id></DbtrAcct></RltdPties>"
        f"<RmtInf>{free}{more}</RmtInf></TxDtls>"
    )


def entry(
    amount: str,
    *details: str,
    sign: str = "CRDT",
    ref: str = "",
    status: str = "BOOK",
    currency: str = "EUR",
    on: str = "2026-03-02",
    more: str = "",
    code: str = "RCDT",
    sub: str = "ESCT",
) -> str:
    """An Ntry of version 2 to 12."""
    servicer = f"<AcctSvcrRef>{ref}</AcctSvcrRef>" if ref else ""
    inner = f"<NtryDtls>{''.join(details)}</NtryDtls>" if details else ""
    return (
        f"<Ntry><Amt Ccy='{currency}'>{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd>{more}"
        f"<Sts>{status}</Sts><BookgDt><Dt>{on}</Dt></BookgDt><ValDt><Dt>{on}</Dt></ValDt>"
        f"{servicer}<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>{code}</Cd><SubFmlyCd>{sub}</SubFmlyCd>"
        f"</Fmly></Domn></BkTxCd>{inner}</Ntry>"
    )


def camt(
    *entries: str,
    kind: str = "053",
    version: str = "08",
    account: str = IBAN,
    opening: str = "",
    closing: str = "",
    currency: str = "EUR",
    name: str = "S1",
) -> bytes:
    """A report, statement or notification with balances if they are given."""
    outer, inner = {
        "052": ("BkToCstmrAcctRpt", "Rpt"),
        "053": ("BkToCstmrStmt", "Stmt"),
        "054": ("BkToCstmrDbtCdtNtfctn", "Ntfctn"),
    }[kind]
    balances = "".join(
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy='{currency}'>{amount}</Amt>"
        f"<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-02</Dt></Dt></Bal>"
        for code, amount in (("OPBD", opening), ("CLBD", closing))
        if amount
    )
    body = "\n".join(entries)
    return (
        f"<?xml version='1.0' encoding='UTF-8'?>\n"
        f"<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.{kind}.001.{version}'>\n<{outer}>"
        f"<GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-03-03T06:00:00</CreDtTm></GrpHdr>\n"
        f"<{inner}><Id>{name}</Id><Acct><Id><IBAN>{account}</IBAN></Id></Acct>{balances}\n{body}\n"
        f"</{inner}></{outer}></Document>"
    ).encode()


def mt940(
    *movements: str,
    opening: str = "C260301EUR1000,00",
    closing: str,
    name: str = "1/1",
    account: str = IBAN,
) -> bytes:
    """One statement: `movements` are :61: lines with their :86:."""
    lines = [
        ":20:STARTUMS",
        f":25:{account}",
        f":28C:{name}",
        f":60F:{opening}",
        *movements,
        f":62F:{closing}",
        "-",
    ]
    return "\n".join(lines).encode()


def ach_entry(
    cents: int,
    *addenda: str,
    code: str = "22",
    account: str = "123456789",
    individual: str = "INV-1001",
    name: str = "OUR COMPANY",
    trace: int = 1,
    ctx: bool = False,
) -> list[str]:
    """A 6 record with its 7 records. `addenda` are texts of type 05, or whole bodies `99...`."""
    number = f"09100001{trace:07}"
    middle = f"{len(addenda):04}{name:<16.16}  " if ctx else f"{name:<22.22}"
    mark = "1" if addenda else "0"
    lines = [f"6{code}091000019{account:<17}{cents:010}{individual:<15.15}{middle}  {mark}{number}"]
    for at, text in enumerate(addenda, 1):
        if text[:2] in ("98", "99"):
            lines.append(f"7{text:<93}")
        else:
            lines.append(f"705{text:<80.80}{at:04}{trace:07}")
    return lines


def nacha(
    *entries: Sequence[str],
    sec: str = "CCD",
    company: str = "ACME CORP",
    on: str = "260302",
    company_id: str = "1123456789",
    **wrong: int,
) -> bytes:
    """A file of one batch; `wrong` replaces a total: credits, debits, hash or count."""
    records = [line for one in entries for line in one]
    sixes = [line for line in records if line[0] == "6"]
    debits = sum(int(line[29:39]) for line in sixes if line[2] in "56789")
    paid_in = sum(int(line[29:39]) for line in sixes) - debits
    summed = sum(int(line[3:11]) for line in sixes) % 10**10
    count = wrong.get("count", len(records))
    debits, paid_in = wrong.get("debits", debits), wrong.get("credits", paid_in)
    summed = wrong.get("hash", summed)
    lines = [
        f"101 091000019 1234567892603020600A094101{'OUR BANK':<23}{'OUR COMPANY':<23}{'':8}",
        f"5200{company:<16}{'':20}{company_id:<10}{sec}PAYMENT   {'':6}{on}   1091000010000001",
        *records,
        f"8200{count:06}{summed:010}{debits:012}{paid_in:012}{company_id:<10}{'':25}091000010000001",
        f"9{1:06}{1:06}{count:08}{summed:010}{debits:012}{paid_in:012}{'':39}",
    ]
    while len(lines) % 10:
        lines.append("9" * 94)
    return "\n".join(lines).encode()


def lockbox_check(
    batch: str,
    item: str,
    cents: int,
    *rows: tuple[str, int],
    number: str = "5001",
    routing: str = "091000019",
    account: str = "445566",
    memo: str = "",
) -> list[str]:
    """A 6 record with a 4 record for each row, or one with a memo."""
    lines = [f"6{batch}{item}{cents:010}{routing}{account:>010}{number:>010}"]
    for at, (invoice, paid) in enumerate(rows, 1):
        last = "9" if at == len(rows) and not memo else "0"
        lines.append(f"4{batch}{item}6{at:02}{last}{invoice:<10}{paid:010}")
    if memo:
        lines.append(f"4{batch}{item}6{len(rows) + 1:02}9{memo}")
    return lines


def lockbox(
    *batches: tuple[str, list[list[str]]],
    box: str = "0012345",
    on: str = "260302",
    total: int | None = None,
) -> bytes:
    """A lockbox file: each batch is its number and its checks."""
    lines = ["100DUNWELL   091000019 2603020600", f"2{'DUNWELL':<10}{'091000019':<10}{'':10}400080"]
    reached = count = 0
    for number, checks in batches:
        cents = sum(int(check[0][7:17]) for check in checks)
        lines += [f"5{number}000{box}{on}{'DUNWELL':<10}{'091000019':<10}"]
        lines += [line for check in checks for line in check]
        lines += [f"7{number}000{box}{on}{len(checks):03}{cents:010}"]
        reached, count = reached + cents, count + len(checks)
    stated = reached if total is None else total
    lines += [f"8000000{box}{on}{count:04}{stated:010}", f"9{len(lines) + 2:06}"]
    return "\n".join(lines).encode()
