"""To post = planned cumulative less posted cumulative: every case of it by example."""

from __future__ import annotations

from datetime import date

from domain.ledger.money import Money
from domain.revenue.ledger import PostingKind
from domain.revenue.reports import Dimension, recognized_by, waterfall
from tests.domain.revenue.books import contra, ledger, months, posted, rolled

YEAR = "bill INV 2026-01-01 1200.00 even_periods 2026-01-01 2026-12-31\n"


def test_a_subscription_is_recognized_month_by_month() -> None:
    books = ledger(YEAR + months(1, 3))
    assert posted(books) == {"2026-01": "100.00", "2026-02": "100.00", "2026-03": "100.00"}
    assert rolled(books, "2026-01") == "0.00 1200.00 100.00 0.00 0.00 1100.00"
    assert waterfall(books, "USD")["2026-04"] == Money(10_000, "USD")
    assert sum(amount.minor for amount in waterfall(books, "USD").values()) == 90_000


def test_a_late_invoice_catches_up_in_the_first_open_period() -> None:
    books = ledger(months(1, 2) + "\n" + YEAR + months(3, 4))
    assert posted(books) == {"2026-03": "300.00", "2026-04": "100.00"}
    kinds = [(row.service_period.name, row.kind) for row in books.postings[:3]]
    assert kinds == [
        ("2026-01", PostingKind.CATCH_UP), ("2026-02", PostingKind.CATCH_UP),
        ("2026-03", PostingKind.SCHEDULED),
    ]  # fmt: skip
    assert rolled(books, "2026-03") == "0.00 1200.00 300.00 0.00 0.00 900.00"


def test_every_figure_names_its_records_and_rules() -> None:
    books = ledger(
        YEAR + months(1, 2) + "\ncredit CM of INV 2026-03-02 120.00 contra\nclose 2026-03-31"
    )
    plain, against, shrunk = books.explain("INV", "2026-03")
    assert plain == (
        "INV, scheduled, service 2026-03: 100.00 USD. "
        "2026-03: 100.00 USD is 1 of 12 periods of 1,200.00 USD (even periods)"
    )
    assert against == (
        "CM, contra, service 2026-02: -20.00 USD. "
        "20.00 USD of the credit of 120.00 USD falls on recognized revenue"
    )
    assert shrunk == (
        "CM, scheduled, service 2026-03: -10.00 USD. "
        "100.00 USD of the credit of 120.00 USD falls on what is left"
    )


def test_a_credit_with_service_dates_is_a_negative_plan() -> None:
    books = ledger(
        YEAR + months(1, 2) + "\ncredit CM of INV 2026-03-10 600.00 2026-07-01 2026-12-31\n"
        + months(3, 12)
    )  # fmt: skip
    assert rolled(books, "2026-03") == "1000.00 0.00 100.00 -600.00 0.00 300.00"
    assert rolled(books, "2026-07") == "0.00 0.00 0.00 0.00 0.00 0.00"


def test_the_closed_share_of_a_dated_credit_falls_now() -> None:
    text = "\ncredit CM of INV 2026-03-10 600.00 2026-01-01 2026-06-30"
    books = ledger(YEAR + months(1, 2) + text + "\nclose 2026-03-31")
    assert posted(books, "CM") == {"2026-03": "-300.00"}
    assert rolled(books, "2026-03") == "1000.00 0.00 -200.00 -600.00 0.00 600.00"
    against = ledger(YEAR + months(1, 2) + text + " contra\nclose 2026-03-31")
    assert rolled(against, "2026-03") == "1000.00 0.00 0.00 -400.00 -200.00 600.00"


def test_a_credit_without_dates_follows_recognized_and_deferred() -> None:
    text = "\ncredit CM of INV 2026-04-10 600.00\n"
    books = ledger(YEAR + months(1, 3) + text + months(4, 12))
    assert posted(books, "CM")["2026-04"] == "-200.00"
    assert rolled(books, "2026-04") == "900.00 0.00 -100.00 -600.00 0.00 400.00"
    assert rolled(books, "2026-12").endswith(" 0.00")
    shared = ledger(YEAR + months(1, 3) + text.replace("600.00", "600.00 contra") + months(4, 12))
    assert rolled(shared, "2026-04") == "900.00 0.00 50.00 -450.00 -150.00 400.00"
    assert contra(shared) == -15_000


def test_credits_of_one_month_may_arrive_in_any_order() -> None:
    first, second = "credit CM1 of INV 2026-04-10 500.00", "credit CM2 of INV 2026-04-09 300.00"
    one = ledger("\n".join([YEAR, months(1, 3), first, second, months(4, 6)]))
    other = ledger("\n".join([months(1, 3), second, first, second]))
    assert other.postings == ()
    same = ledger("\n".join([YEAR, months(1, 3), second, first, second, months(4, 6)]))
    assert one.postings == same.postings


