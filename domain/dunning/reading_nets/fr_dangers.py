"""French: what stops everything, who is not to be written to, and what only sounds like it."""

from __future__ import annotations

PHRASES = {
    "legal_threat": (
        "(notre|nos|mon|mes|le|un) (conseil|conseils) (juridique*|habituel|prendr*|va|vous|"
        r"nous|a|est)~; maitre [a-z]+ (vous|prendra|nous|a|est|representera)~; reserv* (\w+ "
        r")?(tous |nos |mes |de )*(droits?|poursuiv*|saisir); saisi(r|rons|e|ssons) (\w+ "
        ")?(le |la |un |l')*(juge|justice|juridict*|autorite*|mediateur|cnil|prud*|"
        r"commission)~; juridict*; juge; greffe; litige devant; faire valoir (\w+ )?droits?;"
        r" protection juridique; effacer|effacement|suppression (de|des) (\w+ )*donnees; "
        "opposition au traitement; avocat*; (service|departement|action|voie|voies|"
        r"poursuite*|procedure|conseil|recours|suite*|equipe|cadre|demarche*) (\w+ "
        ")?(juridique*|judiciaire*|contentieu*|legale?s?); juridique; en justice; tribunal|"
        r"tribunaux; mise en demeure; assign(er|ation|erons|e)\w*; poursui(vre|tes|vrons|"
        r"te)\w*; porter plainte|depot de plainte|plainte (contre|sera|deposee|aupres); "
        "huissier|commissaire de justice; injonction; dommages (et|-) ?interets?; "
        "contentieux; harcelement|harcelez|harceler; rgpd|cnil|donnees personnelles|"
        "donnees a caractere personnel|droit (a l'oubli|d'acces|a l'effacement)|protection "
        r"des donnees|article (15|17)|(supprim*|efface*|suppression|effacement) (\S+ "
        "){{0,5}}donnees; dgccrf|repression des fraudes|mediateur|defenseur|autorites; "
        "notre conseil (prendra|vous|a|est|repondra|juridique)|mandat* (un|notre|pour) "
        "~(avocat|conseil|representer); police|gendarmerie|procureur; represente par "
        "(maitre|me|notre conseil)"
    ),
    "legal_threat-": (
        "droit (de timbre|commun|d'entree)|loi (de finances|lme)|(de plein|a bon) droit|"
        "droits? (de douane|d'auteur)|tout droit|droite; (entite|forme|raison|denomination|"
        "adresse|nom|statut|mention*|personne|representant|jour) (juridique*|legale?s?|"
        "sociale?)"
    ),
    "insolvency_notice": (
        "procedure (collective|judiciaire|d'insolvabilite)|periode d'observation|"
        "creancier*|etat de cessation; mise en liquidation; jugement (du|d'ouverture|de "
        "liquidation|declaratif); redressement(?! (fiscal|du dossier|de la facture)); "
        "liquidation (judiciaire|de (la|notre) (societe|entreprise)|amiable); en "
        "liquidation; liquidateur*; mandataire (judiciaire|liquidateur|ad hoc); "
        "administrateur* judiciaire*; (procedure|plan|periode|placee? (en|sous)) (de |la "
        ")*sauvegarde; faillite; cessation (de|des) (paiements?|activite*); depot de bilan|"
        r"depose* (le|son|notre|leur) bilan; procedure collective; insolv*; declar\w* (de |"
        "votre |vos |des |la |leur |sa )*creances?; conciliation judiciaire; (cesse|"
        r"arrete)\w* (\w+ )?(toute |son |notre |l')*(activite|exploitation); dissolution|"
        "dissoute|radiee?; bodacc; jugement d'ouverture; reorganisation judiciaire|"
        "concordat"
    ),
    "bank_details_change": (
        "coordonnees (bancaires?|de (paiement|reglement|virement)); (votre|notre|nouveau|"
        "ancien|un|le|mon|du|de|quel|vos|leur) rib*; rib; iban*; bic; compte bancaire*; "
        r"(nouveau|nouvelle|change\w*|modifi*|autre|different|verifi*|confirm*|mis\w* a "
        r"jour|mettre a jour|ancien) (\S+ ){{0,6}}(compte|banque|domiciliation|coordonnees|"
        r"bancaire*|rib|iban); (compte|banque|domiciliation) (\S+ ){{0,5}}(a change|"
        r"change\w*|modifie*|nouveau|nouvelle|different|cloture*|ferme*|au nom de); (virer|"
        "payer|verser|rembourser|crediter|virement|reglement|remboursement|paiements?) "
        r"(\S+ ){{0,5}}sur (le|ce|notre|un|quel|mon|leur) (\w+ )?(compte|rib|iban); quel "
        "compte; (virement|paiement) (de )?test|micro-?virement; attestation bancaire|"
        "lettre de (la|votre) banque; affacturage|factor|cession de creance*"
    ),
    "bank_details_change-": (
        "(notre|ma|la) banque (a refuse|a rejete|nous|refuse|rejette|facture|confirme|"
        "indique|est fermee|preleve); (frais|virement*|commission*|releve*|jour*|agios|"
        "decouvert|pret|carte) (bancaire*|de banque|d'intervention); (de|depuis|debite de|"
        "debite sur) (notre|mon) compte( bancaire)?; compte (client|fournisseur|rendu)"
    ),
    "suspicious_instruction": (
        r"(ignor*|oubli*|neglig*|outrepass*|contourn*|desobei*) (\S+ ){{0,6}}(instruction*|"
        "consigne*|regle*|directive*|prompt|restriction*|procedure*|validation*|controle*|"
        "politique*|ce qui precede); (prompt|message|invite) (du |de )?systeme; (tu es|"
        r"vous etes) (maintenant|desormais|un|une) (\w+ )?(ia|assistant*|agent*|bot|robot|"
        r"modele); (ia|bot|assistant|agent|modele)( \w+)?( :|,| (doit|devez|traite|qui lit|"
        "charge|automatique|virtuel|de relance)); (a l'attention de|pour|note a|message a|"
        "cher|chere) (l'|la |le )?(ia|agent (ia|automatique)|assistant|bot|robot|"
        "intelligence artificielle); (marqu*|pass*|mett*|enregistr*|consider*|solder|"
        r"class*|traite*|met|indique*|valid*) (\S+ ){{0,7}}(comme |en |a |au statut )(etant "
        r")?(paye|regle|solde|acquitte|valide|approuve|annule|zero|0|cloture)\w*; (emett*|"
        r"cre*|etabl*|gener*|accord*) (\S+ ){{0,4}}avoir (\S+ ){{0,8}}(immediatement|sans|"
        "automatiquement|et confirm*|maintenant|total)~; sans (validation|approbation|en "
        "parler|prevenir|verifi*|autorisation)~(humain*|personne|manager|controle|"
        r"responsable)?; (envoy*|transm*|list*|donn*|communiqu*|divulg*|affich*|rev\wl*|"
        r"export*) (\S+ ){{0,6}}(tous les|autres|toutes les|l'ensemble|mots? de passe|liste "
        r"des) (\w+ )?(clients?|factures|donnees|comptes|debiteurs|soldes)?; (mot de passe|"
        "identifiants|cle api|cartes? cadeaux?|cartes cadeau); nouvelle (instruction|"
        r"consigne|directive|priorite|regle)s?( :| de| du| est| pour); repond\w* (\w+ "
        r")?(seulement |uniquement )?(par |avec )\W{{0,2}}(ok|oui|confirme|fait|valide|"
        r"termine); (supprim*|desactiv*|suspend*) (\S+ ){{0,5}}(relances?|automat*|facture*|"
        "dette|historique|dossier|compte|journal)~(immediatement|definitivement|sans|pour|"
        "automatiqu*|de votre systeme); (plafond|limite) de credit; pre-?approuve*"
    ),
    "suspicious_instruction-": (
        r"(ignor*|oubli*|ne (pas )?ten*) (\w+ )?(pas )?(compte )?(de |du )?(mon|notre|le|"
        r"votre|ce|cet|precedent|ma) (\w+ )?(mail|message|courriel|e-?mail|relance|courrier|"
        "rappel)( precedent)?; (instruction*|consigne*) de (paiement|facturation|livraison|"
        "reglement|virement|depot)"
    ),
    "stop_contact": (
        r"(arret*|cess*|stop*) (\w+ )?(de |d')?(\w+ |m'|nous |me |l'|vos |ces |les )*(ecri*|"
        "contact*|envoy*|envoi*|relanc*|harcel*|appel*|mail*|message*|importun*|solliciter|"
        "spam*|e-?mail*|courriel*|rappels?|derang*|telephon*); (ne|n') ?(m'|nous |me "
        r")*(\w+ )?(pas |plus |jamais )*(ecri*|contact*|relanc*|envoy*|appel*|derang*|"
        r"sollicit*) (\w+ )?(plus|pas|jamais)?; (ne (plus|pas)|plus|n'est plus|ne souhait* "
        r"(plus|pas)|ne veu\w* (plus|pas)|ne desir* (plus|pas)) (\w+ )?(me |nous |m'|etre |"
        "recevoir |de |d'|aucun |vos )*(ecri*|contact*|relanc*|mail*|e-?mail*|message*|"
        "rappel*|courriel*|recevoir|sollicit*|derang*|appel*|envoy*); desinscri*|desabonn*;"
        r" (retir*|supprim*|enlev*|effac*|ray*|radi*) (\S+ ){{0,6}}(liste*|adresse*|"
        "fichier*|base|diffusion|contact*|coordonnees|mailing|mon nom|mail); (laissez|"
        r"laisse|foutez)[- ](moi|nous) ~(tranquille*|paix|en paix); spam*; ^\W*stop\W*$; "
        "(aucun|plus) (autre )?(mail|message|contact|courrier|courriel|appel|relance)s? ~"
    ),
    "stop_contact-": (
        r"(n'avons|n'ai|n'a) (\w+ )?(pas|jamais|rien) recu; arret* (la |les |cette |notre "
        ")?(commande|livraison*|prestation|contrat|production|activite)"
    ),
    "wrong_person": (
        r"mauvais\w* (adresse|personne|interlocut*|destinat*|contact|service|mail|societe|"
        "numero|entreprise|departement); (ne|n') ?(suis|sommes|est|travaill*|fais|fait|"
        r"gere|m'occupe|traite|fais)\w* (pas|plus) (\w+ )?(la bonne|le bon|responsable|en "
        "charge|charge*|concerne*|dans|chez|parmi|partie|votre|ici|l'interlocut*|"
        "interlocut*|la personne|au|avec|les factures|de la|des factures|du|client*|la "
        r"comptabilite|pour)~; (a|ai|avait) quitte (\w+ )?(la |l'|notre |le )?(societe|"
        "entreprise|poste|groupe|service|cabinet)*; (plus|pas) (dans|chez|parmi) (la|l'|"
        "notre|nous|eux|cette|les)~(societe|entreprise|effectif*|nous)?; (adress*|contact*|"
        r"ecri*|envoy*|voir|rapproch*|transmett*|tourn*|dirig*|joign*)\w*([- ]vous)? (\S+ "
        r"){{0,8}}(a|au|avec|aupres|directement|vers|de|plutot) ~(\S+@\S+|comptabilite|"
        r"service compta*|mon collegue|ma collegue|madame|monsieur|mme|m\.|remplacant*|"
        r"successeur|siege|a \S+@\S+); (\S+@\S+) ~ (desormais|a la place|pour (les|vos) "
        "factures|dorenavant); (nouveau|nouvelle|bon|bonne|bons) (contact|interlocut*|"
        r"adresse|responsable|destinataire|correspondant)\w* ~; (mon|ma|son|sa) "
        r"(remplacant*|successeur|collegue) ~(s'occupe|gere|reprend|prend|est|\S+@)*; (en|a "
        "la) retraite; (ne vous connai*|connais pas|ne connai*|pas client*|jamais "
        "entendu)~; vous (vous )?tromp*; (ce n'est|c'est) pas (pour )?(moi|nous|mon "
        "service|le bon)~; repris par|rachete par~; je ne suis (que|qu')"
    ),
    "wrong_person-": (
        r"mauvais\w* (prix|montant|facture|quantite|tva|article|reference|entite|raison|"
        "compte|livraison|qualite|tarif|devise|produit*|adresse de facturation|adresse sur)"
    ),
}
