"""French: words that hint at an intent when no phrase was found."""

from __future__ import annotations

PHRASES = {
    "_pay": (
        "pay*; regl*; vir(e|er|ement*|ons); paie*; solde*; cheque*; facture*; montant; "
        "somme; fonds; argent; debloqu*; mandat*; liber*; acquitt*"
    ),
    "_future": (
        r"\w+rons; \w+rai; \w+ra; \w+ront; allons; vais; va; prevu*; programm*; part; "
        "partent; passe; le; d'ici; avant; planifi*; sous; prochain*; confirm*"
    ),
    "complaint?": (
        "desagreable*; service; relances? automatique*; professionn*; encore; marre; "
        "inadmissible; respect; client*; honte; deplor*; mauvais*; penible*; trop"
    ),
    "already_paid?": (
        "paye*; regle*; vire*; effectue*; parti; envoye*; emis; debite*; encaisse*; fait"
    ),
    "dispute?": (
        "erreur*; faux|fausse; jamais; pas (recu|commande|conforme|d'accord|du|due|normal|"
        "correct|lieu); annul*; double; avoir; trop; litige; contest*; manqu*; prix; "
        "tarif*; defaut*; casse*; refus*; remise; quantite; tva; penalite*"
    ),
    "in_process?": (
        "verifi*; valid*; transm*; attente; cours; service; direction; comptab*; signature;"
        " traite*; regarde*; revien*; renseign*; circuit"
    ),
    "submission_requirement?": "portail; chorus; depos*; bon de commande; plateforme; numero",
    "request_document?": (
        r"(envoy|renvoy|transm|besoin|merci|recevoir|copie|fourni|adress|manqu)\w* ~~ "
        "(facture|copie|duplicata|pdf|releve|contrat|bon|attestation|document|rib|"
        r"justificatif|certificat|kbis)\w*"
    ),
    "hardship?": (
        "difficult*; tresorerie; impossible; moyens; argent; banque*; crise; compliqu*; client*"
    ),
    "extension_request?": (
        "delai*; report*; plus tard; temps; attendre; semaine*; jours de; patient*; decal*"
    ),
    "payment_plan_request?": (
        "fois; mensuel*; moitie; partie; echelon*; acompte; reste; etal*; remise; mois"
    ),
    "credit_request?": "avoir; rembours*; dedui*; compens*; trop paye",
    "wrong_person?": (
        r"personne; service; contact*; adresse*; \S+@\S+; quitte; interlocut*; responsable; "
        "concerne*; charge; collegue"
    ),
    "acknowledgement?": "merci; recu; note; ok; d'accord; entendu; desole*; excus*; bien",
    "payment_method_request?": "carte; cheque; prelevement; lien; paypal; mode; virement",
    "invoice_question?": (
        "quoi; pourquoi; quel*; comment; quand; combien; expliqu*; precis*; appel*; "
        "question*; compren*; correspond*"
    ),
    "remittance_advice?": "avis; justificatif; ci-joint; preuve; virement",
    "legal_threat?": (
        "droits?; loi; justice; poursui*; procedure*; tribunal; conseil; recours; donnees; "
        "responsab*; plainte; mise en; droit*; justice; plainte; juridique*; loi"
    ),
    "insolvency_notice?": (
        "cess*; ferm*; liquid*; creanc*; jugement; mandat*; judiciaire*; creancier*; "
        "jugement; mandataire; sauvegarde"
    ),
    "stop_contact?": "arret*; cess*; stop; plus; retir*; laissez",
}
