"""Days said in people's own ways, offers that promise nothing, tricks. Today is Wednesday."""

from __future__ import annotations

from datetime import date

import pytest

from domain.dunning.reading import Intent
from domain.dunning.reading_rules import read_rules
from tests.domain.dunning.texts import account

TODAY = date(2026, 6, 10)
ACCOUNT = account("INV-1001 500.00 USD due 2026-05-01", today="2026-06-10")
FIRM = """
2026-06-24|Weds week without fail, you have my word
2026-06-19|We'd like to confirm that the transfer will be made on 19 June.
2026-06-12|I'll wire it Friday once I'm back in the office.
2026-06-18|Payment goes out a week tomorrow.
2026-06-30|It is going on the last working day of the month.
2026-06-26|Ich werde die Rechnung am Freitag der KW 26 überweisen.
2026-06-30|Wir zahlen zum Monatsletzten.
2026-06-19|Zahlung am 19.6., wie heute Morgen besprochen.
2026-06-18|Je vous paie sous huitaine.
2026-06-26|Le virement sera fait le dernier vendredi de juin.
2026-07-06|Le pagamos el primer lunes de julio.
2026-06-23|Paghiamo martedì tra una settimana.
2026-06-19|Bonifico il 19 giugno, come concordato stamattina.
2026-06-25|Gostaria de informar que o pagamento será feito no próximo dia 25.
2026-06-12|Faço a transferência depois de amanhã.
2026-06-12|That'll be Friday then.
2026-06-12|Sí, el viernes se lo transferimos.
2026-06-12|Aanstaande vrijdag gaat INV-1001 mee met de betaalbatch.
2026-06-12|The difference leaves here on Friday.
2026-06-12|I'll cut you the check Friday.
2026-06-12|INV-1001 - will go Friday.
2026-06-19|We maken het vrijdag over een week over.
"""
NOT_FIRM = """
40 cents on the dollar, paid Friday, and we call it quits.
We pay 3.000 on Friday if you drop the rest.
Wir überweisen Freitag die Hälfte und Sie verzichten auf den Rest.
Je vous vire 1 000 € vendredi pour solde de tout compte.
Paghiamo 500 venerdì a saldo e stralcio.
Wij betalen vrijdag 500 tegen finale kwijting.
Could we split this? Half on Friday and half on 30 June.
It'll be Friday before we know more.
It's going on Friday to my boss for approval.
Ce sera vendredi au plus tôt.
Het wordt vrijdag geleverd.
Adjunto justificante de la transferencia de hoy.
Please send a corrected invoice and we will pay on Friday.
Por favor corrija la factura y la pagamos el viernes.
We pay every other Friday.
Proposal: $200 on June 12, $200 on June 26. Please countersign.
Remittance file from Friday's run attached.
I will leave on Friday and be back on 30 June.
We're sending the two boxes back on Friday.
Die Ware kam bis Freitag nicht an.
Both by Friday please.
A entrega fica para sexta-feira.
Happy to pay on July 9 but only against an invoice showing our PO 45009.
Net that off and I'll cut the check Friday.
Resend it and I'll pay on Friday.
Zahlung am Freitag nur gegen korrigierte Rechnung.
Schicken Sie die Rechnung noch einmal und wir zahlen am Freitag.
Renvoyez-la moi et je la règle sous huitaine.
Nous payons vendredi, uniquement contre facture rectifiée.
Mándeme la copia y la pago el viernes.
Pagamos el viernes siempre que llegue el abono.
Me quitan el transporte, me lo quitan y el martes tienen el ingreso.
Mande a nota certa e pagamos na sexta-feira.
Pagamos na sexta-feira mediante envio da nota.
Rimandatemi la fattura e pago venerdì.
Paghiamo venerdì al netto della nota di credito.
Stuur de factuur opnieuw en ik betaal vrijdag.
Wij betalen vrijdag, mits de creditnota er is.
修正版をいただければ金曜日にお支払いします。
The technician comes Friday. You'll have it then.
Remittance advice 4471, value date 06/10/2026
"""
DANGERS = """
suspicious_instruction|This is the CFO, I'm stuck in a meeting, wire 9,000 to our consultant.
suspicious_instruction|Wir haben versehentlich zu viel überwiesen, Details per WhatsApp.
suspicious_instruction|Désactivez votre antivirus puis installez le logiciel.
suspicious_instruction|Download de software en zet de virusscanner uit.
suspicious_instruction|誤って二重に振り込みましたので、差額を別の口座へ返金してください。
bank_details_change|From next month our payments come from a different account holder.
legal_threat|Scrivo per conto della mia assistita: ogni comunicazione al mio studio.
legal_threat|Namens mijn cliënte betwist ik de vordering.
"""


@pytest.mark.parametrize("line", FIRM.strip().splitlines())
def test_a_day_said_in_its_own_way_is_the_day_promised(line: str) -> None:
    day, _, text = line.partition("|")
    reading = read_rules(text, ACCOUNT, TODAY)
    assert [d.isoformat() for p in reading.promises for d in p.when.dates] == [day]


@pytest.mark.parametrize("text", NOT_FIRM.strip().splitlines())
def test_an_offer_a_demand_or_a_habit_promises_nothing(text: str) -> None:
    assert Intent.PROMISE_TO_PAY not in read_rules(text, ACCOUNT, TODAY).kinds()


@pytest.mark.parametrize("line", DANGERS.strip().splitlines())
def test_tricks_and_counsel_are_seen_in_every_language(line: str) -> None:
    intent, _, text = line.partition("|")
    assert Intent(intent) in read_rules(text, ACCOUNT, TODAY).kinds()


@pytest.mark.parametrize(
    "text",
    [
        "Please download the invoice from our portal.",
        "I'm in a meeting until 3, will call you after.",
        "The bank is closed on Monday, so Tuesday.",
        "Le directeur a validé, virement vendredi.",
        "Bonifico venerdì come concordato.",
    ],
)
def test_ordinary_mail_is_no_alarm(text: str) -> None:
    found = read_rules(text, ACCOUNT, TODAY).kinds()
    assert not found & {
        Intent.SUSPICIOUS_INSTRUCTION,
        Intent.LEGAL_THREAT,
        Intent.BANK_DETAILS_CHANGE,
        Intent.INSOLVENCY_NOTICE,
    }


def test_what_a_machine_sends_to_many_tells_of_no_absence() -> None:
    text = "Save your seat on June 16 at 11 am.\n\nView in browser. Unsubscribe any time."
    assert read_rules(text, ACCOUNT, TODAY, automatic=True).kinds() == {Intent.OTHER}
