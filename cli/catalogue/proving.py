"""What is said of certificates and restores."""

from typing import Final

from cli.catalogue.phrase import Phrase

PROVING: Final = {
    "certificate_whole": Phrase(
        "The certificate is whole: every byte is what was signed.",
        "Het certificaat is heel: elke byte is wat is ondertekend.",
    ),
    "certificate_forged": Phrase(
        "{name} is not what was signed: it, or the document beside it, was changed or is"
        " no certificate. Ask for the files again.",
        "{name} is niet wat is ondertekend: het, of het document ernaast, is gewijzigd of"
        " is geen certificaat. Vraag de bestanden opnieuw.",
    ),
    "certificate_another_key": Phrase(
        "{name} is whole, but the key in {signer} did not sign it: get"
        " certificate-key.pem from the organisation itself, and trust only that.",
        "{name} is ongeschonden, maar de sleutel in {signer} heeft het niet ondertekend:"
        " haal certificate-key.pem bij de organisatie zelf, en vertrouw alleen die.",
    ),
    "certificate_of_person": Phrase(
        "{controller} erased everything about one person: erasure {number},"
        " confirmed {confirmed}, established {issued}, number {entry} of its ledger.",
        "{controller} heeft alles over één persoon gewist: wissing {number},"
        " bevestigd {confirmed}, vastgesteld {issued}, nummer {entry} van het register.",
    ),
    "certificate_of_picture": Phrase(
        "{controller} erased one picture: erasure {number}, confirmed {confirmed},"
        " established {issued}, number {entry} of its ledger.",
        "{controller} heeft één foto gewist: wissing {number}, bevestigd {confirmed},"
        " vastgesteld {issued}, nummer {entry} van het register.",
    ),
    "certificate_counts": Phrase(
        "{places} kinds of things in all stores: {removed} removed."
        " Pictures: {deleted} deleted, {masked} masked for good.",
        "{places} soorten dingen in alle opslagplaatsen: {removed} verwijderd."
        " Foto's: {deleted} verwijderd, {masked} voorgoed gemaskeerd.",
    ),
    "certificate_stays": Phrase("What stays, and why:", "Wat blijft, en waarom:"),
    "certificate_proof": Phrase(
        "Proof of consent stays sealed through {day}.",
        "Bewijs van toestemming blijft verzegeld tot en met {day}.",
    ),
    "certificate_no_document": Phrase(
        "Its document (PDF) is not beside it under the same name, and was not checked.",
        "Het document (PDF) staat er niet onder dezelfde naam naast, en is niet bekeken.",
    ),
    "certificate_own_key": Phrase(
        "Checked with the key inside it. Compare its name with that of the key on the"
        " organisation's site (/certificate-key.pem), or give that file with"
        " --public-key: {name}",
        "Gecontroleerd met de sleutel erin. Vergelijk de naam met die van"
        " /certificate-key.pem op de site van de organisatie, of geef dat bestand met"
        " --public-key: {name}",
    ),
    "certificate_key_kept": Phrase(
        "The key is in {file}.", "De sleutel staat in {file}."
    ),
    "picture_whole": Phrase(
        "The picture is whole: every byte is what was signed.",
        "De foto is gaaf: elke byte is wat er is ondertekend.",
    ),
    "picture_says": Phrase(
        "Number: {number}\nDecided for: {channel}, {place}\nDecided at: {decided}\n"
        "Model release (PLUS): {release}\nDone to it: {done}",
        "Nummer: {number}\nBeslist voor: {channel}, {place}\nBeslist op: {decided}\n"
        "Modelverklaring (PLUS): {release}\nWat ermee is gedaan: {done}",
    ),
    "picture_masked": Phrase(
        "Somebody in it is covered, and has to stay so.",
        "Er is iemand in afgedekt, en dat moet zo blijven.",
    ),
    "picture_ask": Phrase(
        "That was then. Whether it may be used now is said at {check}",
        "Dat was toen. Of de foto nu nog gebruikt mag worden staat op {check}",
    ),
    "picture_own_key": Phrase(
        "Who signed it was not checked: take picture-key.pem from the site of the"
        " organisation (/picture-key.pem), and give it with --public-key.",
        "Wie het heeft ondertekend is niet gecontroleerd: haal picture-key.pem van de"
        " site van de organisatie (/picture-key.pem), en geef die met --public-key.",
    ),
    "picture_changed": Phrase(
        "{name} was changed after it was signed: what it says is not of this picture.",
        "{name} is gewijzigd na het ondertekenen: wat erin staat gaat niet over deze"
        " foto.",
    ),
    "picture_another_key": Phrase(
        "{name} is whole, but the key that you gave did not sign it: it is not of that"
        " organisation.",
        "{name} is gaaf, maar is niet ondertekend met de sleutel die u gaf: het komt niet"
        " van die organisatie.",
    ),
    "error_no_statement": Phrase(
        "This file says nothing of a decision. A program may have removed that: search"
        " the picture for an address with /check/, or ask the organisation.",
        "Dit bestand zegt niets over een besluit. Een programma kan dat hebben gewist:"
        " zoek in de foto naar een adres met /check/, of vraag het de organisatie.",
    ),
    "help_verify_picture": Phrase(
        "say what a picture says of the decision by which it left, offline",
        "zeg wat een foto zegt over het besluit waarmee hij vertrok, zonder internet",
    ),
    "help_verify_picture_file": Phrase(
        "the picture, as it was made for a channel",
        "de foto, zoals die voor een kanaal is gemaakt",
    ),
    "help_verify_picture_key": Phrase(
        "the organisation's key of pictures, as its site gives it at /picture-key.pem",
        "de sleutel voor foto's van de organisatie, zoals de site die geeft op"
        " /picture-key.pem",
    ),
    "help_verify_pictures": Phrase(
        "the key of pictures, and not that of certificates",
        "de sleutel voor foto's, en niet die voor certificaten",
    ),
    "column_store": Phrase("store", "opslagplaats"),
    "column_kind": Phrase("kind", "soort"),
    "column_left": Phrase("left", "over"),
    "column_why": Phrase("why", "waarom"),
    "error_no_certificate": Phrase(
        "There is no file {name} to check. A document is checked with the .json file"
        " beside it, under the same name.",
        "Er is geen bestand {name} om te controleren. Een document wordt gecontroleerd"
        " met het .json-bestand ernaast, onder dezelfde naam.",
    ),
    "error_no_key": Phrase(
        "{name} holds no public key in PEM: give the organisation's certificate-key.pem.",
        "{name} bevat geen publieke sleutel in PEM: geef certificate-key.pem van de"
        " organisatie.",
    ),
    "help_verify": Phrase(
        "check a certificate of erasure, or a picture, without an account",
        "controleer een certificaat van wissing, of een foto, zonder account",
    ),
    "help_verify_certificate": Phrase(
        "check a certificate and its document, offline",
        "controleer een certificaat en het document erbij, zonder internet",
    ),
    "help_verify_file": Phrase(
        "the signed file (.json), or the document (.pdf) with that file beside it",
        "het ondertekende bestand (.json), of het document (.pdf) met dat ernaast",
    ),
    "help_verify_public_key": Phrase(
        "the organisation's key, as its site gives it at /certificate-key.pem",
        "de sleutel van de organisatie, zoals de site hem geeft op /certificate-key.pem",
    ),
    "help_verify_key": Phrase(
        "write the public key to a file (credentials of the AWS account)",
        "schrijf de publieke sleutel naar een bestand (gegevens van het AWS-account)",
    ),
    "help_verify_to": Phrase("where to write it", "waarheen"),
    "restore_begins": Phrase(
        "Restoring {table} as it was at {at}. That can take long.",
        "{table} wordt teruggezet zoals die was op {at}. Dat kan lang duren.",
    ),
    "restore_there": Phrase(
        "It is there as {table}; nothing serves from it. Now everything that was erased"
        " since is erased from it.",
        "Die staat er als {table}; niets gebruikt die. Nu wordt eruit gewist wat"
        " sindsdien is gewist.",
    ),
    "restore_replayed": Phrase(
        "Erasures in the ledger: {erasures}. Items removed: {removed},"
        " changed: {changed}. Frozen until somebody looks: {frozen}."
        " Looked through again: nothing is left.",
        "Wissingen in het register: {erasures}. Verwijderd: {removed},"
        " gewijzigd: {changed}. Bevroren tot iemand kijkt: {frozen}."
        " Nog eens doorzocht: er is niets over.",
    ),
    "restore_look_at": Phrase(
        "Look at this text: it may name somebody who was erased, and is another one than"
        " the name was taken out of: {what} of {item}",
        "Bekijk deze tekst: hij kan iemand noemen die is gewist, en is een andere dan"
        " waar de naam uit ging: {what} van {item}",
    ),
    "restore_next": Phrase(
        "Put back what is missing with: restore serve {table}",
        "Zet terug wat ontbreekt met: restore serve {table}",
    ),
    "restore_served": Phrase(
        "Put back: {added}. Already there, and newer: {there}. Left out: {left_out}."
        " The copy is removed.",
        "Teruggezet: {added}. Er al, en nieuwer: {there}. Weggelaten: {left_out}."
        " De kopie is verwijderd.",
    ),
    "error_not_replayed": Phrase(
        "{table} is not put back: it does not show every erasure."
        " Run: restore replay {table}",
        "{table} wordt niet teruggezet: niet elke wissing is erin uitgevoerd."
        " Gebruik: restore replay {table}",
    ),
    "error_not_a_copy": Phrase(
        "{table} is no table that was restored with this command.",
        "{table} is geen tabel die met deze opdracht is teruggezet.",
    ),
    "error_live_restored": Phrase(
        "The live table {table} does not show every erasure itself: it was restored by"
        " other means. Nothing is put back.",
        "De tabel {table} die dienst doet toont zelf niet elke wissing: die is op een"
        " andere manier teruggezet. Er wordt niets teruggezet.",
    ),
    "error_not_restorable": Phrase(
        "There is no backup of that instant: {code}.",
        "Er is geen back-up van dat moment: {code}.",
    ),
    "error_still_there": Phrase(
        "Something that was erased is still in {table}. It is not marked, and does not"
        " serve. Run the replay again.",
        "In {table} staat nog iets dat gewist was. De tabel is niet gemerkt en doet geen"
        " dienst. Voer de replay nog eens uit.",
    ),
    "help_restore": Phrase(
        "restore a table from its backup, and erase again what was erased since",
        "zet een tabel terug uit de back-up, en wis opnieuw wat sindsdien is gewist",
    ),
    "help_restore_library": Phrase(
        "restore the table of pictures beside the live one",
        "zet de tabel van foto's terug naast die in gebruik",
    ),
    "help_restore_consent": Phrase(
        "restore the table of people and consent beside the live one",
        "zet de tabel van mensen en toestemming terug naast die in gebruik",
    ),
    "help_restore_at": Phrase(
        "as of when, to the second, by the clock in Amsterdam: 2026-06-01T12:00:00",
        "van welk moment, op de seconde, naar de klok in Amsterdam: 2026-06-01T12:00:00",
    ),
    "help_restore_replay": Phrase(
        "replay the erasure ledger on a copy again",
        "voer het wissingsregister nog eens uit op een kopie",
    ),
    "help_restore_serve": Phrase(
        "put back what the live table lacks, and remove the copy",
        "zet terug wat de tabel in gebruik mist, en verwijder de kopie",
    ),
    "help_restore_table": Phrase("the name of the copy", "de naam van de kopie"),
}
