"""French: what customers write about invoices."""

from __future__ import annotations

from domain.dunning.reading_nets import (
    fr_asks,
    fr_dangers,
    fr_disputes,
    fr_papers,
    fr_plain,
    fr_speech,
    fr_weak,
)
from domain.dunning.reading_nets.phrases import together

WORDS = {
    "pay": (
        "pay*|regl*|vir|vire|virer|virons|acquitt*|sold*|honor*|effectu*|procede*|emett*|"
        "emis|lanc*|transfer*|ordonn*|debloqu*|envoy* (le |la |un |une )?(paiement|"
        "virement|reglement|cheque)|adress* (le |un )?(reglement|cheque)|faire (le|un|"
        "partir)|passer"
    ),
    "future": (
        "(paie|paye|regle|vire|effectue|procede|acquitte|solde|transfere|envoie|emett|"
        "emettre|fera|lance|honore|passe|programme|ordonne|libere)r(ai|ons|ont|a|ez|as)|"
        "paiera|paierons|paierai|payera|reglera|reglerons|reglerai|virerons|ferons|ferai|"
        "fera|partira|partiront|sera|seront|aurez|recevrez|serez|sortira|arrivera|passera|"
        "interviendra|aura lieu"
    ),
    "money": (
        "paiement*|reglement*|virement*|cheque*|somme|montant|facture*|solde|fonds|argent|"
        r"tout|cela|ca|elle|il|ce|\S*\d\S*|versement|traite|lcr"
    ),
    "paid": (
        "pay[ee]*s?|regl[e]*s?|vir[e]*s?|acquitt[e]*s?|sold[e]*s?|effectu[e]*s?|emis*e?s?|"
        "execut[e]*s?|envoy[e]*s?|parti*e?s?|fait*s?|transfer[e]*s?|debit[e]*s?|post[e]*s?|"
        "passe*s?|encaiss[e]*s?|lance*s?|honore*s?|transmis|valide*s?|poste|realise*s?|"
        "ordonnance*"
    ),
    "goods": (
        "marchandise*|livraison*|commande*|colis|article*|produit*|piece*|materiel|"
        "machine*|equipement*|prestation*|travaux|service*|palette*|carton*|logiciel|"
        "licence*|intervention|pompe*|robot*|capteur*|module*|formation"
    ),
}

