"""French as it is spoken: idioms, clipped sentences, polite detours."""

from __future__ import annotations

PHRASES = {
    "promise": (
        "on (vous |te )?(vire|regle|paie|paye|envoie|fait) (ca|cela|le|la|tout|vendredi|lundi|"
        r"mardi|mercredi|jeudi|demain|le \d|cette|la semaine)~; (on|nous|je) (s'en|nous en|"
        r"m'en) (occupe|occupons|charge|chargeons)\b~; (au|pour le) (plus vite|mieux) ~(regl\w+|"
        r"pay\w+|vir\w+)?; (vous )?(serez|seras) (pay\w+|regl\w+)~; (reglement|virement|"
        "paiement|cheque) (est )?(prevu|programme|planifie|part|partira|sera|fin|le|lundi|"
        r"mardi|mercredi|jeudi|vendredi|sous|dans|d'ici|demain|a venir|suivra|en cours)\b; "
        "(regle|paye|soldee?|vire) (d'ici|avant|le|fin|lundi|mardi|mercredi|jeudi|vendredi|"
        "demain|sous|dans)~; (fait|faisons|ferons|ferai) (au mieux|le necessaire|de notre "
        r"mieux|notre possible)~; (ce sera|c'est) (fait|regle|paye|vire) (le \d|lundi|mardi|"
        "mercredi|jeudi|vendredi|demain|d'ici|avant|sous)~"
    ),
    "_perhaps": "au mieux; de notre mieux; essay*; on verra; si tout va bien; normalement",
    "already_paid": (
        r"(c'est|cela a|ca a|elle a|il a|facture|montant|virement) (\S+ ){{0,3}}(deja |bien "
        r")(ete )?(paye|payee|regle|reglee|fait|vire|solde|soldee)\b~; (paye|payee|regle|reglee|"
        "vire|viree|solde) (depuis|il y a|la semaine derniere|hier|le mois dernier)~; (cheque|"
        r"virement|somme|montant) (\S+ ){{0,3}}(encaisse|debite|parti|preleve|emis|execute)\b~; "
        r"(argent|fonds) (\S+ ){{0,4}}(parti|chez vous|sur votre compte)~; verifiez (vos|votre) "
        "(comptes?|banque|releve)~"
    ),
    "already_paid-": (
        "(on|nous) (fait|faisons)? ?(au|de notre) mieux~; pour vous (regler|payer)~; (releve|"
        "extrait) de compte"
    ),
    "dispute": (
        r"(ne correspond(ent)?|n'est|ne sont) pas (\S+ ){{0,3}}(correct\w*|exact\w*|juste|"
        r"conforme|du|dus|due|devis|commande|bon)~; (contest\w*|litige|refus\w* (de )?pay\w*|"
        r"pas d'accord|desaccord|reclamation|erreur (sur|dans|de)|injustifie\w*|errone\w*|"
        r"fausse?|inexact\w*)\b; (annul\w*|corrig\w*|rectifi\w*|refaire|refaites|reeditez) (\S+ "
        r"){{0,3}}(facture|montant|la|cette)\b; facture (corrigee|rectificative|rectifiee|"
        r"erronee|fausse); (nous|je|on) ne (paierons|paierai|paiera|reglerons|devons|dois) (\S+ "
        ")?(pas|rien|jamais|plus)~"
    ),
    "why.pricing": (
        r"(prix|tarif|taux|montant|cout) (\S+ ){{0,6}}(convenu|devis|trop|different|superieur|"
        r"errone|augmente|pas celui|pas le meme|ne correspond|au lieu|plus eleve)\w*~; (convenu|"
        r"devis|contrat|accord) (\S+ ){{0,5}}\d~; remise (\S+ ){{0,5}}(oubli\w*|pas|manqu\w*|"
        r"promise|appliqu\w*|deduite)~; plus cher~; surfactur\w*"
    ),
    "why.quantity": (
        r"(il )?manque(nt|ment)? (\S+ )?(\d+|un|une|deux|trois|quatre|cinq|six|dix|des|la "
        r"moitie)~; \d+ (\S+ ){{0,2}}(au lieu de|et non|sur|pas) (les )?\d+; (recu|livre) (que|"
        "seulement|uniquement) ~; livraison (partielle|incomplete)"
    ),
    "why.not_received": (
        r"(jamais|pas|rien|toujours pas) (\S+ ){{0,3}}(recu|livre|arrive|installe|effectue|"
        r"realise|vu)\w* (\S+ ){{0,2}}(marchandise|colis|livraison|commande|materiel|prestation|"
        r"produit)\w*; (marchandise|colis|livraison|commande|materiel|produit|prestation)\w* "
        r"(\S+ ){{0,4}}(jamais|pas|toujours pas) (\S+ ){{0,2}}(recu|livre|arrive|parvenu|"
        r"realise|effectue)\w*; (attend\w*) (\S+ ){{0,3}}(livraison|marchandise|colis|commande|"
        "intervention|technicien)"
    ),
    "why.not_received-": (
        r"(jamais|pas) (\S+ ){{0,3}}(recu|eu) (\S+ ){{0,2}}(facture|mail|courrier|relance|avoir|"
        r"reponse|copie)\w*"
    ),
    "why.quality": (
        r"(defectueu\w*|abim\w*|casse\w*|en panne|endommag\w*|non conforme\w*|malfacon\w*|"
        r"mauvaise qualite|ne fonctionne\w* pas|hors service|fuite\w*|rayee?s?|raye|pourrie?s?|"
        r"perime\w*)\b; (retourne|renvoye|rendu)\w* (\S+ ){{0,3}}(marchandise|colis|pieces|le "
        r"\d|materiel|produit)\w*"
    ),
    "why.cancelled": (
        r"(resili\w*|annule\w*|denonce\w*|mis fin|arrete\w*) (\S+ ){{0,5}}(contrat|commande|"
        "abonnement|service|en|le|depuis|prestation|janvier|fevrier|mars|avril|mai|juin|"
        r"juillet)~; (contrat|commande|abonnement) (\S+ ){{0,4}}(resilie|annule|termine|expire|"
        r"arrete)\w*"
    ),
    "why.wrong_entity": (
        r"(concerne|adresse\w*|pour|appartient|destine\w*) (\S+ ){{0,4}}(filiale|autre societe|"
        r"maison mere|autre entite|siege|etablissement|societe soeur|succursale)\b~; (mauvaise?|"
        r"autre) (societe|entite|raison sociale|destinataire|client)\b"
    ),
    "why.terms": (
        r"(pas|pas encore) (\S+ )?(echue?|exigible|due|arrivee? a echeance|en retard)\b; "
        r"(contrat|conditions|delai|paiement|accord) (\S+ ){{0,5}}\d+ jours; \d+ jours (fin de "
        r"mois|nets?|selon|prevu)~; echeance (\S+ ){{0,4}}(est|au|le|pas|fin)~\d"
    ),
    "why.terms-": (
        r"(obtenir|accord\w*|demand\w*|delai supplementaire|report)~(delai|jusqu\w*)?~\d+;"
    ),
    "why.not_ordered": (
        r"(jamais|pas|rien|qui a) (\S+ ){{0,2}}(commande|demande|signe|souscrit|achete)\b(?! "
        r"(\w+ )?(facture|copie|delai))"
    ),
    "why.late_fee": (
        "(penalite|interets?|frais de (retard|relance|recouvrement)|majoration|"
        r"indemnite)\w*~~(annul\w*|refus\w*|pas|retir\w*|supprim\w*|conteste\w*|injustifi\w*|"
        r"abusi\w*|hors de question)"
    ),
    "why.tax": (
        r"(tva|taxe) (\S+ ){{0,6}}(pas|errone\w*|fausse?|exoner\w*|autoliquid\w*|a tort|"
        r"intracom\w*|\d+ ?%|manque|mauvais)~; autoliquidation; exonere\w* de (tva|taxe)"
    ),
    "why.currency": (
        "(mauvaise devise|(euros?|dollars?|francs?|livres?) (au lieu d|et non|pas) ?'?(en |de |"
        "des )?(euros?|dollars?|francs?|livres?))"
    ),
    "why.duplicate": (
        r"(en double|(?<!en )deux fois|doublon|double facturation|deja factur\w*|factur\w* "
        r"deux)\b"
    ),
    "why.credit_not_applied": (
        r"(avoir|acompte|note de credit) (\S+ ){{0,6}}(pas|manqu\w*|oubli\w*|promis|deduit|"
        r"toujours|jamais|attend\w*|attente)~; (deduire|deduit|tenu compte) (\S+ "
        "){{0,3}}(acompte|avoir)~pas"
    ),
    "why.unapproved_work": (
        r"(pas|jamais|sans|personne) (\S+ ){{0,4}}(valide|autorise|approuve|accord|demande|"
        r"commande)\w* (\S+ ){{0,3}}(travaux|heures|supplement\w*|intervention|prestation|"
        r"extra)\w*; (travaux|heures|frais) supplementaires~(pas|jamais|sans|non)"
    ),
    "why.po_missing": (
        r"(sans|pas de|manque|absence|aucun) (\S+ "
        "){{0,3}}(numero|bon|n°|no) (de |"
        r"d')?(commande|engagement|bc)\b~"
    ),
    "request_document": (
        r"(renvoy\w*|envoy\w*|transmett\w*|adress\w*|faire parvenir|fournir|communiquer|faites|"
        r"refaites)\S* (\S+ ){{0,5}}(facture|copie|releve|duplicata|justificatif|bon de "
        r"livraison|contrat|rib|kbis|attestation|document|exemplaire)\b; jamais (\S+ "
        r"){{0,3}}(eu|recu|vu) (\S+ ){{0,3}}facture\b~; (faut|manque|besoin|voudrais|aimerais) "
        r"(\S+ ){{0,4}}(facture|copie|releve|duplicata|justificatif|bon de livraison|"
        r"attestation)\b; piece jointe (\S+ )?(manqu\w*|absente|vide|illisible)|pas de piece "
        "jointe"
    ),
    "submission_requirement": (
        "(chorus( pro)?|portail|plateforme|ariba|"
        "coupa|peppol|facture electronique|"
        r"factur-x)\b; (deposer|deposez|redeposer|"
        r"saisir|envoyer|adresser) (\S+ "
        "){{0,6}}(portail|chorus|plateforme|"
        "adresse|boite)~; (mentionner|indiquer|"
        "faire figurer|rappeler|ajouter|preciser) "
        r"(\S+ ){{0,4}}(numero|bon|reference|code|"
        r"n°) (\S+ ){{0,2}}(commande|engagement|"
        "service|fournisseur)~"
    ),
    "wrong_person": (
        r"(ne (suis|sommes|est) (pas|plus)|suis pas) (\S+ ){{0,3}}(concern\w*|responsable|en "
        "charge|bon interlocuteur|bonne personne|dans (la|cette)|votre client|chez|le bon|la "
        r"bonne|interlocut\w*)~; (ne travaille|n'travaille|travaille) (plus|pas) (\S+ "
        "){{0,3}}(ici|chez|dans|pour|la|avec)~; (a quitte|ont quitte|ai quitte|n'est plus|"
        r"parti a la retraite|retraite)\b~(societe|entreprise|chez|nous|parmi)?; (adressez|"
        "contactez|voyez|merci de (contacter|vous adresser)|rapprochez)[- ]?(vous)? ~(a|avec|"
        r"le|la|mon|ma|\S+@\S+|service|comptabilite); (mauvaise?|pas la bonne|pas le bon) "
        r"(personne|adresse|service|interlocuteur|destinataire)\b; vous (vous )?(trompez|"
        r"confondez)\b~"
    ),
    "wrong_person-": "je ne suis pas d'accord~",
    "stop_contact": (
        r"(cessez|arretez|stoppez) (de |d')(m'|nous |me |m)~; (cessez|arretez|stop)\b~(relance|"
        r"mail|courriel|appel|message|harcel|ecrire|contacter|envoyer|appeler|courrier)\w*; (ne|"
        "n') ?(m'|nous |me )(ecrivez|contactez|appelez|envoyez|relancez) (plus|pas|jamais)~; "
        r"ne plus (m'|nous |me )?(\S+ )?(ecrire|contacter|envoyer|appeler|relancer|recevoir|"
        r"solliciter)\w*~; (retirez|supprimez|enlevez|radiez|desinscri\w*) (\S+ ){{0,5}}(liste|"
        "adresse|mail|diffusion|fichier|coordonnees|base)~; (laissez|foutez)[- ](moi|nous) "
        "(tranquille|la paix|en paix)"
    ),
    "stop_contact-": "au plus vite",
    "payment_plan_request": (
        r"(en|sur) (\S+ )?(deux|trois|quatre|cinq|six|dix|douze|plusieurs|\d+) (fois|mois|"
        r"echeances|versements|mensualites|tranches)\b~; echeancier|etalement|etaler|"
        r"echelonn\w*|mensualit\w*|acomptes mensuels|par mois\b~"
    ),
    "extension_request": (
        r"(delai|report|sursis|prolongation|moratoire)\b~(supplementaire|paiement|jusqu|"
        r"accord\w*|octroy\w*|possible|quelques|jours|semaines|obtenir|demand\w*); (accord\w*|"
        r"obtenir|octroy\w*|demand\w*|besoin d\S*|laiss\w*) (\S+ ){{0,4}}(delai|report|sursis|"
        r"temps|prolongation)\b~; (reporter|decaler|repousser|differer|prolonger) (\S+ "
        "){{0,4}}(echeance|paiement|reglement|date)~; (patienter|attendre) (jusqu|encore|"
        "quelques|un peu)~"
    ),
    "hardship": (
        r"(difficultes?|problemes?|soucis?|tension) (\S+ ){{0,2}}(de tresorerie|financi\w*|"
        r"economique\w*|de paiement|passag\w*)\b; (tresorerie|situation financiere|situation) "
        r"(\S+ ){{0,3}}(tendue|difficile|critique|delicate|compliquee|vide|exsangue)\b; (plus "
        "d'argent|plus un sou|compte (bloque|a decouvert)|baisse d'activite|chiffre d'affaires "
        r"(\S+ )?(chute|baisse|effondre)|maladie|hospitalis\w*|deces|decede\w*|sinistre|"
        r"incendie)\b"
    ),
    "legal_threat": (
        r"(avocat|mise en demeure|en demeure|tribunal|tribunaux|justice|poursui\w*|assignation|"
        "assigner(ons|ai)|huissier|commissaire de justice|contentieux|service juridique|"
        "conseil juridique|saisir(ons|ai|a)|plainte|cnil|rgpd|donnees personnelles|droit "
        "d'acces|droit a l'effacement|procedure judiciaire|dommages et interets|harcelement|"
        r"dgccrf|mediateur|en refere)\w*\b"
    ),
    "legal_threat-": (
        "(liquidation|redressement|sauvegarde)~(judiciaire|tribunal)|tribunal (de commerce "
        r")?(\S+ ){{0,4}}(liquidation|redressement|sauvegarde)"
    ),
    "insolvency_notice": (
        "(redressement judiciaire|liquidation( judiciaire| amiable)?|procedure de sauvegarde|"
        r"sauvegarde judiciaire)\b~; (mandataire|administrateur|liquidateur) judiciaire\b; "
        r"(depot|depose) (de |le )?bilan\b; cessation (de paiements?|d'activite)\b; (societe|"
        r"entreprise) (\S+ ){{0,4}}(faillite|dissoute|radiee|liquidee|ferme\w* "
        r"definitivement)\b; faillite\b; declar\w* (\S+ ){{0,3}}creance\w*"
    ),
    "insolvency_notice-": (
        r"(client|fournisseur)s? (\S+ ){{0,3}}(faillite|liquidation|redressement)"
    ),
    "bank_details_change": (
        r"(rib|iban|coordonnees bancaires|compte bancaire|domiciliation)\b; (change|nouveau|"
        r"nouvelle|nouvelles|modifi\w*) (\S+ ){{0,3}}(banque|compte|coordonnees)\b"
    ),
    "complaint": (
        r"(inadmissible|inacceptable|scandaleux|honteux|incompeten\w*|insupportable|ras le bol|"
        r"marre|honte|desagreable|impoli\w*|agressi\w*|decu\w*|lamentable|deplorable|mauvais "
        "service|personne ne (repond|rappelle|lit)|(troisieme|quatrieme|cinquieme|enieme|"
        r"deuxieme|\d+e|\d+eme) (fois|mail|message|relance)|fidele\w* (depuis|client)|client\w* "
        r"fidele|votre ton|mecontent\w*|ca suffit|manque de respect)\b"
    ),
    "acknowledgement": (
        "(bien recu|bien note|c'est note|note|recu|entendu|d'accord|ok|compris|pris bonne "
        r"note)\W*(merci)?\W*$; merci (pour|de) (votre |ce |le |la |l')?(mail|message|rappel|"
        "relance|retour|information|info|courriel)~"
    ),
    "in_process": (
        "en (cours|attente) (de |d')(validation|traitement|signature|approbation|verification|"
        r"visa|rapprochement|controle|accord|bon a payer)\w*; (transmis|transfere|fait suivre|"
        r"remonte|relaye)\w* (\S+ ){{0,5}}(service|comptabilite|compta|direction|collegue|"
        r"responsable|siege)\w*; (je|nous) (\S+ )?(verifie|verifions|renseigne|renseignons|"
        r"regarde|reviens vers|revenons vers|me renseigne)\w*~; (attend\w*|manque) (\S+ "
        "){{0,4}}(validation|signature|accord|visa|feu vert)~; chez (le|la|notre) (comptable|"
        r"direct\w*|patron|chef|comptabilite)"
    ),
    "payment_method_request": (
        r"(pay\w*|regl\w*) (\S+ ){{0,3}}(par|avec|en) (carte|cb|cheque|prelevement|paypal|"
        r"especes|virement instantane)~\?; (accept\w*|prenez) (\S+ )?(carte|cb|cheques?|paypal|"
        r"amex|visa)~; (lien|page|site) (de paiement )?(\S+ ){{0,3}}(marche pas|fonctionne pas|"
        "expire|erreur|casse)~; (prelevement automatique|mandat sepa|moyens? de paiement|mode "
        r"de (paiement|reglement)|lien de paiement)\b"
    ),
    "credit_request": (
        r"(deduire|imputer|compenser|deduisez|imputez|appliquer|rembours\w*|trop[- ]?percu|"
        r"trop[- ]?paye)\b~; (emettre|etablir|faire|envoyer|besoin d'|attend\w*) (\S+ "
        r"){{0,3}}(un |l'|d')?avoir\b(?! (la|le|une|votre|les|un (delai|releve)))~"
    ),
    "invoice_question": (
        r"(a quoi|pourquoi|quel\w*|comment|qui|quand|que|combien|qu'est-ce) ~\?; (expliqu\w*|"
        r"precis\w*|detaill\w*|eclairc\w*|appelez|rappelez)[- ]?(moi|nous)?~"
    ),
    "out_of_office": (
        r"(en|de) (conges?|vacances|deplacement|arret maladie|rtt)\b~; absent\w*\b~(jusqu|du|"
        r"bureau|aujourd|semaine|de retour); (bureaux?|entreprise|societe) (\S+ )?ferm\w+ (du|"
        "jusqu|pour)~; de retour (le|lundi|mardi|a partir)~"
    ),
    "out_of_office-": (
        r"(directeur|patron|responsable|comptable|chef|gerant|il|elle) (\S+ ){{0,3}}(absent|en "
        r"conge|en vacances)\w*~(signer|valide|paie|reglera)"
    ),
    "remittance_advice": (
        r"avis de (virement|paiement|reglement)\b; (virement|paiement|reglement) (\S+ "
        "){{0,5}}(couvre|concerne|regroupe|solde|correspond aux factures)~; (ci-joint|en piece "
        r"jointe|joint|voici|trouverez) (\S+ ){{0,4}}(preuve|justificatif|ordre|confirmation|"
        "avis) (de |du )?(virement|paiement|reglement)"
    ),
    "other": (
        "bonnes? (fetes?|annee|vacances|fin d'annee)~; joyeux~; (newsletter|salon|webinaire|"
        r"catalogue|candidature|bonne fete)\b~"
    ),
}
