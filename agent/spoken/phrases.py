"""What is left of a message when values and plain words are gone: the name of somebody."""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WORD = re.compile(r"<\w+>|[^\s,;:!?\"()<>]+")
QUOTED = re.compile(r"[\"“”]([^\"“”]{2,80})[\"“”]")
_POSSESSIVE = re.compile(r"[’']s$|[’']$")
_PLAIN = _words(
    """
    a an the this that these those it its they them their he she we us our ours you your i me my
    mine hi hey hello please pls plz thanks thank thx could can cannot would will won't shall
    should may might must do does did done doing don't doesn't didn't is are am was were be been
    being isn't aren't wasn't have has had having haven't hasn't what what's whats which who who's
    whom whose when where why how how's much many any anyone anybody nobody noone no-one some
    somebody someone everyone everybody all every each both none no not nothing never yet still
    already now right just only also too really very quite more most less least than then so if or
    and but of on in at by to from with without for about into over under after before since until
    till up down out off as per via between within during around because get got give show tell
    list find look see check pull bring let lets let's make need needs want wants like know say
    says said saying tells told write wrote written writes reply replied replies answer answered
    answers respond responded response heard hear talk talked mean means give gave send sent sends
    draft drafts prepare compose propose create new add put set ask asked asks chase chased chasing
    chases remind reminded reminding reminder reminders nudge dun email emails emailed emailing
    e-mail mail mails mailed message messages letter letters follow follow-up followup follow-ups
    followups followed contact contacted contacting touch touches call called note notes noted
    remember log record recorded enter book post posted register pause paused pauses pausing resume
    resumed unpause restart stop stopped hold holds held snooze mute rest assign assigned reassign
    hand owner owns own owe owes owed owing outstanding open opened balance balances account
    accounts receivable receivables ar debt debts debtor debtors due overdue late past unpaid pay
    pays paid paying payment payments money cash wire wired wires transfer transferred transfers
    ach check checks cheque cheques card deposit deposits deposited receipt receipts received
    receive remitted remittance sum amount amounts total totals overall altogether figure figures
    number numbers status state situation standing summary overview history timeline activity
    story happened happening happen latest last recent recently next planned plan plans promise
    promises promised promising commit committed commitment commitments broken broke kept disputes
    dispute disputed disputing contest contested complaint complaints complain aging ageing aged
    bucket buckets drift drifted drifts difference differences differ mismatch mismatches
    discrepancy discrepancies changed changes change netsuite erp close closing closed books month
    month-end period quarter year ready readiness revenue recognize recognise recognized
    recognised recognition deferred worklist queue waiting wait waits pending approval approvals
    approve proposal proposals inbox todo to-do task tasks work plate attention invoice invoices
    bill bills statement customer customers client clients company companies credit credits memo
    memos refund tone firm firmer friendly friendlier gentle polite professional stern softer
    stronger harder firmly please asap currently current moment today's long ago old older oldest
    biggest largest highest top worst day days week weeks months currency back again there here
    unapplied unmatched unallocated matched applied credited issue issued
    take taking report reports hear politely kindly briefly stuff info information chasing emailing
    hows far behind sitting leave alone start lift came come settled arrived usually way those
    euro euros dollar dollars pound pounds yen usd eur gbp jpy chf bucks payer payers closable pull
    up everything anymore anyway basically actually maybe perhaps kind sort thing stuff needed needs
    wire-transfer collect collected collecting usual normally ever
    unhold un-hold handle handles handling responsible reliable reliably match person matched
    big large small high low huge bigger larger good bad new
    same instead well ok okay yes go ahead one ones thing things something anything lot bit
    deal up-to-date situation going doing let hasn haven don doesn didn isn
    wouldn't couldn't shouldn't it's they're they've we're we've i'm i've i'd i'll you're ref
    reference yesterday today tomorrow
    they'll he'll she'll it'll we'll told already never
    til reason reasons first second third purchase order po forecast expected expect dso
    conversation thread terms limit language phone address late early on-time risk risky priority
    payable them all csv excel export pdf by digest soon everything's
    collections compare sync synced tie ties gl ledger reconciled time
    lately fyi final notice trust updated
    refreshed fresh data unsnooze un-snooze unmute odd wrong strange
    """
)


_TRADE = _words("netsuite erp slack stripe ach wire monday friday ar i i'm i'll")


def name_in(text: str) -> str:
    """The words of a message that are nobody's but a name; quoted words before all others.

    A capital inside a sentence keeps a plain word ("First Note Studios"), unless the whole
    message is written in capitals.
    """
    quoted = QUOTED.search(text)
    if quoted:
        return quoted[1].strip()
    tokens = [t for t in _WORD.findall(text) if not t.startswith("<")]
    capitals = sum(t[:1].isupper() for t in tokens)
    loud = capitals * 2 > len(tokens) and len(tokens) > 3
    kept = [
        _POSSESSIVE.sub("", token)
        for place, token in enumerate(tokens)
        if not _is_plain(token, first=place == 0, loud=loud)
    ]
    return " ".join(word.strip(".") for word in kept).strip(" -'&.")


def _is_plain(token: str, *, first: bool, loud: bool) -> bool:
    word = _POSSESSIVE.sub("", token).strip(".’'").lower()
    if not word or word in {"-", "–", "&"}:
        return word != "&"
    if word not in _PLAIN:
        return False
    named = token[:1].isupper() and not token.isupper() and not first and not loud
    return not named or word in _TRADE
