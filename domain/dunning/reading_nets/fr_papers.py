"""French: papers that customers ask for."""

from __future__ import annotations

PHRASES = {
    "_we_send": (
        "(ci-?joint*|en piece jointe|vous trouverez|veuillez trouver|voici|je vous (joins|"
        "transmets|envoie|adresse|fais)|nous vous (joignons|transmettons|envoyons|"
        r"adressons|avons)|vous (ai|avons|a) (\w+ )?(envoye|transmis|adresse))"
    ),
    "doc.invoice_copy": (
        r"(copie*|duplicata|pdf|exemplaire|double|scan) (\S+ ){{0,5}}(factur*|fa\S*|"
        r"\S*\d\S*)?; factur* (\S+ ){{0,6}}(copie|pdf|a nouveau|de nouveau|en question|"
        "concernee|par mail|originale|svp|s'il|correspondante|manquante|jamais recu*|pas "
        "recu*|introuvable); (renvoy*|envoy*|transm*|adress*|fourni*|recevoir|parvenir|"
        r"avoir|obtenir|communiqu*|reexpedi*) (\S+ ){{0,4}}factur*; (pas|jamais|n'avons|"
        r"n'ai|introuvable|ne retrouv*|ne trouv*) (\S+ ){{0,6}}(recu*|trouv*|retrouv*|"
        r"trace) (\S+ ){{0,4}}(factur*|\S*\d\S*|document|piece)"
    ),
    "doc.statement": (
        "releve* (de |des )?(compte*|factures?|situation)?; extrait de compte; (etat|liste|"
        r"situation|recapitulatif|detail|balance|point|tableau) (\S+ ){{0,4}}(factures?|"
        "compte*|impaye*|en souffrance|ouvertes|soldes?|dues|encours|echues); grand livre; "
        "balance agee"
    ),
    "doc.w9": r"w-?9; w-?8\w*",
    "doc.pod": (
        r"(bon*|preuve*|bordereau*|recepisse|justificatif|attestation) (\w+ )?(de |"
        "d')(livraison|reception|expedition|remise|enlevement)*; bl (signe|emarge)?; "
        "lettre de voiture|cmr; emarge*; numero de suivi|suivi (du|de) colis; pv de "
        "reception|proces-verbal"
    ),
    "doc.contract": (
        "contrat*; devis( signe)?; convention; bon de commande signe; conditions generales|"
        "cgv; accord[- ]cadre; ordre de mission|confirmation de commande"
    ),
    "doc.timesheet": (
        "(feuille*|releve*|fiche*|compte rendu|rapport*|cra|detail) (de |d'|des |du "
        ")*(temps|heures|presence|activite|pointage|intervention|temps passe); cra"
    ),
    "doc.usage": (
        "(releve|rapport|detail|donnees|statistiques?|historique|justificatif|etat) (de |"
        "d'|des |de la |l')*(consommation*|utilisation|usage|connexion*); consommation"
    ),
    "doc.purchase_order": "(copie|scan) (de |du |de notre |d')*(bon de commande|commande|bdc)",
    "doc.bank_letter": (
        "attestation (bancaire|de (votre |la )?banque|de domiciliation); lettre (de "
        ")?(votre )?banque"
    ),
    "doc.bank_details": "rib; iban; coordonnees bancaires; releve d'identite bancaire; bic|swift",
    "doc.vendor_form": (
        "(formulaire|fiche|dossier|questionnaire) (de |d'|du |nouveau |ouverture |creation "
        ")*(fournisseur*|referencement|ouverture de compte|creation|tiers|homologation); "
        r"(remplir|compl\wter|retourner|renseigner) (\S+ ){{0,5}}(formulaire|fiche|dossier|"
        "questionnaire)"
    ),
    "doc.tax_certificate": (
        r"(attestation|certificat) (\w+ )?(fiscale?|de (residence fiscale|regularite "
        "fiscale|vigilance|tva|domicile fiscal)|urssaf|d'exoneration|d'assujettissement); "
        "kbis|k-bis; attestation de vigilance; residence fiscale|formulaire 5000"
    ),
    "doc.insurance_certificate": (
        r"(attestation|certificat|justificatif) (\w+ )?(d'|de |l')?(assurance*|"
        "responsabilite civile|rc|decennale|rc pro); police d'assurance; decennale"
    ),
    "request_document-": (
        "(corriger|rectifier)~; avis de (virement|paiement)|preuve de (paiement|virement)|"
        "justificatif de (paiement|virement); facture (rectificative|corrigee|rectifiee|"
        "conforme)"
    ),
}
