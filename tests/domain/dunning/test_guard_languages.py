"""What no letter may say is found in Portuguese, Italian, Dutch and Japanese; honest words pass."""

from __future__ import annotations

import pytest

from domain.dunning.facts import ViolationKind
from domain.dunning.guarding.number_words import number_words
from domain.dunning.guarding.wording import wording

CONCESSION, THREAT, BANK = (
    ViolationKind.CONCESSION,
    ViolationKind.THREAT,
    ViolationKind.BANK_CHANGE,
)
FORBIDDEN = {
    CONCESSION: """
        Podemos conceder um abatimento sobre o valor.
        Aceitamos o pagamento em três vezes.
        Só precisa de pagar metade.
        Perdoamos o restante da dívida.
        O prazo adicional é de um mês, adiamos o vencimento.
        Vi facciamo uno sconto sulla fattura.
        Potete pagare a rate.
        Possiamo concedere una dilazione.
        Annulliamo la parte restante.
        Basta la metà dell'importo.
        U krijgt van ons korting.
        We spreken een betalingsregeling af.
        U hoeft het restant niet te betalen.
        We verlengen de betaaltermijn.
        De helft is genoeg.
        お支払いを分割いたします。
        請求額を減額いたします。
        期日を延長いたします。
        残額は免除いたします。
        今回は半額で結構です。
    """,
    THREAT: """
        O caso será entregue aos nossos advogados.
        Vamos cobrar juros de mora.
        O serviço será suspenso.
        Este é o último aviso.
        Faremos queixa à polícia.
        Procederemo per vie legali.
        Incaricheremo una società di recupero crediti.
        Saranno applicati interessi.
        Sospenderemo le forniture.
        Questo è l'ultimo avviso.
        We schakelen een deurwaarder in.
        We rekenen wettelijke rente.
        De levering wordt stopgezet.
        Dit is de laatste aanmaning.
        We stappen naar de rechter.
        弁護士に依頼いたします。
        遅延損害金を請求いたします。
        法的措置を取らせていただきます。
        取引停止とさせていただきます。
        これが最終通告です。
    """,
    BANK: """
        Mudámos de banco: pague para a nova conta.
        Os nossos dados bancários mudaram.
        Pague por Pix, por favor.
        A partir de agora use outra conta.
        Abbiamo cambiato banca.
        Le nostre coordinate bancarie sono cambiate.
        Pagate sul conto seguente.
        D'ora in poi usate il nuovo conto corrente.
        Ons rekeningnummer is gewijzigd.
        Betaal voortaan op een andere rekening.
        We hebben een nieuwe bank.
        Gebruik de rekening hieronder.
        振込先が変わりました。
        新しい口座にお願いいたします。
        次の口座へお支払いください。
        口座番号が変更になりました。
    """,
}
HONEST = """
    Há alguma dúvida sobre a fatura?
    Pode dizer-nos quando pagará o valor em aberto?
    Segue em anexo um extrato da sua conta.
    C'è qualche domanda sulla fattura?
    Potete dirci quando pagherete l'importo aperto?
    In allegato trovate un estratto del vostro conto.
    Is er nog een vraag over de factuur?
    Kunt u ons laten weten wanneer u het openstaande bedrag betaalt?
    Hierbij een rekeningoverzicht.
    請求書についてご不明な点はございますか。
    お支払予定日をお知らせください。
    請求書の写しを添付いたします。
"""


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


@pytest.mark.parametrize("kind", FORBIDDEN)
def test_forbidden_words_are_found(kind: ViolationKind) -> None:
    missed = [s for s in lines(FORBIDDEN[kind]) if kind not in {k for k, _ in wording(s)}]
    assert missed == []


def test_honest_words_pass() -> None:
    assert [(s, found) for s in lines(HONEST) if (found := wording(s))] == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("quinhentos e vinte e cinco euros", 525),
        ("mil e duzentos euros", 1200),
        ("duecentocinquanta euro", 250),
        ("quarantotto giorni", 48),
        ("duemila euro", 2000),
        ("vijfentwintig dagen", 25),
        ("tweeëndertig dagen", 32),
        ("honderdvijftig euro", 150),
        ("fünfundzwanzig Tage", 25),
    ],
)
def test_numbers_written_out_are_read(text: str, value: int) -> None:
    assert [found[2] for found in number_words(text)] == [value]


@pytest.mark.parametrize("text", ["unten", "payment is due", "Beste Sanne", "seit"])
def test_words_that_only_look_like_numbers_are_none(text: str) -> None:
    assert number_words(text) == []