PHRASES = {
    "_not": (
        "(ne|n')~; n'; pas; jamais; aucun*; ni; sans; impaye*; rien; impossible; nullement; refus*"
    ),
    "_please": (
        "merci de; veuillez; pouv(ez|ons|oir)[- ]?vous; pouvez; pourriez; pourrait-on; "
        "pourrions; svp|stp; s'il vous plait; priere de; je souhaite*|nous souhaitons|"
        "souhaiterions|aimerais|voudrais|voudrions; (besoin|demand*|attend*|manque*|"
        "reclam*|necessit*|exig*) ; avoir|recevoir|obtenir|disposer; (envoyez|renvoyez|"
        "transmettez|adressez|fournissez|faites)([- ](moi|nous))?; me (renvoyer|envoyer|"
        "transmettre|faire parvenir); nous (faire parvenir|envoyer|renvoyer|transmettre|"
        "adresser|fournir); sans; il (me|nous) (faut|manque|faudrait); serait-il possible; "
        "possible d'; je vous prie; bien vouloir"
    ),
    "_if": (
        "des que; des (reception|validation|accord|signature|obtention|encaissement); "
        "lorsque; quand; si|s'il|s'ils; sous reserve; a condition; une fois; apres "
        "(reception|validation|verification|accord|signature|controle|correction|que|"
        "livraison|obtention); a (reception|compter de la reception); tant que; avant que; "
        "en attente; sauf; a moins; selon|dependra|depend; aussitot que; jusqu'a ce que; "
        "pourvu"
    ),
    "_perhaps": (
        "peut-etre; normalement; esper*; probablement; sans doute; devr(ait|aient|ions|ais|"
        "iez); pourr(ait|ions|ais|aient); essa*; tent*; envisag*; en principe; si possible;"
        " environ; vers; autour; eventuellement; je pense|nous pensons|je crois; dans la "
        "mesure du possible; a priori; theoriquement; prevoyons de|compt(e|ons)|souhait*|"
        "faire (le|notre|mon) (possible|maximum|mieux); potentiellement; visons; au mieux; "
        "un de ces jours; idealement"
    ),
    "_courtesy": (
        "si vous avez ~; s'il vous plait; sans faute; au plus tard; (n'hesitez pas|ne pas "
        "hesiter)~; si (besoin|necessaire|cela vous convient)~; pas de (souci|probleme|"
        "soucis); ne manqu* pas~; des que possible; sans (delai|tarder|retard|attendre|"
        "plus attendre); ne vous inquietez pas; pas plus tard; pas oublie*; si "
        "cela~convient; quand meme; non seulement"
    ),
    "_unsaid": (
        "(est|sont|n'est|serait) (due|dues|dus|exigible*); echeance*; selon (le|notre|nos) "
        "(contrat|accord|conditions|convention); contrat; conditions de (paiement|"
        "reglement); vous (dites|indiquez|ecrivez|demandez|pretendez|aviez|avez (dit|ecrit|"
        "indique|demande)); votre (relance|mail|courrier|message) (dit|indique|parle); "
        "habituellement|d'habitude|toujours|generalement; chaque|tous les; moitie|acompte|"
        "partiel*|une partie; reviendrons|revenons|reviens|tiendrons|tiens (vous )?|"
        "informer*; verifi*; (merci de|veuillez) (payer|regler|rembourser|virer|nous virer|"
        "nous rembourser); rembours*; reunion; devons|doit|devez|faut"
    ),
    "promise": (
        r"(debloqu|liber)\w+ (le |les )?(paiement|fonds|reglement); {money} (\S+ "
        r"){{0,5}}{future}; (nous|je|on|il|elle|comptabilite|siege|service) (\S+ "
        r"){{0,3}}{future}; (allons|vais|va|vont) (\w+ ){{0,3}}{pay}; {money} (\S+ "
        "){{0,5}}(prevu*|programm*|planifi*|part|partent|parti demain|est en cours pour|"
        "passe|sort|suit|est fixe|interviendra|aura lieu|inscrit|lance pour|est valide "
        "pour|cale*|est pour|valide*); (je|nous|on) (vous )?(la |le |les )?(regle|paie|"
        "paye|vire|reglons|payons|virons|soldons|solde|envoie le|envoyons le|fais le|"
        "faisons le|effectue|effectuons|procede|procedons|transfere|fais partir|lance|"
        r"lancons)\b; ^\W*(paiement|reglement|virement)\b ~~(le|lundi|mardi|mercredi|jeudi|"
        "vendredi|prevu|sous|demain|avant|d'ici|fin|semaine|prochain*|debut|mois|dans|"
        "courant|suit|bientot); (vous (aurez|recevrez|serez)) ~ (paiement|virement|"
        "reglement|fonds|regle*|paye*|argent|le|avant|d'ici|la somme|le montant); "
        "(m'engage|nous engageons|promet*|garanti*|confirm* (le|que|un|notre)) ~~(pay*|"
        r"regl*|vir*|le|sera|\d); (prochaine? |notre |la )(campagne|lot|cycle|run|train|"
        "batch|passage) (de )?(paiement*|reglement*|virement*); (campagne|lot|train) de "
        "(paiement*|reglement*|virement*); (est|sera|sont) (inscrit*|programm*|prevu*|"
        "planifi*|integr*|inclus*|mis*) ~(le|au|pour|dans|lundi|mardi|mercredi|jeudi|"
        "vendredi|en paiement); mis*e? en (paiement|reglement); (espere*|esperons|pensons|"
        r"pense|comptons|compte|prevoyons|prevois|essa\w*|souhaitons|devrions|devrais|"
        "pourrons|pouvons|peux|tacher*) ~{pay}; (paiement|reglement|virement) (le|lundi|"
        "mardi|mercredi|jeudi|vendredi|demain|fin|prevu|sous|d'ici|avant|cette|semaine|"
        "dans|bientot|rapidement|a venir|suit|demain); (des que|une fois|lorsque|sous "
        "reserve|apres|a reception) ~~(paie*|paye*|regle*|vire*|paiement|reglement|"
        "virement|effectu*); sera (fait|regle|paye|effectue|traite)*"
    ),
    "promise-": (
        r"(ne|n') ?\w+ (pas|jamais) (\w+ )?(pay|regl|vir|effectu)*; (paierons|reglerons|"
        "paierai|reglerai|paiera|reglera|sera|serons) (pas|jamais|rien)~; refus* de (pay|"
        "regl)*; aucun (paiement|reglement|virement)~"
    ),
    "already_paid": (
        "(avons|ai|a|ont|est|sont|etait|ete|deja|bien|viens de|venons de|vient de|a ete|"
        r"ont ete|c'est|ayant) (\w+ ){{0,4}}(paye|regle|vire|acquitte|solde|honore)e?s?; "
        r"(avons|ai|a|ont|viens de|venons de|vient de) (\S+ ){{0,4}}(effectu|fait|envoy|"
        r"emis|pass|lanc|execut|faire|effectuer|transmis|post|realis)\w* (\S+ "
        "){{0,4}}(paiement|reglement|virement|cheque|la somme|transfert); (paiement|"
        r"reglement|virement|cheque|somme|transfert|fonds|montant) (\S+ ){{0,6}}(est|sont|a|"
        r"ont|deja|bien|fut) (\w+ ){{0,3}}(parti|effectu|emis|execut|fait|envoy|pass|debit|"
        r"encaiss|recu|valid|regl|transmis|post|quitt|realis|vir)\w*; (viens|venons|vient) "
        r"de (\w+ )?(payer|regler|virer|faire|effectuer|solder); ^\W*(deja |bien |c'est |"
        r"est |facture )*(paye|regle|vire|solde)e?s?\b; (facture*|\S*\d\S*) (\S+ "
        "){{0,3}}(reglee*s?|payee*s?|soldee*s?) ~; (paiement|reglement|virement) (effectue|"
        r"fait|emis|envoye|realise|parti|execute|du \d|en date|passe)~; paye (le|par|en|il "
        "y a|depuis|hier|ce matin|via); regle (le|par|en|il y a|depuis|hier|ce matin|via); "
        "debite*s? (de|sur|le|sur notre|du)~; (somme|compte) ~ (debite|quitte)*; encaisse*"
    ),
    "already_paid-": (
        r"(ne|n'|pas|jamais|non|sera|seront|etre|doit|devrait|devrai\w*|pourra|peut|une "
        "fois|des que|quand|lorsque|sera|allons|vais|avant|deux fois) (encore |pas |ete |"
        "etre |pas encore |jamais |bien |plus )*(paye|regle|vire|effectue|solde|emis|fait|"
        r"envoye)\w*; (n'avons|n'a|n'ai|n'ont|n'est|n'etait) (\S+ ){{0,5}}(paye|regle|vire|"
        r"effectue|recu|ete)\w*; (sera|seront) (\w+ )?(paye|regle|vire|effectue|solde|emis|"
        r"execute|envoye)\w*; (paye|regle)\w* (deux fois|en double|trop)"
    ),
    "remittance_advice": (
        "avis de (paiement|virement|reglement); (ci-?joint*|piece jointe|ci-?dessous|voici|"
        "trouverez|trouvez|joint*)~~(avis|justificatif|preuve|ordre de virement|releve de "
        "virement|bordereau|detail du (virement|paiement|reglement)|confirmation (de|du) "
        r"(virement|paiement|reglement)|swift); (virement|paiement|reglement) (\S+ "
        "){{0,5}}(concerne|correspond|couvre|porte sur|regroupe|solde les|comprend|se "
        "decompose); detail (de notre|du|de ce) (virement|paiement|reglement); (preuve|"
        "justificatif|confirmation) de (paiement|virement|reglement) ~(joint|ci-|en piece|"
        "ci)*"
    ),
    "out_of_office": (
        "absen(t|te|ce)( du bureau)?; absent*; (en|mes|de) conges?; en vacances; (de "
        r"retour|je reviens|serai de retour|reviendrai|retour) (\w+ )?(le|au|a partir|lundi|"
        "mardi|mercredi|jeudi|vendredi)~; reponse automatique; message automatique; acces "
        "limite; (conge|arret) (maternite|parental|maladie|de maternite); en deplacement; "
        "ferm(e|es|ee|ees|eture) (du|jusqu'|pour|annuelle|estivale|les|entre)~; ne pourrai "
        "~ (repondre|consulter)"
    ),
    "out_of_office-": (
        "(directeur|dirigeant|gerant|signataire|responsable|daf|patron|collegue|il|elle) ~ "
        "(conge*|absent*|retour|vacances)"
    ),
    "in_process": (
        "en cours; (transmis|transfere|transmets|transmettons|transfere*|fait suivre|fais "
        r"suivre|faisons suivre|transmettrai|remonte|relaye|relaie|adresse|escalade)\w* "
        r"(\S+ ){{0,8}}(a|au|aux|comptabilite|service|collegue*|direction|compta|"
        "responsable|equipe|siege|qui)~; (en|attend*|attente) (de |d'|la |une |le |du |"
        "l')*(validation|approbation|signature|accord|visa|bon a payer|verification|"
        "traitement|confirmation|retour|reponse|autorisation); (verifi*|renseign*|regard*|"
        r"control*|enquet*|recherch*) (\w+ ){{0,3}}(aupres|avec|et|en interne|ce|cela|le|la|"
        "pourquoi|point|notre|nos|votre|cette|si|,|je|nous)~; (reviens|reviendr*|revenons|"
        r"tiens|tiendr*|tenons|informer*) (\w+ )?(vers|au|rapidement|des|informe*)~; (doit|"
        r"reste a|a) (\w+ )?(etre )?(valide|approuve|signe|vise)\w*; dans (le|notre) "
        r"(circuit|systeme|workflow|parapheur); (circuit|process\w*) de validation; "
        "changement de (logiciel|systeme|erp); migration; sous[- ]effectif; (est|sont|chez|"
        r"entre les mains) (\w+ )?(chez|dans les mains|aupres|sur le bureau) (le|la|du|de|"
        "notre|mon)~(direct*|comptab*|daf|responsable|chef|service)*; bien (enregistre|"
        r"comptabilise|saisi)\w*; laissez[- ](moi|nous) (verifier|le temps|voir|quelques)"
    ),
    "acknowledgement": (
        r"bien (recu|note|pris)\w*; (note|c'est note|recu|entendu|compris|d'accord|ok|tres "
        r"bien|parfait|ca marche)\W*(,|\.|!|merci|$)~; merci (pour|de) (votre|vos|ce|le|la|"
        "cette|l'|ton|votre)? ?(message|rappel|relance|mail|retour|information|info|"
        r"courriel|envoi|patience)~; ^\W*merci\b\W*(beaucoup|bien|a vous|d'avance)?\W*$; "
        "prenons (bonne )?note; (excus*|desole*|navre*|toutes mes excuses|pardon)~; pas "
        "(encore )?(de|d') (date|nouvelles|information|visibilite|echeance)~; (ne peux|ne "
        "pouvons|ne suis|ne sommes) ~ (vous )?(donner|communiquer|confirmer|indiquer|"
        "preciser|mesure)~(date|delai|echeance|calendrier)?; (accuse|accusons) (bonne "
        ")?reception"
    ),
}

FR = (
    WORDS,
    together(
        PHRASES,
        fr_asks.PHRASES,
        fr_dangers.PHRASES,
        fr_disputes.PHRASES,
        fr_papers.PHRASES,
        fr_plain.PHRASES,
        fr_speech.PHRASES,
        fr_weak.PHRASES,
    ),
)
