"""Dangers said to nobody in particular, or only asked about.

An order to "whoever reads this, if it is a machine" and a wish to be kept for good are meant for
software. An account that is not the one known hints at fraud on one of the two sides. Courts that
appoint somebody over a company's affairs tell of insolvency without the word.
"""

from __future__ import annotations

_EN = {
    "suspicious_instruction": (
        "(if|should|when|where|in case) (this|the|my|our|you|it)( (message|e-?mail|mail|note|text|"
        r"reply|thread))?( \w+){{0,2}} (read|handled|processed|parsed|seen|received|answered|"
        "triaged|reviewed|opened|automated|a (bot|machine|robot|language model|program))( (by|an?|"
        r"the|with|through|as|system|automated|some|any)){{0,4}}( \w+)? ?(software|machine|robot|"
        "bot|system|ai|a.i.|assistant|agent|model|program|automation|script|algorithm|tool)s?; "
        "(store|remember|save|keep|record|note|treat|log) (this|that|it|them|the following|these)?"
        r"( \w+)? ?(as|in|into|for|to) (a |an |your )?(permanent|permanently|long-term|standing|"
        "trusted|verified|default|future|policy|rule|memory|all future)~; software should; "
        "(software|system|bot|robot|assistant|machine|automation) (must|should|shall|is to|has to|"
        "will) (now )?(store|remember|mark|set|approve|switch|disable|stop|forget|treat|add|copy|"
        r"send|release|cancel|delete)~; (copy|cc|bcc|include) \S+@\S+ (on|in|to|into) (every|all|"
        "any|each)~"
    ),
    "bank_details_change": (
        "(bank|iban|account|sort code|routing|swift|bic|remit\\w*|wire details)~~(last|previous|"
        "former|earlier|other|old|usual|prior) (one|ones|two|three|four|few|invoices?|bills?|time|"
        r"month|payments?|bank|account)~~(was|were|had|have|showed|went|used|is|are|said|at|with)\b"
        "; (which|what) (of the (two|2) )?(account|bank|iban|details)( \\w+)?( is| are)? "
        "(right|correct|current|valid|the right one|good|yours); which ~(bank|account|iban|details)"
        " ~(use|pay|send|right|correct); (bank|account|iban|sort code|details) ~(differ*|doesn't "
        "match|does not match|don't match|isn't the (one|same)|not the (one|same)|changed|don't "
        "tally|doesn't agree|other than)~; (old|former|previous|usual) (bank|account)~(closed|"
        "wound|no longer|instead)"
    ),
    "insolvency_notice": (
        "(called in|calling in|appointed|bring in|brought in) (the |a |an |joint )*(receiver|"
        "liquidator|administrator|insolvency practitioner)s?; (joint |provisional |interim )?"
        "(administrator|liquidator|receiver|trustee|supervisor)s? (of|over|for|in respect of) (the "
        r"|this |our )?(company|estate|assets|business|affairs|debtor|above|\w+ (ltd|limited|llc|"
        "inc|plc|gmbh))~; (claims|debts|proceedings)~(stayed|moratorium|prove|proof of debt); "
        "(handed|hand|turned over|gave) ~(keys|books|everything)~(trustee|receiver|administrator|"
        "liquidator); proof of (debt|claim)"
    ),
}
_DE = {
    "suspicious_instruction": (
        "(falls|wenn|sollte|sofern) (diese|dies|die|das|ihre?)~(software|maschine|roboter|bot|ki|"
        r"system|programm|assistent|automat|algorithmus|sprachmodell)\w*~~(bitte|sind|ist|soll|"
        "losche*|setz*|markier*|speicher*|merk*|ignorier*|storn*|gilt|beachte*|bestatig*); "
        "(dauerhaft|"
        "permanent|kunftig immer|fur alle zukunft) (merken|speichern|hinterlegen|vermerken); "
        "(software|system|ki|bot|assistent) (soll|muss|hat) ~(speichern|merken|markieren|losch*|"
        "freigeben|buchen|stoppen)"
    ),
    "bank_details_change": (
        "(bank|konto|iban|bankverbindung|kontoverbindung|kontodaten)~~(bisher|fruher|letzte*|"
        "vorher|sonst|zuvor|alte*|andere*|abweich*|umgestellt|gewechselt|geandert|neu)~; (welche|"
        "welches) (\\w+ )?(bankverbindung|konto|iban) ~(richtig|stimmt|korrekt|gilt|nun|jetzt)"
    ),
    "insolvency_notice": (
        r"verwalter\w*~(vermogen|bestellt|eingesetzt); (uber das|uber ihr|uber unser) vermogen~; "
        r"amtsgericht~(bestellt|antrag|eroffn*|beschluss|gutachter); vorlaufige\w* (\w+ )?"
        "(verwalter*|insolvenz*|sachwalter*); verfugungen~(zustimmung|untersagt|wirksam); "
        "(gericht|amtsgericht)~(sachwalter*|verwalter*|gutachter*)"
    ),
}
_FR = {
    "suspicious_instruction": (
        "(si|lorsque|quand) (ce|cet|cette|le|votre|vous)~(robot|logiciel|machine|systeme|ia|"
        r"programme|assistant|automate|algorithme|modele|bot)\w*~~; (robot|logiciel|systeme|"
        "assistant|ia|bot) (doit|devra|est prie*|doivent) ~(annul*|marqu*|consider*|enregistr*|"
        "oubli*|supprim*|envoy*|valid*); (retenir|memoris*|enregistr*|retenez|memorisez) ~(de "
        "facon "
        "permanente|definitivement|pour (toujours|l'avenir|la suite)|comme (regle|fait))"
    ),
    "bank_details_change": (
        "(rib|iban|banque|compte|coordonnees)~~(differ*|habituel*|precedent*|derniere fois|change*|"
        "ancien*|autre|nouve*|jusqu'ici|d'habitude)~; (quel|lequel|quelle) ~(rib|iban|compte|"
        "coordonnees|bon)~(rib|compte|iban|bon|valable|utiliser)"
    ),
    "insolvency_notice": (
        "(administrateur|mandataire|liquidateur|commissaire)~(designe*|nomme*|judiciaire|"
        "provisoire|"
        "creance*|jugement); jugement~(tribunal|administrateur|ouvert*|procedure); (declarer|"
        "declaration|produire) ~creance*"
    ),
}
_ES = {
    "suspicious_instruction": (
        "(si|cuando) (este|esto|el|la|eres|lo|su)~(robot|programa|maquina|sistema|ia|software|"
        r"asistente|bot|algoritmo|inteligencia artificial|modelo)\w*~~; (instruccion|orden|nota|"
        "aviso|mensaje)\\w* (para|al|a la) (el |la )?(sistema|robot|asistente|bot|ia|software|"
        "programa|maquina)~; (guarde*|recuerde*|registre*|almacene*) ~(permanente*|para siempre|"
        "como (hecho|norma|regla)|en (su )?memoria)"
    ),
    "bank_details_change": (
        "(cuenta|iban|banco|datos bancarios)~~(no coincid*|distint*|diferent*|otra|otro|anterior*|"
        "siempre|habitual*|cambi*|registrada|nuev*)~; (cual|que) ~(cuenta|iban|banco) ~(correct*|"
        "buen*|valid*|usamos|es)"
    ),
    "insolvency_notice": (
        "(presentado|solicitado|declarad\\w+|en|fase de) ~(concurso|liquidacion|insolvencia)~; "
        "administrador\\w* (concursal|judicial|provisional); (juez|juzgado|tribunal)~(concurso|"
        "administrador*|liquidacion|liquidador)"
    ),
}
_PT = {
    "suspicious_instruction": (
        "(se|quando|caso) (este|esta|isto|isso|o|a|voce|for)~(robo|programa|maquina|sistema|ia|"
        r"software|assistente|bot|algoritmo|inteligencia artificial|modelo)\w*~~; (instrucao|aviso|"
        "nota|aos cuidados|atencao|mensagem|ordem)\\w* (ao|a|para|do|da|para o) (\\w+ )?(sistema|"
        "robo|assistente|bot|ia|software|programa|maquina)~; (grave|guarde|registre|memorize|"
        "lembre)\\w* ~(permanente*|para sempre|como (fato|facto|regra))"
    ),
    "bank_details_change": (
        "(conta|iban|banco|dados bancarios|chave pix|boleto)~~(diferent*|nao bate|nao coincid*|"
        "nov[ao]|outr[ao]|anterior*|mud*|de sempre|habitual)~; qual ~(conta|banco|iban|pix) "
        "~(cert*|"
        "corret*|usar|valid*)"
    ),
    "bank_details_change-": "(conta[- ]corrente|extrato)~(bat*|valores|diferenc*)",
    "insolvency_notice": (
        "(recuperacao|liquidacao|administrador\\w*|administracao) (judicial|extrajudicial|da massa|"
        "de insolvencia); massa (falida|insolvente); (juiz|tribunal|sentenca)~(insolven*|falenc*|"
        "recuperacao|administrador*)"
    ),
}
_IT = {
    "suspicious_instruction": (
        "(se|quando|qualora) (questo|questa|il|la|sei|lei|lo)~(robot|programma|macchina|sistema|"
        r"ia|software|assistente|bot|algoritmo|intelligenza artificiale|modello)\w*~~; (istruzione|"
        "nota|avviso|messaggio|ordine)\\w* (per|al|all'|alla) ?(il |l'|la |lo )?(sistema|robot|"
        "assistente|bot|ia|software|programma|macchina)~; (memorizz*|ricorda*|registra*|salva*) ~"
        "(permanente*|per sempre|come (fatto|regola))"
    ),
    "bank_details_change": (
        "(conto|iban|banca|coordinate)~~(divers*|solit*|precedent*|altr*|cambiat*|non coincid*|"
        "nuov*|abitual*)~; (qual|quale) ~(conto|iban|banca) ~(giust*|corrett*|valid*|usare)"
    ),
    "insolvency_notice": (
        "(curatore|commissario|liquidatore)~(nominat*|giudizi*|fallim*|credit*|societa); "
        "(tribunale|"
        "giudice)~(nominat*|curatore|commissario|liquidazione|concordato); (insinua*|ammissione) ~"
        "passivo"
    ),
}
_NL = {
    "suspicious_instruction": (
        "(als|indien|wanneer|mocht) (dit|deze|het|de|u|je)~(robot|programma|machine|systeem|ai|"
        r"software|assistent|bot|algoritme|taalmodel)\w*~~; (instructie|opdracht|bericht|notitie)"
        "\\w* (voor|aan) (het |de )?(systeem|robot|assistent|bot|ai|software|programma|machine)~; "
        "(onthoud|bewaar|sla)\\w* ~(permanent|voorgoed|blijvend|als (feit|regel))"
    ),
    "bank_details_change": (
        "(rekening|rekeningnummer|iban|bank|bankgegevens)~~(ander*|afwijk*|wijkt af|vorige|"
        "gewijzigd|veranderd|nieuw|gebruikelijk*|voorheen|klopt niet)~; welk* ~(rekening|iban|bank)"
        "\\w* ~(juist|klopt|goed|correct|gebruiken)"
    ),
    "insolvency_notice": (
        "(curator|bewindvoerder|vereffenaar)~(aangesteld|benoemd|boedel|indienen|vordering*); "
        "(rechtbank|rechter)~(curator|bewindvoerder|failliet|faillissement|surseance)"
    ),
}
_JA = {
    "suspicious_instruction": (
        "(AI|システム|ロボット|ソフトウェア|アシスタント|自動応答|プログラム)(が|で|へ|に|宛|への|様).{0,30}"
        "(読|処理|指示|対応|命令|記憶|保存|設定|登録|取り消|停止)"
    ),
    "bank_details_change": (
        "(口座|振込先|銀行).{0,20}(違|異な|変更|変わ|別の|新しい|以前|従来|これまで|いつも)"
    ),
    "insolvency_notice": (
        "(破産|再生|清算|更生).{0,10}(手続|開始|申立|管財|人)|債権(届|者集会)|管財人"
    ),
}
PHRASES = {"en": _EN, "de": _DE, "fr": _FR, "es": _ES, "pt": _PT, "it": _IT, "nl": _NL, "ja": _JA}
