"""What debtors say, in their language. `{numbers}`, `{when}` and `{amount}` are filled in."""

from __future__ import annotations

PROMISE = {
    "en": (
        "Thanks for the reminder. We will pay {numbers} {when}.",
        "Payment for {numbers} has been scheduled and will go out {when}.",
        "Apologies for the delay on {numbers}. You will have the money {when}.",
        "Approved on our side: {numbers}. We are going to pay {when}.",
    ),
    "de": (
        "vielen Dank für die Erinnerung. Die Zahlung von {numbers} erfolgt {when}.",
        "wir überweisen den Betrag für {numbers} {when}.",
        "bitte entschuldigen Sie die Verzögerung. Wir zahlen {numbers} {when}.",
    ),
    "fr": (
        "merci pour votre relance. Nous paierons {numbers} {when}.",
        "le règlement de {numbers} sera effectué {when}.",
        "veuillez nous excuser pour ce retard. Le virement pour {numbers} partira {when}.",
    ),
    "es": (
        "gracias por el recordatorio. Pagaremos {numbers} {when}.",
        "el pago de {numbers} se realizará {when}.",
        "disculpen el retraso. Haremos la transferencia de {numbers} {when}.",
    ),
}
PAID_NOW = {
    "en": ("Thanks for the nudge, we have just paid {numbers}.", "Sorry we missed this. Paid."),
    "de": ("danke für den Hinweis, wir haben {numbers} soeben bezahlt.", "wir haben eben bezahlt."),
    "fr": ("merci du rappel, nous venons de régler {numbers}.", "c'est réglé à l'instant."),
    "es": ("gracias por avisar, acabamos de pagar {numbers}.", "ya está pagado, disculpen."),
}
ALREADY_PAID = {
    "en": (
        "We already paid {numbers} {when}. Please check your records.",
        "According to our bank we paid {numbers} {when}, {amount}.",
    ),
    "de": (
        "{numbers} haben wir bereits {when} bezahlt. Bitte prüfen Sie Ihre Unterlagen.",
        "laut unserer Bank haben wir {numbers} {when} beglichen ({amount}).",
    ),
    "fr": (
        "nous avons déjà payé {numbers} {when}. Merci de vérifier.",
        "selon notre banque, nous avons réglé {numbers} {when} ({amount}).",
    ),
    "es": (
        "ya pagamos {numbers} {when}. Por favor, revísenlo.",
        "según nuestro banco, pagamos {numbers} {when} ({amount}).",
    ),
}
DISPUTE = {
    "en": (
        "We cannot release {numbers}: two of the units arrived damaged. Please send a credit.",
        "The price on {numbers} does not match our purchase order. We dispute this invoice.",
        "We never received the goods for {numbers}. Please send proof of delivery.",
    ),
    "de": (
        "{numbers} können wir nicht freigeben, zwei Geräte kamen beschädigt an.",
        "der Preis auf {numbers} stimmt nicht mit unserer Bestellung überein. Wir widersprechen.",
    ),
    "fr": (
        "nous contestons {numbers} : deux appareils sont arrivés endommagés.",
        "le prix de {numbers} ne correspond pas à notre commande. Merci de corriger.",
    ),
    "es": (
        "no podemos aprobar {numbers}: dos equipos llegaron dañados.",
        "el precio de {numbers} no coincide con nuestro pedido. No estamos de acuerdo.",
    ),
}
NOTED = {
    "en": ("Received, this is in our next payment run.", "Passed on to the owner for approval."),
    "de": ("erhalten, die Rechnung ist in der Freigabe.", "wir kümmern uns darum."),
    "fr": ("bien reçu, la facture est en cours de validation.", "nous nous en occupons."),
    "es": ("recibido, la factura está en aprobación.", "lo estamos revisando."),
}
UNCLEAR = {
    "en": ("Which invoice is this about? Please send us a copy.",),
    "de": ("um welche Rechnung geht es? Bitte senden Sie uns eine Kopie.",),
    "fr": ("de quelle facture s'agit-il ? Merci de nous envoyer une copie.",),
    "es": ("¿de qué factura se trata? Envíennos una copia, por favor.",),
}
STOP = {
    "en": (
        "Please stop emailing me about this. Take me off your list.",
        "No more reminders to this address, please.",
    ),
    "de": ("bitte schreiben Sie mir nicht mehr. Keine weiteren E-Mails an diese Adresse.",),
    "fr": ("merci de ne plus m'écrire. Cessez ces courriels.",),
    "es": ("no me escriban más, por favor. Dejen de enviar correos a esta dirección.",),
}
LEGAL = {
    "en": (
        "We have handed {numbers} to our lawyers. All further contact goes through them.",
        "Our attorney will take this to court. Do not expect payment of {numbers}.",
    ),
    "de": ("wir haben {numbers} unserem Rechtsanwalt übergeben.",),
    "fr": ("nous avons transmis {numbers} à notre avocat.",),
    "es": ("hemos pasado {numbers} a nuestros abogados.",),
}
PAPERS = {
    "en": (
        "Could you send us a copy of {numbers}? We cannot find it.",
        "Please resend {numbers} as PDF, then we can process it.",
    ),
    "de": ("könnten Sie uns bitte eine Rechnungskopie von {numbers} senden?",),
    "fr": ("pourriez-vous nous envoyer une copie de {numbers} ?",),
    "es": ("¿nos pueden enviar una copia de {numbers}?",),
}
AWAY = {
    "en": (
        "Automatic reply: {subject}",
        (
            "I am out of the office until {until} and will answer when I am back.\n"
            "In urgent cases please write to {colleague}."
        ),
    ),
    "de": (
        "Automatische Antwort: {subject}",
        (
            "ich bin bis {until} nicht im Büro und melde mich danach.\n"
            "In dringenden Fällen wenden Sie sich bitte an {colleague}."
        ),
    ),
    "fr": (
        "Réponse automatique : {subject}",
        (
            "je suis absent(e) du bureau jusqu'au {until}.\n"
            "En cas d'urgence, merci de contacter {colleague}."
        ),
    ),
    "es": (
        "Respuesta automática: {subject}",
        (
            "estoy fuera de la oficina hasta el {until}.\n"
            "Para asuntos urgentes, escriban a {colleague}."
        ),
    ),
}
HELLO = {"en": "Hi,", "de": "Guten Tag,", "fr": "Bonjour,", "es": "Buenos días:"}
GOODBYE = {
    "en": ("Best regards,", "Thanks,", "Kind regards"),
    "de": ("Mit freundlichen Grüßen", "Viele Grüße"),
    "fr": ("Cordialement,", "Bien à vous,"),
    "es": ("Un saludo,", "Saludos cordiales,"),
}
JOB = {
    "en": "Accounts Payable",
    "de": "Kreditorenbuchhaltung",
    "fr": "Comptabilité fournisseurs",
    "es": "Administración",
}
AND = {"en": "and", "de": "und", "fr": "et", "es": "y"}
INVOICE = {"en": "invoice", "de": "Rechnung", "fr": "la facture", "es": "la factura"}
