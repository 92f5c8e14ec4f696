"""The tables of revenue: rules, classic schedules, arrangements, elements, plans, planned amounts.

Plans are in the currency of the subsidiary's books. An element's `_transaction` and `_line` are
the document line it was made from; nothing public tells them but `transactionline.revenueelement`.
"""

from __future__ import annotations

from sandbox.netsuite.columns import Table, columns

REVENUE_TABLES = (
    Table(
        "revenuerecognitionrule",
        columns(
            "id:n name:t recognitionmethod:t revrecstartdatesource:t revrecenddatesource:t"
            " isinactive:b externalid:t _created:n _modified:n"
        ),
        display="name",
    ),
    Table("revrecschedule", columns("id:n name:t"), display="name"),
    Table(
        "revenuearrangement",
        columns(
            "id:n recordnumber:t trandate:d entity:n>customer subsidiary:n>subsidiary"
            " currency:n>currency exchangerate:n lastmodifieddate:dt _transaction:n"
        ),
        display="recordnumber",
    ),
    Table(
        "revenueelement",
        columns(
            "id:n recordnumber:t revenuearrangement:n>revenuearrangement elementdate:d source:t"
            " sourcerecordtype:t referenceid:t item:n>item quantity:n entity:n>customer"
            " subsidiary:n>subsidiary currency:n>currency exchangerate:n salesamount:m*_scale"
            " discountedsalesamount:m*_scale allocationamount:m*_scale allocationtype:t"
            " revrecstartdate:d revrecenddate:d"
            " revenuerecognitionrule:n>revenuerecognitionrule createrevenueplanson:t"
            " revenueplanstatus:t requiresrevenueplanupdate:b deferralaccount:n>account"
            " recognitionaccount:n>account lastmodifieddate:dt _transaction:n _line:n _scale:n"
            " _basescale:n"
        ),
        display="recordnumber",
        indexes=("_transaction, _line",),
    ),
    Table(
        "revenueplan",
        columns(
            "id:n recordnumber:t createdfrom:n>revenueelement revenueplantype:t"
            " amount:m*_basescale revenueplancurrency:t parentlinecurrency:t exchangerate:n"
            " item:n>item revenuerecognitionrule:n>revenuerecognitionrule revrecstartdate:d"
            " revrecenddate:d recognitionmethod:t holdrevenuerecognition:b"
            " totalrecognized:m*_basescale statusfordisplay:t lastmodifieddate:dt _basescale:n"
        ),
        display="recordnumber",
        indexes=("createdfrom",),
    ),
    Table(
        "revenueplanplannedrevenue",
        columns(
            "id:n revenueplan:n>revenueplan plannedperiod:n>accountingperiod"
            " postingperiod:n>accountingperiod amount:m*_basescale isrecognized:b"
            " journal:n>transaction dateexecuted:d exchangerate:n deferredrevenueaccount:n>account"
            " recognitionaccount:n>account plannedrevenuetype:t _basescale:n"
        ),
        indexes=("revenueplan", "plannedperiod"),
    ),
)
