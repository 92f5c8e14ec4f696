"""French: what customers ask for, and trouble they tell of."""

from __future__ import annotations

PHRASES = {
    "extension_request": (
        r"delai*(?! (de|contractuel|convenu|legal)? ?(paiement|reglement)? ?(est|sont|de \d|"
        r"convenu|a \d)); delai (supplementaire|de paiement supplementaire|additionnel|de "
        r"(\w+ )?(jours|semaines|mois)|de grace); (accord*|obtenir|demand*|sollicit*|besoin|"
        r"laiss*|octro*) (\S+ ){{0,6}}(delai*|report|temps|jours (de plus|supplementaires?)|"
        "semaines? (de plus|supplementaires?)|sursis|prolongation|repit); report*(?! (de|"
        r"du) (tva|la ligne)) (\S+ ){{0,5}}(paiement|echeance|reglement|date|au|a la|jusqu'|"
        r"facture|d'|de \w+ (jours|semaines))~; prolong*; (plus|peu) de temps; (semaine*|"
        "jour*|mois) (de plus|supplementaire*|de delai); differ(er|e|ons) ~; (patient*|"
        r"attendre|patience) (\w+ )?(jusqu'|un peu|encore|quelques|jusqu)~; decal*; (pouv*|"
        r"pourr*|peut-on|serait-il possible|est-il possible|possible) (\S+ ){{0,6}}(pay*|"
        r"regl*|vir*) (\S+ ){{0,5}}(plus tard|fin|en|le|au|debut|a la fin|la semaine|mois|"
        "prochain*|jusqu'|d'ici)~"
    ),
    "payment_plan_request": (
        r"echeancier*; echelonn*|etal*; (en|payer en|regler en) (\w+ )?(deux|trois|quatre|"
        r"cinq|six|dix|plusieurs|\d+) (\w+ )?(fois|mensualite*|versement*|paiement*|"
        "echeance*|tranche*|reglement*|virement*|mois); mensualite*; plan (de |"
        r"d')(paiement|reglement|apurement|remboursement|etalement); (moitie|\d+ ?%|une "
        r"partie|acompte|premier versement|tiers) (\S+ ){{0,6}}(maintenant|tout de suite|"
        "aujourd'hui|cette semaine|ce mois|fin|le|immediatement|et) ~(reste|solde|moitie|"
        r"autre|restant|le reste)~; (le )?(solde|reste|restant) (\S+ ){{0,4}}(en|le|fin|"
        "mois|dans|plus tard|prochain|debut|sous)~; paiement* (partiel*|echelonne*|"
        r"fractionne*|en plusieurs|mensuel*); fractionn*; \S*\d\S* (eur|euros|€)? ?(par|"
        "chaque|/) ?mois; (transaction|transig*|accord amiable|pour solde de tout compte|"
        r"solde de tout compte|geste commercial|remise (de \d\S*|si|contre|pour)|rabais (si|"
        r"contre)|escompte (si|pour)|accept* (\S+ ){{0,4}}(pour solde|pour solder|"
        "reduction)|abandon (d'une partie|partiel))~"
    ),
    "hardship": (
        r"tresorerie (\S+ ){{0,5}}(tendue*|difficil*|probleme*|insuffisan*|critique|"
        "compliqu*|faible|mauvaise|vide|ne (nous )?permet|fragile|negative)*; difficultes? "
        r"(\w+ )?(financi*|de tresorerie|economique*|passager*|de paiement|importante*|"
        "serieuse*|actuelle*|temporaire*|rencontr*); (pas|plus) (les |de |d'|assez (de |"
        "d')|la )*(moyens|fonds|argent|liquidite*|tresorerie|capacite)~; (impossible|"
        r"incapable*|dans l'incapacite|ne (pouvons|peux|peut|pouvez|sommes)|n'arriv*) (\S+ "
        "){{0,6}}(de |d'|a )?(payer|regler|honorer|faire face|payer nos|mesure de (payer|"
        r"regler|proceder))(?! (avant|sans|tant)); (situation|passe|periode) (\w+ "
        ")?(financiere |economique )?(difficile|compliquee|delicate|tendue|critique|"
        r"catastroph*|dure|precaire); (perdu|perte) (\S+ ){{0,4}}(client*|marche|contrat|"
        r"chiffre); (baisse|chute|effondre*) (\S+ ){{0,4}}(activite|chiffre|ventes|"
        r"commandes); (compte*|credit|decouvert) (\w+ )?(bloque|gele|coupe|debiteur|dans le "
        r"rouge)\w*; salaires?; licenci*|chomage; (hospitalis*|maladie|deces|decede|"
        "incendie|inondation|sinistre|cambriol*)"
    ),
    "hardship-": (
        r"(ne (pouvons|peux|peut)|impossible de) (\S+ ){{0,3}}(payer|regler)\w* (\S+ "
        "){{0,4}}(sans|avant|tant que|car|puisque|faute de)"
    ),
    "complaint": (
        "desagreable*; peu professionnel*; de mauvais gout; scandaleu*; inadmissible*; "
        "inaccept*; honte*|honteu*; lamentable*; (decu|deception|decevant|mecontent|furieu|"
        r"exaspere|agace|enerve|indigne|choque|outre)\w*; insupportable*; (troisieme|"
        r"quatrieme|cinquieme|deuxieme|enieme|3e|4e|3eme|4eme|seconde|\w+ieme) (\w+ )?(fois|"
        r"relance|mail|message|rappel|courrier|courriel) ~; (personne|jamais) (\w+ )?(ne "
        r")?(\w+ )?(repond*|rappel*|decroche*|lit|joignable|reponse|ecout*)~; (ton|"
        r"formulation|maniere|facon|methode|procede)\w* (\S+ ){{0,5}}(desagreable*|menacant|"
        "agressi*|inadmissible|inaccept*|deplace*|comminatoire|traiter|douteu*|relance*); "
        r"(service|accueil|suivi|communication) (\w+ )?(client )?(deplorable|catastroph*|"
        "lamentable|nul*|execrable|pitoyable|mauvais|desastr*|affreu*); ras[- ]le[- ]bol|"
        "marre|assez; (bravo|felicitations|super|genial|formidable|merci bien|quelle) "
        r",?(\S+ ){{0,5}}(encore|relance|troisieme|service|client*|efficacite|accueil|facon|"
        r"professionnalisme)~; (traiter|traite) (\S+ ){{0,4}}client*; (client\w* (fidele|"
        "depuis)|fidele client)~; se plaindre|me plains|plaign*; manque de (respect|"
        "professionnalisme|serieux|considerat*); impoli*|malpoli*|insult*|grossi*|"
        "aggressi*|agressi*; moque*|ridicule*|n'importe quoi; deja (dit|repondu|explique|"
        r"ecrit|signale) (\S+ ){{0,3}}(fois|deux|trois|plusieurs)~"
    ),
    "credit_request": (
        r"(avoir|note de credit|trop[- ]percu|acompte) (\S+ ){{0,6}}(deduire|imputer|"
        "compenser|appliquer|etablir|emettre|nous|svp|a deduire|sur la facture|en "
        "deduction|utiliser|rembours*|de la facture|affecter|pour); (etabl*|emett*|faire|"
        "envoy*|transm*|adress*|deduir*|deduisez|imput*|compens*|appliqu*|obtenir|souhait*|"
        r"demand*|merci de|besoin|utilis*|affect*|attend*) (\S+ ){{0,7}}(un avoir|l'avoir|"
        "notre avoir|avoir|avoirs|note de credit|notre credit|trop[- ]percu|acompte)(?! "
        "(ete|recu|paye|regle|une|un|des|les|la|le|plus|acces|confirmation|copie)); "
        r"rembours*; trop[- ](percu|paye|verse); paye (\w+ )?(deux fois|en double|en trop); "
        "credit* (notre|le) compte"
    ),
    "submission_requirement": (
        "portail*; chorus( pro)?; ariba|coupa|basware|tungsten|cegedim|yooz|esker|jaggaer|"
        "peppol|factur-?x|plateforme|edi|e-?invoic*|dematerialis*; (depos*|telecharg*|"
        r"charg*|saisir|transmettre|envoyer|adresser|deposer) (\S+ ){{0,6}}(portail|"
        r"plateforme|chorus|en ligne|via|a l'adresse|sur)~; factures? (\S+ ){{0,5}}(doiv*|"
        "doit|uniquement|exclusivement|obligatoirement|impérativement|imperativement|"
        "seulement) ~; (indiqu*|mentionn*|rappel*|ajout*|fair* figurer|reporter|preciser|"
        r"mention) (\S+ ){{0,5}}(numero (de commande|d'engagement|de po|de bon)|bon de "
        "commande|n° de commande|reference de commande|bdc|po|code service|siret|centre de "
        "cout*|numero de tva); (numero de commande|numero d'engagement|bon de commande|"
        r"code service) (\S+ ){{0,4}}(obligatoire|doit|requis|imperatif|necessaire|"
        r"indispensable|sur (la|vos|chaque)); (envoy*|adress*|transmett*) (\S+ "
        r"){{0,4}}factures? (\S+ ){{0,4}}(a|au|sur|par|via) (\S+@\S+|notre|la|l'adresse|"
        r"courrier|service)~; (creer|creation|referenc*|enregistr*|inscri*|ouvrir) (\S+ "
        "){{0,6}}(fournisseur*|compte fournisseur); nouveau fournisseur; format (pdf|"
        "electronique|papier|ubl|xml)|(une|un) (seule )?(facture|pdf) par"
    ),
    "payment_method_request": (
        "(peut-on|pouvons-nous|possible de|puis-je) (payer|regler) par~; (par|avec|via|en) "
        r"(\w+ )?(carte|carte bancaire|carte bleue|carte de credit|cb|cheque|prelevement|"
        "paypal|virement instantane|sepa|stripe|traite|lcr|amex|apple pay|especes) ~(payer|"
        "regler|possible|accept*|paiement)?; (carte (bancaire|bleue|de credit|affaires)|"
        r"cb); prelevement*; mandat sepa; (lien|page|site|bouton) (\w+ )?(de |du |pour "
        r")?(paiement|payer|reglement)~; lien (\S+ ){{0,5}}(ne (fonctionne|marche|s'ouvre)|"
        r"expire|mort|casse|erreur|invalide); (accept*|propos*) (\S+ ){{0,3}}(carte*|"
        r"cheque*|prelevement|paypal|cb|virement*|amex); comment (\w+ )?(payer|regler|"
        "pouvons|puis|faire|proceder|effectuer|peut-on)~; (mode*|moyen*) (de )?(paiement|"
        "reglement); a l'ordre de qui|ou envoyer (le |notre )?cheque|adresser (le )?cheque"
    ),
    "payment_method_request-": (
        r"(paye|regle|effectue|envoye|fait|parti|vire|debite)\w* (\S+ )?(par|avec|via|en) "
        r"(\w+ )?(carte|carte bancaire|cb|cheque|virement|prelevement); (paierons|reglerons|"
        r"effectuerons|sera) (\S+ ){{0,4}}par (cheque|virement|carte)"
    ),
    "invoice_question": (
        r"(a quoi|quoi|que|quel\w*|pourquoi|quand|comment|combien|ou|qui|lequel|laquelle|de "
        r"quoi|qu'est-ce) (\S+ )~~\?; (expliqu*|precis*|detail*|clarifi*|eclair*|justifi*) "
        r"(\S+ ){{0,4}}(ce|la|le|cette|montant|quoi|nous|facture|ligne|poste|moi|pourquoi|"
        r"svp|calcul)~; (rappel*|appel*|telephon*) (\w+ )?([- ](moi|nous)|me|nous|moi|svp)~;"
        r" (pouvez|pourriez)[- ]vous (\S+ ){{0,4}}(confirmer|indiquer|dire|expliquer|"
        "preciser|verifier|rappeler|detailler|renseigner|eclairer)~; (est-ce que|est-ce|y "
        r"a-t-il|s'agit-il|avez-vous|est-elle|correspond-elle|faut-il|doit-on) ~~\?; (a "
        "quoi correspond*|correspond a quoi|de quoi s'agit); question* (sur|concernant|au "
        r"sujet|relative|a propos|:)~; (ne compren*|ne sais|ignore|ne voi\w*) (\w+ )?(pas "
        r")?(\w+ )?(pourquoi|a quoi|ce que|quoi|quelle|d'ou|le|la|cette)~; (merci de|"
        "veuillez) (me |nous )?(confirmer|indiquer|preciser|dire|expliquer)~"
    ),
    "invoice_question-": "(si vous avez|pour toute|aucune|autres?) ~question*",
}