def test_a_credit_dated_later_waits_for_its_period() -> None:
    books = ledger(YEAR + "credit CM of INV 2026-02-10 600.00\n" + months(1, 2))
    assert posted(books, "INV") == {"2026-01": "100.00", "2026-02": "100.00"}
    assert posted(books, "CM") == {"2026-02": "-100.00"}


def test_a_voided_credit_is_taken_back_in_the_open_period() -> None:
    books = ledger(
        YEAR + months(1, 2) + "\ncredit CM of INV 2026-03-10 600.00 2026-07-01 2026-12-31\n"
        + months(3, 7) + "\nvoid V of CM 2026-08-01\n" + months(8, 12)
    )  # fmt: skip
    assert posted(books, "CM") == {"2026-07": "-100.00", "2026-08": "100.00"}
    assert books.postings[-1].amount == Money(10_000, "USD")
    assert {row.kind for row in books.postings if row.posting_period.name == "2026-08"} == {
        PostingKind.REVERSAL, PostingKind.SCHEDULED
    }  # fmt: skip
    assert rolled(books, "2026-12").endswith(" 0.00")


def test_a_refund_moves_no_revenue() -> None:
    books = ledger(YEAR + months(1, 2) + "\nrefund RF of INV 2026-03-01 300.00\nclose 2026-03-31")
    assert books.postings == ledger(YEAR + months(1, 3)).postings


def test_a_write_off_ends_the_plan_and_costs_what_was_delivered() -> None:
    books = ledger(
        YEAR + months(1, 3) + "\nwrite-off WO of INV 2026-04-10 1100.00\n" + months(4, 12)
    )
    paper = next(row for row in books.documents if row.record_id == "WO")
    assert (paper.bad_debt, paper.claim) == (Money(20_000, "USD"), Money(-110_000, "USD"))
    assert rolled(books, "2026-04") == "900.00 0.00 0.00 -900.00 0.00 0.00"
    assert sum(row.amount.minor for row in books.postings) == 30_000


def test_a_write_off_of_less_than_is_undelivered_costs_nothing() -> None:
    """800 of 1,200 were paid and 300 delivered: 500 stay to be delivered."""
    books = ledger(
        YEAR + months(1, 3) + "\nwrite-off WO of INV 2026-04-10 400.00\nclose 2026-04-30"
    )
    paper = next(row for row in books.documents if row.record_id == "WO")
    assert paper.bad_debt == Money(0, "USD")
    assert sum(amount.minor for amount in waterfall(books, "USD").values()) == 50_000 - 5_556


def test_a_new_revision_catches_up_and_an_old_one_changes_nothing() -> None:
    later = "\nbill INV/2 2026-01-01 2400.00 even_periods 2026-01-01 2026-12-31\n"
    books = ledger(YEAR + months(1, 2) + later + YEAR + "close 2026-03-31")
    assert posted(books)["2026-03"] == "400.00"
    assert rolled(books, "2026-03") == "1000.00 0.00 400.00 1200.00 0.00 1800.00"


def test_a_shorter_plan_takes_back_what_is_no_longer_planned() -> None:
    later = "\nbill INV/2 2026-02-01 1100.00 even_periods 2026-02-01 2026-12-31\nclose 2026-02-28"
    books = ledger(YEAR + "close 2026-01-31" + later)
    assert posted(books) == {"2026-01": "100.00", "2026-02": "0.00"}
    assert books.postings[1].because == "no longer planned"


def test_a_reopened_period_takes_what_came_late_and_nothing_else() -> None:
    late = "\nbill LATE 2026-02-20 90.00 even_periods 2026-02-01 2026-04-30\n"
    books = ledger(YEAR + months(1, 3) + "\nreopen 2026-02-10" + late + "close 2026-02-28 again")
    assert posted(books, "LATE") == {"2026-02": "30.00"}
    after = ledger(
        YEAR + months(1, 3) + "\nreopen 2026-02-10" + late
        + "close 2026-02-28 again\nclose 2026-04-30"
    )  # fmt: skip
    assert posted(after, "LATE") == {"2026-02": "30.00", "2026-04": "60.00"}
    assert after.calendar.of(date(2026, 1, 1)).name == "2026-01"


def test_a_prospective_change_leaves_what_is_posted() -> None:
    change = "\nprospective MOD of INV 2026-04-01 300.00 even_periods 2026-04-01 2027-03-31\n"
    books = ledger(YEAR + months(1, 3) + change + months(4, 12) + "\n" + months(1, 3, 2027))
    assert posted(books)["2026-03"] == "100.00"
    assert {posted(books)[f"2026-{month:02}"] for month in range(4, 13)} == {"100.00"}
    assert posted(books)["2027-03"] == "100.00"
    assert "agreed by mail" in books.explain("INV", "2027-03")[0]


def test_a_change_within_a_month_keeps_the_days_before_it() -> None:
    text = "bill INV 2026-01-01 365.00 exact_days 2026-01-01 2026-12-31\n"
    change = "\nprospective MOD of INV 2026-04-16 -130.00\n"
    books = ledger(text + months(1, 3) + change + months(4, 12))
    assert posted(books)["2026-04"] == "22.50"
    assert sum(row.amount.minor for row in books.postings) == 23_500


