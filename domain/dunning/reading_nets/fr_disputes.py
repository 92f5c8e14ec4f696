"""French: why an invoice is contested."""

from __future__ import annotations

PHRASES = {
    "dispute": (
        "(nous |je )?contest*; litige*|litigieu*; (facture|montant|somme|elle|cela|"
        r"\S*\d\S*) (\S+ ){{0,3}}(erron*|incorrect*|faux|fausse|inexact*|injustifi*|pas "
        "(correct*|conforme|juste|bon*|due?|justifi*)|non conforme|anormal*|exagere*); "
        r"(erreur*|anomalie*|ecart|incoherence|probleme|souci) (\w+ )?(sur|dans|de|"
        r"concernant|avec|entre) (\w+ )?(la |le |votre |cette |l'|les |notre )*(factur*|"
        r"montant|prix|calcul|commande|livraison|total|somme|\S*\d\S*); (pas d'accord|"
        "desaccord|en desaccord|n'acceptons pas|n'accepte pas|ne reconnai*|ne devons|rien "
        "a payer|ne payerons|ne paierons|ne paierai|ne reglerons|ne reglerai|refus* (de "
        ")?(pay*|regl*|factur*|cette))~; (rectifi*|corrig*|annul*|refaire|modifi*|"
        r"reemettre|re-?etabl*) (\S+ ){{0,4}}(factur*|\S*\d\S*|montant); facture "
        r"(rectificative|corrigee|rejetee|refusee|bloquee|a refaire); (facture|elle) (\S+ "
        "){{0,3}}(rejet*|refus*|bloqu*); reclamation*; reserve* (sur|emis*)"
    ),
    "dispute-": "(aucun|pas de|sans|ni) (litige|contestation|reclamation|probleme)s?",
    "why.pricing": (
        r"(prix|tarif|taux|cout|montant) (\S+ ){{0,8}}(ne correspond*|trop|errone*|"
        "incorrect*|convenu*|negoci*|different*|superieur*|devis|faux|mauvais|plus (eleve|"
        "cher)|contrat|commande|pas|augment*|affiche|annonce*); (mauvais|ancien|convenu|"
        "negocie|devis*|autre|errone) (prix|tarif|taux|montant); (devis|bon de commande|"
        r"contrat|offre|commande|accord|marche) (\S+ ){{0,5}}(de|a|etait|est|indiqu*|prevo*|"
        r"mentionn*|sign*|stipul*) (\S+ ){{0,3}}\d\S*; trop (eleve*|cher*); surfactur*; "
        r"(remise|rabais|ristourne|escompte|reduction) (\S+ ){{0,6}}(pas|non|oubli*|manqu*|"
        "convenu*|appliqu*|promis*|prevu*|accord*|absente); (au lieu de|contre|et non|pas) "
        r"(\S+ ){{0,2}}\d\S* (eur|euros|€|ht|ttc|par|de l'heure|l'unite); augmentation (de "
        r"prix|tarif*)|hausse; (factur*|compt*) (\S+ ){{0,4}}(plus|trop|en trop)~; frais "
        "(de port|de livraison|supplementaires?|annexes)~(pas|non|offert|inclus|prevu*|"
        "contest*)"
    ),
    "why.quantity": (
        r"quantite* (\S+ ){{0,6}}(errone*|incorrect*|fausse|different*|ne correspond*|"
        "manqu*|livre*|factur*|inferieur*|mauvais*|pas|commande*); (mauvaise|fausse) "
        r"quantite; (manqu*|il manque|manquai*|manquant*) (\S+ ){{0,5}}(\d+|un|une|deux|"
        "trois|quatre|cinq|dix|piece*|unite*|carton*|article*|palette*|colis|licence*|des|"
        r"plusieurs|ligne*|produit*)~; (recu|livre|compte|commande|arrive|receptionne)\w* "
        r"(que|seulement|uniquement|qu') (\S+ ){{0,4}}(\d+|un|une|deux|trois|quatre|cinq|"
        "six|dix|moitie|partie) ~(sur|au lieu|et non|pas|unite*|piece*|carton*|palette*|"
        r"article*)?; (\d+|un|deux|trois|quatre|cinq|dix) (\S+ ){{0,5}}(au lieu de|sur les|"
        r"et non|sur|contre) (les )?(\d+|un|deux|trois|dix|quinze|vingt); livraison "
        "(partielle|incomplete); trop d'(heures|unites)|trop de (licences|jours|"
        "utilisateurs)"
    ),
    "why.not_received": (
        r"(jamais|pas|toujours pas|rien|aucun\w*|non) (\S+ ){{0,4}}(recu*|livre*|arriv*|"
        "receptionn*|effectu*|realis*|execut*|parven*|fourni*|venu*|eu lieu)( (la|les|le|"
        r"cette|ces|notre|nos) ~{goods})?; {goods} (\S+ ){{0,6}}(jamais|pas|toujours|non|"
        "n'a|n'ont|n'est|perdu*|n'avons|manquant*) ~(recu*|livre*|arriv*|effectu*|perdu*|"
        "la|parvenu*|realise*|receptionne*)?; attend* (toujours |encore )*(la|les|notre|"
        r"nos|cette|le) (\w+ )?{goods}; (colis|commande|livraison) (\S+ )?(perdu*|egare*)"
    ),
    "why.not_received-": (
        "(facture*|mail*|courriel*|copie|avoir|reponse|relance|rappel*|courrier|bon de "
        "commande|document*|paiement|remboursement|message*|justificatif|note de credit|"
        r"retour)( \S+){{0,4}} (jamais|pas|rien|n'a|n'est|toujours) (\S+ ){{0,4}}(recu*|"
        r"arriv*|parven*)*; (pas|jamais|rien|aucun\w*|toujours pas|n'avons|n'ai) (\S+ "
        r"){{0,4}}(recu|recue|trouve|reception|eu)\w* (\w+ )?(la |les |le |votre |cette |de "
        "|d'|l'|une |notre |vos )*(facture*|copie|avoir|reponse|mail|relance|document*|"
        "paiement|duplicata|note de credit|courriel|rib|message|nouvelle*|retour|"
        "remboursement|courrier)"
    ),
    "why.quality": (
        "defectueu*; endommag*; defaut*; malfacon*; casse*|abime*; (mauvaise|piètre|pietre|"
        r"qualite) (\w+ )?(qualite|mediocre|insuffisante|deplorable|decevante|qualite|n'est "
        r"pas|inacceptable)~; ne (fonctionn*|marche*|demarr*|correspond\w* pas a (la|ce)) ~;"
        r" en panne|panne*|hors service|inutilisable*; non[- ]conform* (a|aux|,|et|\W*$)~; "
        r"(travaux|prestation|travail|installation|service|chantier) (\S+ ){{0,4}}(mal|"
        "bacle*|inacheve*|incomplet*|pas (termine*|fini*|conforme*)|non (termine|conforme|"
        r"fini)\w*|insatisf*|decev*); (retourn*|renvoy*) (\S+ ){{0,4}}(marchandise*|"
        "materiel|piece*|colis|article*|produit*); insatisf* (de|du) (la|votre|travail); "
        "rouill*|fuite*|peri*|moisi*|raye*"
    ),
    "why.duplicate": (
        r"doublon*; (en|facture\w*|double) double|double factur*|double emploi; deux fois "
        r"(\S+ ){{0,4}}(factur*|la meme|cette|le meme|pour)*; (meme|memes|identique*) (\S+ "
        r"){{0,4}}(factur*|prestation*|que|commande|montant|livraison|objet); deja (\w+ "
        r")?(factur*|inclus*|compris*|facturee) ~; remplac* (par )?(la facture|fa|\S*\d\S*)"
    ),
    "why.duplicate-": "duplicata; paye deux fois",
    "why.po_missing": (
        "(numero de commande|n° de commande|bon de commande|reference (de commande|"
        "d'engagement)|bdc|po|numero d'engagement|numero de po|code service|no de commande|"
        r"numero de bon) (\S+ ){{0,5}}(manqu*|absent*|errone*|incorrect*|pas|non|"
        "obligatoire|requis|invalide|faux|doit|n'apparait|indispensable|ne figure|expire|"
        "cloture*); (sans|manque|absence|aucun*|mauvais|pas de|pas le|ni|n'indique pas|ne "
        r"mentionne pas|ne comporte pas|ne porte pas) (\w+ )?(le |de |d'|du |notre |un |"
        "l')*(numero de commande|n° de commande|bon de commande|reference (de commande|"
        "d'engagement)|bdc|po|numero d'engagement|numero de bon)"
    ),
    "why.wrong_entity": (
        r"(mauvais\w*|autre|erron\w*|ancien\w*|fausse) (\w+ )?(entite|societe|raison "
        "sociale|filiale|denomination|adresse de facturation|etablissement|siret|structure|"
        "client); (raison sociale|entite|adresse de facturation|destinataire|denomination|"
        r"libell*|siret) (\S+ ){{0,5}}(errone*|incorrect*|faux|fausse|change*|mauvais*|pas|"
        r"doit); (facture*|etabli*|adress*|libell*|emise|factur\w*) (\S+ ){{0,6}}(au nom de|"
        r"a l'ordre de|pour le compte de|a) (\w+ )?(la |une |notre )?(autre|mauvaise|"
        "filiale|maison mere|ancienne|societe soeur|societe)~; (pas|n'est pas|ne concerne "
        r"pas|n'est) (\w+ )?(notre|nos) (societe|facture|entite|entreprise|commande); (doit|"
        r"devait|aurait du) etre (\w+ )?(factur*|adress*|etabli*|libell*) (\S+ )?(a|au "
        "nom)~; entite juridique (distincte|differente|separee)"
    ),
    "why.tax": (
        r"(tva|taxe*|taux de tva|tps|tvq) (\S+ ){{0,6}}(errone*|incorrect*|exoner*|"
        "autoliquid*|pas|ne devrait|a tort|faux|mauvais*|non|fausse|intracommun*|en trop|"
        "manqu*|au lieu|double); (erreur|mauvais*|sans|exoner*|faux|autoliquidation|taux|"
        r"retirer|pas de|hors) (\w+ )?(de |de la |sur la |la )*(tva|taxe*); autoliquidation;"
        " intracommunautaire; exoner*"
    ),
    "why.cancelled": (
        r"(annul*|resili*) (\S+ ){{0,6}}(commande|contrat|abonnement|prestation|le|depuis|"
        "en|avant|par|il y a|service|licence*|intervention|ce|cette)~; (commande|contrat|"
        r"abonnement|prestation|service|intervention|licence*|formation) (\S+ "
        "){{0,6}}(annul*|resili*|arrete*|termine*|denonce*|pas reconduit|pas renouvele); "
        "resiliation*; annulation"
    ),
    "why.cancelled-": (
        r"(veuillez|merci d'|merci de|pouvez-vous|pourriez-vous|svp|faut|doit) (\w+ "
        r")?(annul*) (\S+ ){{0,3}}(facture|relance|\S*\d\S*); annuler (la|cette|votre|l'une|"
        "et) (facture|relance|refaire)?"
    ),
    "why.credit_not_applied": (
        "(avoir|avoirs|note de credit|notes de credit|acompte|retour|remise|arrhes|trop[- "
        r"]percu|ristourne) (\S+ ){{0,8}}(pas|jamais|non|toujours|manqu*|promis*|attend*|"
        "deduit*|pris en compte|impute*|annonce*|oublie*|n'a|n'est|tenir compte|etablir|"
        "convenu); (attend*|manque*|promis*|pas|ne tient pas compte|non|sans|oubli*|"
        r"deduire|n'avez pas|n'a pas|toujours pas) (\S+ ){{0,6}}(avoir|avoirs|note de "
        "credit|acompte|trop[- ]percu)(?! (ete|recu|paye|regle|fait|une|un|la|le|les|de|"
        "des|pu|effectu|vire|transmis|envoye))"
    ),
    "why.terms": (
        r"(conditions|delai*) (de )?(paiement|reglement)? ?(\S+ ){{0,5}}(\d+|sont|est|"
        "convenu*|contractuel*|pas|negoci*|fixe*|respect*|fin de mois|erron*|trente|"
        "soixante|prevu*); (30|45|60|90|trente|soixante|quarante-cinq) jours ~(fin|net|"
        r"date|fdm|de facture|convenu*|contrat*|nets|apres|a compter|le \d)?; (pas|non|"
        r"n'est) (\w+ )?(encore )?(echue*|exigible*|due?s?|en retard|a echeance|arrivee)~; "
        r"echeance (\S+ ){{0,5}}(est|n'est|au|fin|le|pas|fixe*|errone*|reelle|contractuelle|"
        "incorrecte|fausse)~; retenue de garantie; (pv de )?reception (des travaux )?(non|"
        "pas)~"
    ),
    "why.not_ordered": (
        r"(jamais|pas|rien|aucun\w*|personne|non) (\S+ ){{0,5}}(commande*|demande*|"
        "sollicite*|signe*|souscri*|passe commande|achete*|conclu|contrat|bon de commande|"
        r"trace de commande|mandate)~; (commande|non) (\w+ )?(inconnue|non commande|"
        r"sollicite)\w*; aucun\w* (commande|contrat|trace|accord)~; n'avons (\w+ )?(pas|"
        r"jamais|rien) (\w+ )?(commande|signe|demande|souscrit|achete)\w*"
    ),
    "why.not_ordered-": (
        r"(pas|aucune|jamais) (\w+ )?(trace|recu) (de )?(la |votre |cette )?facture; "
        "n'avons pas demande (de copie|a recevoir)"
    ),
    "why.late_fee": (
        r"(penalites?|interets?|frais|indemnite*) (\w+ )?(de |d')(retard|relance|"
        "recouvrement|rappel|penalite*|retards|moratoire*|mise en demeure); interets? "
        "moratoire*; indemnite forfaitaire; majoration"
    ),
    "why.unapproved_work": (
        r"(sans|pas|jamais|aucun\w*|non|n'avons|n'a) (\S+ ){{0,5}}(accord|validation|"
        "autoris*|approuv*|valide*|devis signe|commande signee|bon pour accord|accept*|"
        r"avenant) (\S+ ){{0,5}}(travaux|heures|prestation*|supplement*|intervention*|"
        "depassement|frais|deplacement*|extra*|preste*|prealable|options?)~; (travaux|"
        "heures|prestation*|frais|intervention*) (supplement*|non prevu*|additionnel*|hors "
        r"(contrat|forfait|devis|perimetre))(\S* ){{0,8}}; (travaux|heures|prestation*|"
        r"intervention*|depassement) (\S+ ){{0,6}}(sans|jamais|pas|non) (\w+ )?(\w+ "
        ")?(accord|valide*|autorise*|approuve*|commande*|validation|demande*)"
    ),
    "why.currency": (
        r"(mauvaise|autre|fausse|erreur de|bonne) devise*; devise (\S+ ){{0,5}}(errone*|"
        r"incorrect*|n'est|pas|doit|contrat|convenu*|fausse); (en|facture\w* en) (dollars?|"
        r"usd|euros?|eur|chf|francs suisses|gbp|livres) (\S+ ){{0,5}}(au lieu|alors|et non|"
        "mais|pas|or|contrairement|quand|convenu*); taux de change"
    ),
}
