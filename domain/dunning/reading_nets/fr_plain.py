"""French in plain words: the same matters as a second and a third writer would put them."""

from __future__ import annotations

PHRASES = {
    "_if": (
        r"(envoyez|envoie|donnez|faites)( \S+){{0,6}} et (je|on|nous|vous|le)~(paie|paye|regle|"
        r"vire|reglement|paiement)~; pas de \w+( \w+)?,? pas de (paiement|reglement|virement)~; "
        "(une fois|des|lorsque|quand|aussitot)~(regle|paie|paye|recu|recue|livre|livree|valide|"
        "validee|corrige|corrigee)~; sous reserve"
    ),
    "_perhaps": (
        r"j'espere|nous esperons|on espere; dans les prochain\w* (jours|semaines|mois); quand "
        r"(je|on|nous) (peux|peut|pourr\w*|pouvons)~; des que (possible|je peux|on peut)~; "
        "d'ici peu; j'essaie|on essaie|nous essayons; on verra"
    ),
    "promise": (
        r"(vous )?(l'aurez|l'avez|aurez (votre|l'|le|les)|recevrez|serez (paye|regle))\w*~; (on|"
        r"je|nous) (va|vais|allons) (\w+ )?(regler|payer|virer|faire le (virement|reglement)|"
        r"s'en occuper|regulariser)\b~; (esper\w+|compte|comptons|pense|pensons|essa\w+)( "
        r"\w+){{0,3}} (payer|regler|virer|solder)( \w+)?\b~; (on|je|nous) (\w+ )?(paie|paye|"
        r"payons|regle|reglons|vire|virons)( \w+)? (vendredi|lundi|mardi|mercredi|jeudi|demain|"
        r"le \d|sans faute|bientot|d'ici|avant)~; (virement|reglement|paiement) (part|partira|"
        r"sera|arrive|suit|pour)\b~; (demain|vendredi|lundi|mardi|mercredi|jeudi),? (promis|"
        "sans faute|c'est sur)~; ne saurait tarder~; ne (va|devrait) pas tarder~; (arrive|"
        r"arrivera) (tres )?(bientot|prochainement|sous peu)\b~"
    ),
    "already_paid": (
        r"(cheque|virement|reglement|paiement|argent|somme|fonds) (\w+ )?(envoye|emis|poste|"
        r"parti|effectue|fait|passe|debite|execute)e?s?\b~; (vire|regle|paye|solde)e?s? (ce "
        r"(matin|jour)|hier|la semaine|le \d|lundi|mardi|mercredi|jeudi|vendredi|il y a|depuis|"
        r"par (virement|cheque|carte))~; (verifiez|regardez|voyez) (\w+ )?(vos|votre) (comptes?|"
        "banque|releves?|livres)~; (a|ont|avons|ai) (deja |bien |ete )*(regle|paye|vire|solde|"
        r"debite|encaisse)\w*\b~"
    ),
    "already_paid-": (
        r"(pas|jamais|sera|seront|pas encore|va etre|sans) (\w+ )?(etre )?(regle|paye|vire|"
        r"envoye|effectue|emis)\w*~; (facture|relance|rappel|commande|mail|courrier|"
        r"marchandise) (\w+ )?(envoye|emis|recu)\w*~; des que ~; une fois ~; (est|sera) "
        r"prevu\w*~"
    ),
    "payment_method_request-": (
        r"cheque (\w+ )?(envoye|emis|poste|parti|encaisse|debite)\w*~; (regle|paye|vire)\w* par "
        "(carte|cheque|virement|prelevement)~"
    ),
    "request_document": (
        r"(pouvez|pourriez|peux|pourrais|peut)( -?vous|-vous|-tu)?( \S+){{0,3}} (renvoyer|"
        r"envoyer|transmettre|faire (suivre|parvenir)|adresser|retransmettre|communiquer)\b~; "
        r"(retrouve|trouve|recu|ai|avons|retrouvons|trouvons)( \S+){{0,2}} (pas|jamais|plus)( "
        r"\S+){{0,3}} (facture|document|piece|releve|mail)~; facture (introuvable|egaree|perdue|"
        "manquante)~"
    ),
    "request_document-": (
        "(renvoyer|envoyer|transmettre) (votre|vos|le|un) rib~; (envoyer|faire) ~ (virement|"
        "paiement|reglement)~; (accorder|laisser) ~; changement de banque~"
    ),
    "doc.invoice_copy": (
        r"(retrouve|trouve|recu|ai|avons|retrouvons)( \S+){{0,3}} (pas|jamais|plus) (la|de|"
        r"cette|votre|les) facture\w*~; (me|nous) la (renvoyer|envoyer|transmettre)~; facture "
        r"introuvable~; (renvoyer|renvoyez|envoyer|envoyez|transmettre) (\S+ )?(la|cette|les|"
        r"une copie|copie) ?(de )?(la )?(facture\w*)?\b~"
    ),
    "hardship": (
        r"(periode|passe|situation|moment|annee|conjoncture)( \w+){{0,2}} (difficile|"
        r"compliquee?|delicate?|tendue?|critique|dur)\w*( \w+)?~; financierement~; (plus|pas|"
        r"peu|manque) (un sou|d'argent|de (tresorerie|liquidites|cash|fonds|moyens))\b~; "
        "tresorerie (a sec|tendue|exsangue|vide|catastrophique|insuffisante|au plus bas)~; "
        r"(perdu|perte de) (notre|un|mon|plusieurs)( \w+){{0,2}} (client|emploi|contrat|"
        r"marche)~; (tresorerie|caisses?)( \S+){{0,2}} (a sec|tendue|au plus bas|vides?|"
        "exsangue|insuffisante|difficile|negative)~"
    ),
    "why.quality": (
        r"en panne\b~; (ne (marche|fonctionne|tourne|demarre)|n'a (jamais )?(marche|"
        r"fonctionne))( \w+)? ?(pas|jamais|plus)?~; (arrive|livre|recu)\w* (\w+ )?(casse|abime|"
        r"endommage|defectueu|en morceaux)\w*~; (logiciel|systeme|machine|appareil|application|"
        r"outil|robot)( \S+){{0,3}} (plante|bugue|bloque|rame|s'arrete|tombe en panne|deconne|"
        r"dysfonctionne)\b~; (bugs?|plantages?|dysfonctionnements?|malfacons?|defauts?)\b~"
    ),
    "why.quality-": (
        "periode ~ difficile~; situation ~; paiera pas dans ces conditions~; passe difficile~"
    ),
    "why.not_received-": (
        r"(arrive|recu)\w* (casse|abime|endommage|defectueu)\w*~; (facture|demande|dossier|"
        r"document) (\w+ )?(rejete|refuse|recu)\w*~; commande annulee~; pas mentionne~; (en "
        "panne|casse)"
    ),
    "submission_requirement": (
        r"(bon de commande|numero (de commande|d'engagement)|engagement|bdc|po)( \S+){{0,6}} "
        r"(manqu\w+|absent|pas (mentionne|indique|present|sur)|obligatoire|doit|rejet\w+)~; "
        r"facture( \S+){{0,4}} (rejetee|refusee|bloquee|retournee)( \S+){{0,4}} (systeme|"
        r"portail|plateforme|chorus)~; (sans|faute de) (bon de commande|numero)~(rejet\w+|"
        r"bloqu\w+|refus\w+|impossible|pas)~; redeposer~; (deposer|redeposer|deposez|charger) "
        r"(\S+ ){{0,4}}(chorus|portail|plateforme)~"
    ),
    "extension_request-": (
        r"(esper\w+|compt\w+|pens\w+) (pouvoir )?(vous )?(payer|regler)~; jusqu'au \d+ \w+ "
        "inclus~"
    ),
    "in_process": (
        r"(traine|bloque|coince|attend|est|reste|dort)( \w+)? (chez|au|aux|a la|sur le bureau "
        r"d\w+) (notre|nos|le|la|mon|du|service)?( ?\w+)? ?(daf|direction|comptab\w+|service|"
        "directeur|signature|validation|achats|siege|bureau)~; je (relance|vois|verifie|"
        r"demande|transmets|fais suivre)( \S+){{0,3}} (interne|service|comptab\w+|collegue|chef|"
        r"direction)~; (validation|signature|circuit) (en cours|manqu\w+|attend\w+)~; (entre "
        r"les mains|sur le bureau|aupres|au niveau) d\w+( \S+){{0,4}} ?(directeur|direction|"
        r"comptab\w+|chef|daf|service|siege)~"
    ),
    "wrong_person-": (
        r"en cas d'urgence~; (facture|commande)( \S+){{0,3}} (ne nous concerne|au nom)~"
    ),
    "credit_request": (
        r"(etablir|emettre|faire|envoyer|obtenir|avoir)( \S+){{0,2}} un avoir\b~; (deduire|"
        r"deduisez|imputer|imputez|compenser|soustraire) (\S+ ){{0,4}}(avoir|trop-percu|acompte|"
        r"credit)~; trop[- ]percu~; (rembours\w+) (\S+ ){{0,3}}(acompte|trop|caution|difference|"
        r"somme)?~; (geste commercial|remise|ristourne)( \S+){{0,3}} (pour|suite|compte tenu)~"
    ),
    "stop_contact": (
        r"(arretez|cessez|stoppez)( \S+){{0,2}} (m'ecrire|nous ecrire|me|nous|m'appeler|de m|"
        r"d'envoyer|vos)~; (ne|n')( \S+){{0,2}}(contactez|ecrivez|appelez|relancez|envoyez|"
        r"derangez)( \S+)? (plus|pas|jamais)\b~; (laissez|foutez)[- ](moi|nous) (tranquille|en "
        r"paix|la paix)~; lachez[- ](moi|nous)\b~; (vous )?(abstenir|abstenez)(-vous)? de "
        r"(nous|me|m') ?(contact|ecri|appel|relanc)\w*~; "
        r"plus (de|aucun|aucune) (mail|courriel|relance|appel|message)s?\b~(svp|"
        r"merci|s'il)?; (retir\w+|supprim\w+|enlev\w+|ray\w+)[- ](moi|me|nous|mon|notre|mes)( "
        r"\S+){{0,4}} (liste|fichier|base|adresse|mail\w*|diffusion)~"
    ),
    "stop_contact-": (
        r"ne (vous )?(inquietez|derangez) ~; n'(envoyez|hesitez) pas ~; au plus bas; retired\b~"
    ),
    "other": (
        "(mauvais|mauvaise) (destinataire|fenetre|mail|conversation)~desole~; (bonne annee|"
        r"joyeux noel|bonnes fetes|joyeuses)\b~; (demenag\w+|nouvelle adresse|changement "
        "d'adresse)~; devis pour~"
    ),
    "_courtesy": "ne saurait tarder~; ne (va|devrait) pas tarder~",
}