def test_a_catch_up_makes_the_total_what_it_would_have_been() -> None:
    books = ledger(
        YEAR + months(1, 3) + "\ncatch_up MOD of INV 2026-04-10 -240.00\nclose 2026-04-30"
    )
    assert posted(books)["2026-04"] == "20.00"
    assert sum(row.amount.minor for row in books.postings) == 4 * 8_000


def test_text_only_changes_and_separate_ones_move_nothing() -> None:
    for treatment in ("none", "separate"):
        books = ledger(YEAR + f"{treatment} MOD of INV 2026-01-10 0.00\n" + months(1, 3))
        assert books.postings == ledger(YEAR + months(1, 3)).postings


def test_the_base_currency_closes_to_the_rounded_total() -> None:
    text = "bill INV 2026-01-01 100.00 even_periods 2026-01-01 2026-03-31 rate 1.0877\n"
    books = ledger(text + months(1, 3))
    assert posted(books, base=True) == {"2026-01": "36.25", "2026-02": "36.25", "2026-03": "36.27"}


def test_recognized_revenue_by_anything_adds_up_to_the_same() -> None:
    books = ledger(
        YEAR + "bill B 2026-02-01 50.00 exact_days 2026-02-03 2026-05-04 of Oak\n" + months(1, 6)
    )
    totals = [
        {period: sum(a.minor for a in cells.values()) for period, cells in found.items()}
        for found in (recognized_by(books, "USD", dimension) for dimension in Dimension)
    ]
    assert all(total == totals[0] for total in totals)
    assert recognized_by(books, "USD", Dimension.CUSTOMER)["2026-03"] == {
        "Elm": Money(10_000, "USD"), "Oak": Money(1_703, "USD"),
    }  # fmt: skip


def test_a_line_without_a_plan_stays_deferred_and_is_shown() -> None:
    books = ledger("bill INV 2026-01-01 10.00 manual 2026-01-01 2026-12-31\nclose 2026-01-31")
    assert waterfall(books, "USD") == {"unplanned": Money(1_000, "USD")}
    assert books.layers[0].held == "held until somebody plans it"


def test_a_credit_of_a_line_without_any_amount_falls_now() -> None:
    text = "bill INV 2026-01-01 0.00 manual 2026-01-01 2026-12-31\n"
    credit = "credit CM of INV 2026-02-01 10.00\n"
    assert posted(ledger(text + credit + months(1, 3))) == {"2026-02": "-10.00"}
    assert posted(ledger(text + months(1, 4) + "\n" + credit + months(5, 5))) == {
        "2026-05": "-10.00"
    }


def test_a_change_of_a_line_planned_by_hand_waits_for_its_plan() -> None:
    text = "bill INV 2026-01-01 100.00 manual 2026-01-01 2026-12-31\n"
    books = ledger(text + "prospective MOD of INV 2026-02-01 20.00\n" + months(1, 3))
    assert waterfall(books, "USD") == {"unplanned": Money(12_000, "USD")}


def test_reopening_what_is_open_and_closing_again_do_nothing() -> None:
    plain = ledger(YEAR + months(1, 2))
    odd = ledger("reopen 2026-01-05\n" + YEAR + months(1, 2) + "\nclose 2026-01-30")
    assert odd == plain
    later = ledger(YEAR + months(1, 3) + "\nreopen 2026-03-01\nclose 2026-02-27 again")
    assert later.first_open is not None
    assert later.first_open.name == "2026-03"


def test_reports_keep_to_their_currency() -> None:
    text = "bill EU 2026-01-01 100.00 even_periods 2026-01-01 2026-03-31 rate 1.0877\n"
    books = ledger(YEAR + text + months(1, 1))
    assert rolled(books, "2026-01", "EUR") == "0.00 100.00 33.33 0.00 0.00 66.67"
    assert rolled(books, "2026-01") == "0.00 1200.00 100.00 0.00 0.00 1100.00"
    assert set(waterfall(books, "EUR")) == {"2026-02", "2026-03"}


def test_what_was_taken_back_stays_so_in_a_reopened_earlier_period() -> None:
    text = YEAR + months(1, 1) + "\ncredit CM of INV 2026-01-20 120.00\n" + months(2, 2)
    text += "\nvoid V of CM 2026-03-05\n" + months(3, 4)
    books = ledger(text + "\nreopen 2026-02-01\nclose 2026-02-28 again\n" + months(5, 12))
    assert posted(books, "CM") == {"2026-02": "-20.00", "2026-03": "20.00"}


def test_a_credit_of_a_cent_shrinks_the_plan_and_leaves_nothing_unplanned() -> None:
    books = ledger(YEAR + "credit CM of INV 2026-01-20 0.01\n" + months(1, 12))
    assert posted(books, "CM") == {"2026-12": "-0.01"}
    assert waterfall(books, "USD") == {}
