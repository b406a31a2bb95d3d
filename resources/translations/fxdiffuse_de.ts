<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>fxdiffuse</name>
        <message>
            <source>Paint mask</source>
            <translation>Maske malen</translation>
        </message>
        <message>
            <source>Clear mask</source>
            <translation>Maske löschen</translation>
        </message>
        <message>
            <source>Fill mask</source>
            <translation>Maske füllen</translation>
        </message>
        <message>
            <source>Invert mask</source>
            <translation>Maske umkehren</translation>
        </message>
        <message>
            <source>Grow mask {amount} px</source>
            <translation>Maske {amount} px erweitern</translation>
        </message>
        <message>
            <source>Shrink mask {amount} px</source>
            <translation>Maske {amount} px verkleinern</translation>
        </message>
        <message>
            <source>Feather mask {amount} px</source>
            <translation>Weiche Kante {amount} px</translation>
        </message>
        <message>
            <source>Load mask</source>
            <translation>Maske laden</translation>
        </message>
        <message>
            <source>Nothing is painted yet; paint over what should go first.</source>
            <translation>Noch ist nichts übermalt; zuerst übermalen, was verschwinden soll.</translation>
        </message>
        <message>
            <source>Reset {effect}</source>
            <translation>{effect} zurücksetzen</translation>
        </message>
        <message>
            <source>{effect} on</source>
            <translation>{effect} ein</translation>
        </message>
        <message>
            <source>{effect} off</source>
            <translation>{effect} aus</translation>
        </message>
        <message>
            <source>Blur direction auto</source>
            <translation>Richtung der Unschärfe automatisch</translation>
        </message>
        <message>
            <source>Blur direction {angle}°</source>
            <translation>Richtung der Unschärfe {angle}°</translation>
        </message>
        <message>
            <source>Remove reference</source>
            <translation>Referenz entfernen</translation>
        </message>
        <message>
            <source>Colors of {picture}</source>
            <translation>Farben von {picture}</translation>
        </message>
        <message>
            <source>Reset all</source>
            <translation>Alles zurücksetzen</translation>
        </message>
        <message>
            <source>Another grain</source>
            <translation>Anderes Korn</translation>
        </message>
        <message>
            <source>Seed {seed}</source>
            <translation>Startwert {seed}</translation>
        </message>
        <message>
            <source>Preset “{preset}”</source>
            <translation>Vorgabe „{preset}“</translation>
        </message>
        <message>
            <source>The seed is locked; unlock it to draw another one.</source>
            <translation>Der Startwert ist gesperrt; zum Ändern entsperren.</translation>
        </message>
        <message>
            <source>There are too many snapshots of this photo; delete one that is not needed.</source>
            <translation>Es gibt zu viele Schnappschüsse dieses Fotos; einen nicht benötigten löschen.</translation>
        </message>
        <message>
            <source>To “{snapshot}”</source>
            <translation>Zu „{snapshot}“</translation>
        </message>
        <message>
            <source>Snapshot {number}</source>
            <translation>Schnappschuss {number}</translation>
        </message>
        <message>
            <source>{what}: memory is full. Close other programs or use a smaller photo.</source>
            <translation>{what}: Der Speicher ist voll. Andere Programme schließen oder ein kleineres Foto verwenden.</translation>
        </message>
        <message>
            <source>{what}: the file {name} is missing.</source>
            <translation>{what}: Die Datei {name} fehlt.</translation>
        </message>
        <message>
            <source>{what}: {reason}.</source>
            <translation>{what}: {reason}.</translation>
        </message>
        <message>
            <source>Your edits are not backed up while you work ({reason}); save them often.</source>
            <translation>Die Bearbeitungen werden nicht automatisch gesichert ({reason}); bitte oft speichern.</translation>
        </message>
        <message>
            <source>picture</source>
            <translation>Bild</translation>
        </message>
        <message>
            <source>The picture</source>
            <translation>Das Bild</translation>
        </message>
        <message>
            <source>the last edit</source>
            <translation>die letzte Bearbeitung</translation>
        </message>
        <message>
            <source>The edit</source>
            <translation>Die Bearbeitung</translation>
        </message>
        <message>
            <source>{name} could not be opened</source>
            <translation>{name} konnte nicht geöffnet werden</translation>
        </message>
        <message>
            <source>{name} has been written.</source>
            <translation>{name} wurde geschrieben.</translation>
        </message>
        <message>
            <source>{name} could not be written</source>
            <translation>{name} konnte nicht geschrieben werden</translation>
        </message>
        <message>
            <source>{name} could not be saved</source>
            <translation>{name} konnte nicht gespeichert werden</translation>
        </message>
        <message>
            <source>{name} is an export; “Go on with an export” in the File menu takes up its edit.</source>
            <translation>{name} ist ein Export; „Export weiterbearbeiten“ im Menü Datei nimmt die Bearbeitung wieder auf.</translation>
        </message>
        <message>
            <source>{name} could not be looked at</source>
            <translation>{name} konnte nicht untersucht werden</translation>
        </message>
        <message>
            <source>Dropped picture</source>
            <translation>Abgelegtes Bild</translation>
        </message>
        <message>
            <source>{name} was made by fxdiffuse {version} with settings that this version does not know.</source>
            <translation>{name} entstand mit fxdiffuse {version} und Einstellungen, die diese Version nicht kennt.</translation>
        </message>
        <message>
            <source>{name} does not say what file it was made from; open the project of its edit instead.</source>
            <translation>{name} nennt keine Datei, aus der es entstand; stattdessen das Projekt dieser Bearbeitung öffnen.</translation>
        </message>
        <message>
            <source>The photo that {name} was made from is not found; put it beside {name}.</source>
            <translation>Das Foto, aus dem {name} entstand, wird nicht gefunden; neben {name} legen.</translation>
        </message>
        <message>
            <source>{photo} is not the photo that {name} was made from; put the original beside {name}.</source>
            <translation>{photo} ist nicht das Foto, aus dem {name} entstand; das Original neben {name} legen.</translation>
        </message>
        <message>
            <source>The mask of {name} is not found; paint it again.</source>
            <translation>Die Maske von {name} wird nicht gefunden; neu malen.</translation>
        </message>
        <message>
            <source>The reference of {name} is not found; choose it again.</source>
            <translation>Die Referenz von {name} wird nicht gefunden; neu wählen.</translation>
        </message>
        <message>
            <source>“{name}” takes the colors of a picture, and none is chosen; choose one in the window.</source>
            <translation>„{name}“ nimmt die Farben eines Bildes an, und keines ist gewählt; eines im Fenster wählen.</translation>
        </message>
        <message>
            <source>The folder could not be read</source>
            <translation>Der Ordner konnte nicht gelesen werden</translation>
        </message>
        <message>
            <source>The folder could not be edited</source>
            <translation>Der Ordner konnte nicht bearbeitet werden</translation>
        </message>
        <message>
            <source>move it away, or choose to replace what is there</source>
            <translation>wegräumen oder Ersetzen wählen</translation>
        </message>
        <message>
            <source>The folder of the photos is not there; choose another one.</source>
            <translation>Den Ordner der Fotos gibt es nicht; einen anderen wählen.</translation>
        </message>
        <message>
            <source>What the results should go to is a file; choose a folder.</source>
            <translation>Das Ziel für die Ergebnisse ist eine Datei; einen Ordner wählen.</translation>
        </message>
        <message>
            <source>The results would replace the photos; choose another folder for them.</source>
            <translation>Die Ergebnisse würden die Fotos ersetzen; einen anderen Ordner dafür wählen.</translation>
        </message>
        <message>
            <source>{name} cannot be read</source>
            <translation>{name} kann nicht gelesen werden</translation>
        </message>
        <message>
            <source>This project was made with another model ({digest}…) that is not here; the picture may look different.</source>
            <translation>Dieses Projekt wurde mit einem anderen Modell ({digest}…) erstellt, das hier fehlt; das Bild kann anders aussehen.</translation>
        </message>
        <message>
            <source>Recipe</source>
            <translation>Rezept</translation>
        </message>
        <message>
            <source>Steps</source>
            <translation>Schritte</translation>
        </message>
        <message>
            <source>Started from</source>
            <translation>Ausgangsmodell</translation>
        </message>
        <message>
            <source>Photos</source>
            <translation>Fotos</translation>
        </message>
        <message>
            <source>Tiles cut from them</source>
            <translation>Daraus geschnittene Kacheln</translation>
        </message>
        <message>
            <source>Pairs with real motion blur</source>
            <translation>Paare mit echter Bewegungsunschärfe</translation>
        </message>
        <message>
            <source>Licenses of the photos</source>
            <translation>Lizenzen der Fotos</translation>
        </message>
        <message>
            <source>Pack, SHA-256</source>
            <translation>Paket, SHA-256</translation>
        </message>
        <message>
            <source>Trained by the program's commit</source>
            <translation>Trainiert mit Programmstand</translation>
        </message>
        <message>
            <source>Crops it was measured on</source>
            <translation>Ausschnitte, an denen gemessen wurde</translation>
        </message>
        <message>
            <source>{effect}, PSNR</source>
            <translation>{effect}, PSNR</translation>
        </message>
        <message>
            <source>{effect}, strength over what was asked</source>
            <translation>{effect}, Stärke im Verhältnis zur verlangten</translation>
        </message>
        <message>
            <source>and {count} more</source>
            <translation>und {count} weitere</translation>
        </message>
        <message>
            <source>An export is already running; wait for it or cancel it with Esc.</source>
            <translation>Ein Export läuft bereits; abwarten oder mit Esc abbrechen.</translation>
        </message>
        <message>
            <source>The export was canceled; {name} was not written.</source>
            <translation>Der Export wurde abgebrochen; {name} wurde nicht geschrieben.</translation>
        </message>
        <message>
            <source>{name} has been written and read back: every pixel outside the mask is untouched.</source>
            <translation>{name} wurde geschrieben und zurückgelesen: Außerhalb der Maske ist jedes Pixel unberührt.</translation>
        </message>
        <message>
            <source>A file is being exported; wait for it before you change the model.</source>
            <translation>Eine Datei wird exportiert; vor dem Wechsel des Modells abwarten.</translation>
        </message>
        <message>
            <source>{problem} The bundled model is used instead.</source>
            <translation>{problem} Stattdessen wird das mitgelieferte Modell verwendet.</translation>
        </message>
        <message>
            <source>The model could not be loaded</source>
            <translation>Das Modell konnte nicht geladen werden</translation>
        </message>
        <message>
            <source>The edit failed</source>
            <translation>Die Bearbeitung ist fehlgeschlagen</translation>
        </message>
        <message>
            <source>No photo</source>
            <translation>Kein Foto</translation>
        </message>
        <message>
            <source>Original</source>
            <translation>Original</translation>
        </message>
        <message>
            <source>Opening {name}</source>
            <translation>{name} wird geöffnet</translation>
        </message>
        <message>
            <source>Loading the model</source>
            <translation>Modell wird geladen</translation>
        </message>
        <message>
            <source>Updating</source>
            <translation>Wird aktualisiert</translation>
        </message>
        <message>
            <source>Stand-in</source>
            <translation>Schnellvorschau</translation>
        </message>
        <message>
            <source>Stand-in in part</source>
            <translation>Teils Schnellvorschau</translation>
        </message>
        <message>
            <source>Exact</source>
            <translation>Exakt</translation>
        </message>
        <message>
            <source>Stopped: stand-in</source>
            <translation>Angehalten: Schnellvorschau</translation>
        </message>
        <message>
            <source>Stopped</source>
            <translation>Angehalten</translation>
        </message>
        <message>
            <source>Not computed: stand-in</source>
            <translation>Nicht berechnet: Schnellvorschau</translation>
        </message>
        <message>
            <source>Not computed</source>
            <translation>Nicht berechnet</translation>
        </message>
        <message>
            <source>Exporting {name}</source>
            <translation>{name} wird exportiert</translation>
        </message>
        <message>
            <source>Writing {name}</source>
            <translation>{name} wird geschrieben</translation>
        </message>
        <message>
            <source>Preview at full size</source>
            <translation>Vorschau in voller Größe</translation>
        </message>
        <message>
            <source>Preview at {percent} %</source>
            <translation>Vorschau bei {percent} %</translation>
        </message>
        <message>
            <source>Finest</source>
            <translation>Feinst</translation>
        </message>
        <message>
            <source>Fine</source>
            <translation>Fein</translation>
        </message>
        <message>
            <source>Medium</source>
            <translation>Mittel</translation>
        </message>
        <message>
            <source>Rough</source>
            <translation>Grob</translation>
        </message>
        <message>
            <source>Coarse</source>
            <translation>Sehr grob</translation>
        </message>
        <message>
            <source>Slight</source>
            <translation>Leicht</translation>
        </message>
        <message>
            <source>Passing by</source>
            <translation>Vorbeifahrend</translation>
        </message>
        <message>
            <source>Panning</source>
            <translation>Mitzieher</translation>
        </message>
        <message>
            <source>Web</source>
            <translation>Web</translation>
        </message>
        <message>
            <source>Print</source>
            <translation>Druck</translation>
        </message>
        <message>
            <source>Strong</source>
            <translation>Stark</translation>
        </message>
        <message>
            <source>A hint</source>
            <translation>Ein Hauch</translation>
        </message>
        <message>
            <source>Half</source>
            <translation>Halb</translation>
        </message>
        <message>
            <source>Full</source>
            <translation>Voll</translation>
        </message>
        <message>
            <source>There are {count} values already; remove one first.</source>
            <translation>Es gibt schon {count} Werte; zuerst einen entfernen.</translation>
        </message>
        <message>
            <source>“{name}” exists already; choose another name.</source>
            <translation>„{name}“ gibt es schon; einen anderen Namen wählen.</translation>
        </message>
        <message>
            <source>it is too long</source>
            <translation>es ist zu lang</translation>
        </message>
        <message>
            <source>name must have a letter</source>
            <translation>name muss einen Buchstaben enthalten</translation>
        </message>
        <message>
            <source>A value needs a name.</source>
            <translation>Ein Wert braucht einen Namen.</translation>
        </message>
        <message>
            <source>The results would overwrite the photos; give another output folder or a --suffix.</source>
            <translation>Die Ergebnisse würden die Fotos überschreiben; einen anderen Ausgabeordner oder --suffix angeben.</translation>
        </message>
        <message>
            <source>The suffix is a part of a file's name and must not hold a slash.</source>
            <translation>Der Zusatz ist Teil eines Dateinamens und darf keinen Schrägstrich enthalten.</translation>
        </message>
        <message>
            <source>There is no photo in the folder {name} or in those inside; choose another one.</source>
            <translation>Im Ordner {name} und in seinen Unterordnern ist kein Foto; einen anderen wählen.</translation>
        </message>
        <message>
            <source>There is no photo in the folder {name}; choose another one.</source>
            <translation>Im Ordner {name} ist kein Foto; einen anderen wählen.</translation>
        </message>
        <message>
            <source>Its result would have the name of that of {other}; rename one of them.</source>
            <translation>Sein Ergebnis würde heißen wie das von {other}; eines der beiden umbenennen.</translation>
        </message>
        <message>
            <source>Its result would take the place of another photo; choose another output folder.</source>
            <translation>Sein Ergebnis würde ein anderes Foto ersetzen; einen anderen Ausgabeordner wählen.</translation>
        </message>
        <message>
            <source>{name} is not a folder; `fxdiffuse edit` edits one photo.</source>
            <translation>{name} ist kein Ordner; `fxdiffuse edit` bearbeitet ein einzelnes Foto.</translation>
        </message>
        <message>
            <source>The folder {name} cannot be read ({reason}).</source>
            <translation>Der Ordner {name} kann nicht gelesen werden ({reason}).</translation>
        </message>
        <message>
            <source>The folder {name} cannot be made ({reason}).</source>
            <translation>Der Ordner {name} kann nicht angelegt werden ({reason}).</translation>
        </message>
        <message>
            <source>The folder {name} is read-only; choose another one.</source>
            <translation>Der Ordner {name} ist schreibgeschützt; einen anderen wählen.</translation>
        </message>
        <message>
            <source>invalid path</source>
            <translation>ungültiger Pfad</translation>
        </message>
        <message>
            <source>photo</source>
            <translation>Foto</translation>
        </message>
        <message>
            <source>mask</source>
            <translation>Maske</translation>
        </message>
        <message>
            <source>reference</source>
            <translation>Referenz</translation>
        </message>
        <message>
            <source>project</source>
            <translation>Projekt</translation>
        </message>
        <message>
            <source>export</source>
            <translation>Export</translation>
        </message>
        <message>
            <source>A color strength needs a reference picture.</source>
            <translation>Eine Farbstärke braucht ein Referenzbild.</translation>
        </message>
        <message>
            <source>A blur angle needs a blur.</source>
            <translation>Ein Winkel der Unschärfe braucht eine Unschärfe.</translation>
        </message>
        <message>
            <source>The steps must lie between 1 and {most}, not {steps}.</source>
            <translation>Die Schritte müssen zwischen 1 und {most} liegen, nicht bei {steps}.</translation>
        </message>
        <message>
            <source>{name} is the {what} that the edit is made from, and would be lost; give the result another name.</source>
            <translation>{name} ist eine Eingabe dieser Bearbeitung ({what}) und ginge verloren; dem Ergebnis einen anderen Namen geben.</translation>
        </message>
        <message>
            <source>The jobs file {name} is not UTF-8 text; save it as JSON lines.</source>
            <translation>Die Auftragsdatei {name} ist kein UTF-8-Text; als JSON-Zeilen speichern.</translation>
        </message>
        <message>
            <source>The jobs file {name} cannot be read ({reason}); check its path.</source>
            <translation>Die Auftragsdatei {name} kann nicht gelesen werden ({reason}); den Pfad prüfen.</translation>
        </message>
        <message>
            <source>This is not JSON; a job looks like {example}.</source>
            <translation>Das ist kein JSON; ein Auftrag sieht so aus: {example}.</translation>
        </message>
        <message>
            <source>A job must be a JSON object like {example}.</source>
            <translation>Ein Auftrag muss ein JSON-Objekt sein wie {example}.</translation>
        </message>
        <message>
            <source>"{name}" is missing; every job needs an input and an output.</source>
            <translation>„{name}“ fehlt; jeder Auftrag braucht input und output.</translation>
        </message>
        <message>
            <source>Unknown name {name}; known are {known}.</source>
            <translation>Unbekannter Name {name}; bekannt sind {known}.</translation>
        </message>
        <message>
            <source>{name} and {other} are one value; give one of them.</source>
            <translation>{name} und {other} sind derselbe Wert; nur einen davon angeben.</translation>
        </message>
        <message>
            <source>{name} must be a number, not {value}.</source>
            <translation>{name} muss eine Zahl sein, nicht {value}.</translation>
        </message>
        <message>
            <source>{name} must be a finite number.</source>
            <translation>{name} muss eine endliche Zahl sein.</translation>
        </message>
        <message>
            <source>{name} must be a whole number, not {value}.</source>
            <translation>{name} muss eine ganze Zahl sein, nicht {value}.</translation>
        </message>
        <message>
            <source>{name} must be a file name, not {value}.</source>
            <translation>{name} muss ein Dateiname sein, nicht {value}.</translation>
        </message>
        <message>
            <source>{name} must be one of {known}, not {value}.</source>
            <translation>{name} muss eines von {known} sein, nicht {value}.</translation>
        </message>
        <message>
            <source>{name} must be the name or the file of a preset.</source>
            <translation>{name} muss der Name oder die Datei einer Vorgabe sein.</translation>
        </message>
        <message>
            <source>{photo} is not the photo that {name} was made from, or has changed since; give the original with --source.</source>
            <translation>{photo} ist nicht das Foto, aus dem {name} entstand, oder wurde seither verändert; das Original mit --source angeben.</translation>
        </message>
        <message>
            <source>The receipt in {name} names no file that it was made from; give it with --source.</source>
            <translation>Der Beleg in {name} nennt keine Ausgangsdatei; sie mit --source angeben.</translation>
        </message>
        <message>
            <source>The photo {photo} that {name} was made from is another photo or has changed since; give the original with --source.</source>
            <translation>Das Foto {photo}, aus dem {name} entstand, ist ein anderes oder wurde seither verändert; das Original mit --source angeben.</translation>
        </message>
        <message>
            <source>The photo {photo} that {name} was made from is not found; give the original with --source.</source>
            <translation>Das Foto {photo}, aus dem {name} entstand, wurde nicht gefunden; das Original mit --source angeben.</translation>
        </message>
        <message>
            <source>The {part}{called} that {name} was made with is not found, nor does {projects} have it; give it with {flag} or --project.</source>
            <translation>{part}{called}, womit {name} entstand, wurde nicht gefunden, auch nicht in {projects}; mit {flag} oder --project angeben.</translation>
        </message>
        <message>
            <source>The {part}{called} that {name} was made with is not found; give it with {flag} or --project.</source>
            <translation>{part}{called}, womit {name} entstand, wurde nicht gefunden; mit {flag} oder --project angeben.</translation>
        </message>
        <message>
            <source>{file} is not the {part} that {name} was made with, or has changed since; give the right one with {flag}.</source>
            <translation>Mit {file} ({part}) entstand {name} nicht, oder die Datei wurde seither verändert; die richtige mit {flag} angeben.</translation>
        </message>
        <message>
            <source>The receipt in {name} is refused: {reason}</source>
            <translation>Der Beleg in {name} wird abgelehnt: {reason}</translation>
        </message>
        <message>
            <source>The receipt in {name} has settings that this version of fxdiffuse does not know.</source>
            <translation>Der Beleg in {name} hat Einstellungen, die diese Version von fxdiffuse nicht kennt.</translation>
        </message>
        <message>
            <source>{name} was made with another model than {model} (SHA-256 {digest}…); give the right one with --model.</source>
            <translation>{name} entstand mit einem anderen Modell als {model} (SHA-256 {digest}…); das richtige mit --model angeben.</translation>
        </message>
        <message>
            <source>the bundled one</source>
            <translation>dem mitgelieferten</translation>
        </message>
        <message>
            <source>{name} was made with a sampler that this version does not have ({sampler}).</source>
            <translation>{name} entstand mit einem Sampler, den diese Version nicht hat ({sampler}).</translation>
        </message>
        <message>
            <source>move it away or give --overwrite</source>
            <translation>sie wegräumen oder --overwrite angeben</translation>
        </message>
        <message>
            <source>{name} is there already and was not made from this photo with these settings; {advice}.</source>
            <translation>{name} ist bereits vorhanden und entstand nicht aus diesem Foto mit diesen Einstellungen; {advice}.</translation>
        </message>
        <message>
            <source>the edit failed ({reason}).</source>
            <translation>die Bearbeitung ist fehlgeschlagen ({reason}).</translation>
        </message>
        <message>
            <source>the path is not valid</source>
            <translation>der Pfad ist ungültig</translation>
        </message>
        <message>
            <source>it is not JSON</source>
            <translation>es ist kein JSON</translation>
        </message>
        <message>
            <source>the content</source>
            <translation>der Inhalt</translation>
        </message>
        <message>
            <source>{name} must be an object</source>
            <translation>{name} muss ein Objekt sein</translation>
        </message>
        <message>
            <source>{name} must be a path</source>
            <translation>{name} muss ein Pfad sein</translation>
        </message>
        <message>
            <source>{name} must be a number</source>
            <translation>{name} muss eine Zahl sein</translation>
        </message>
        <message>
            <source>{name} must be a number from {low:g} to {high:g}</source>
            <translation>{name} muss eine Zahl von {low:g} bis {high:g} sein</translation>
        </message>
        <message>
            <source>{name} must be a whole number from {low} to {high}</source>
            <translation>{name} muss eine ganze Zahl von {low} bis {high} sein</translation>
        </message>
        <message>
            <source>{name} must be true or false</source>
            <translation>{name} muss true oder false sein</translation>
        </message>
        <message>
            <source>{name} must be a list of at most {limit}</source>
            <translation>{name} muss eine Liste mit höchstens {limit} Einträgen sein</translation>
        </message>
        <message>
            <source>{name} must be a short printable text</source>
            <translation>{name} muss ein kurzer druckbarer Text sein</translation>
        </message>
        <message>
            <source>a name stands in it twice</source>
            <translation>ein Name steht zweimal darin</translation>
        </message>
        <message>
            <source>{constant} is no number</source>
            <translation>{constant} ist keine Zahl</translation>
        </message>
        <message>
            <source>manifest</source>
            <translation>Inhaltsverzeichnis</translation>
        </message>
        <message>
            <source>its {member} is missing</source>
            <translation>{member} fehlt darin</translation>
        </message>
        <message>
            <source>it is cut short</source>
            <translation>es ist unvollständig</translation>
        </message>
        <message>
            <source>{name} cannot be opened ({reason}); check the path.</source>
            <translation>{name} kann nicht geöffnet werden ({reason}); den Pfad prüfen.</translation>
        </message>
        <message>
            <source>The project would be larger than 2 GB; leave the photo out of it.</source>
            <translation>Das Projekt würde größer als 2 GB; das Foto weglassen.</translation>
        </message>
        <message>
            <source>The {part} has {size:.0f} MB, more than a project can hold ({most:.0f} MB); leave it out.</source>
            <translation>{part}: {size:.0f} MB sind mehr, als ein Projekt aufnehmen kann ({most:.0f} MB); weglassen.</translation>
        </message>
        <message>
            <source>{name} is damaged or no fxdiffuse project; use another copy of it.</source>
            <translation>{name} ist beschädigt oder kein fxdiffuse-Projekt; eine andere Kopie verwenden.</translation>
        </message>
        <message>
            <source>{name} is damaged or no fxdiffuse project ({reason}); use another copy of it.</source>
            <translation>{name} ist beschädigt oder kein fxdiffuse-Projekt ({reason}); eine andere Kopie verwenden.</translation>
        </message>
        <message>
            <source>{name} cannot be read ({reason}); try again.</source>
            <translation>{name} kann nicht gelesen werden ({reason}); erneut versuchen.</translation>
        </message>
        <message>
            <source>{name} is empty (0 bytes); use another copy of it.</source>
            <translation>{name} ist leer (0 Byte); eine andere Kopie verwenden.</translation>
        </message>
        <message>
            <source>a part stands in it twice</source>
            <translation>ein Teil steht zweimal darin</translation>
        </message>
        <message>
            <source>it holds what is no part of a project</source>
            <translation>es enthält etwas, das zu keinem Projekt gehört</translation>
        </message>
        <message>
            <source>a part of it is too large</source>
            <translation>ein Teil davon ist zu groß</translation>
        </message>
        <message>
            <source>it unpacks to too much</source>
            <translation>ausgepackt ist es zu groß</translation>
        </message>
        <message>
            <source>{name} is no effect; known are {allowed}</source>
            <translation>{name} ist kein Effekt; bekannt sind {allowed}</translation>
        </message>
        <message>
            <source>{photo} is not the file that {name} was made with; check that it is the right one.</source>
            <translation>{photo} ist nicht die Datei, mit der {name} erstellt wurde; prüfen, ob es die richtige ist.</translation>
        </message>
        <message>
            <source>the photo in it is not the right one</source>
            <translation>das Foto darin ist nicht das richtige</translation>
        </message>
        <message>
            <source>{photo} is {size} pixels but {name} was made for {wanted}; put the photo back that it was made for.</source>
            <translation>{photo} hat {size} Pixel, aber {name} wurde für {wanted} erstellt; das ursprüngliche Foto zurücklegen.</translation>
        </message>
        <message>
            <source>Pasted picture</source>
            <translation>Eingefügtes Bild</translation>
        </message>
        <message>
            <source>{name} must be a path on this computer</source>
            <translation>{name} muss ein Pfad auf diesem Computer sein</translation>
        </message>
        <message>
            <source>{name} must be a file name</source>
            <translation>{name} muss ein Dateiname sein</translation>
        </message>
        <message>
            <source>{name} must be a SHA-256</source>
            <translation>{name} muss ein SHA-256 sein</translation>
        </message>
        <message>
            <source>{photo}, which was being edited, is no longer in {folder}; put it back and start again.</source>
            <translation>{photo}, das bearbeitet wurde, ist nicht mehr in {folder}; zurücklegen und neu starten.</translation>
        </message>
        <message>
            <source>{name} has lost the picture that it edits; use another copy of it.</source>
            <translation>{name} hat das bearbeitete Bild verloren; eine andere Kopie verwenden.</translation>
        </message>
        <message>
            <source>{photo}, which {name} edits, is neither in {folder} nor beside {name}; put it there and open {name} again.</source>
            <translation>{photo}, das Foto zu {name}, ist weder in {folder} noch neben {name}; dort ablegen und {name} erneut öffnen.</translation>
        </message>
        <message>
            <source>the mask is no gray PNG</source>
            <translation>die Maske ist kein graues PNG</translation>
        </message>
        <message>
            <source>the mask is {mask} pixels, the photo {photo}</source>
            <translation>die Maske hat {mask} Pixel, das Foto {photo}</translation>
        </message>
        <message>
            <source>the mask cannot be decoded</source>
            <translation>die Maske kann nicht gelesen werden</translation>
        </message>
        <message>
            <source>the picture cannot be encoded</source>
            <translation>das Bild kann nicht kodiert werden</translation>
        </message>
        <message>
            <source>A preset needs a name.</source>
            <translation>Eine Vorgabe braucht einen Namen.</translation>
        </message>
        <message>
            <source>it is of another kind</source>
            <translation>es ist von anderer Art</translation>
        </message>
        <message>
            <source>There is no preset “{name}”; known are {known}.</source>
            <translation>Es gibt keine Vorgabe „{name}“; bekannt sind {known}.</translation>
        </message>
        <message>
            <source>{name} is no fxdiffuse preset ({error}); choose another file.</source>
            <translation>{name} ist keine fxdiffuse-Vorgabe ({error}); eine andere Datei wählen.</translation>
        </message>
        <message>
            <source>{name} cannot be read ({reason}); check the path.</source>
            <translation>{name} kann nicht gelesen werden ({reason}); den Pfad prüfen.</translation>
        </message>
        <message>
            <source>“{name}” cannot be saved ({reason}); check {parent}.</source>
            <translation>„{name}“ kann nicht gespeichert werden ({reason}); {parent} prüfen.</translation>
        </message>
        <message>
            <source>“{name}” cannot be deleted ({reason}).</source>
            <translation>„{name}“ kann nicht gelöscht werden ({reason}).</translation>
        </message>
        <message>
            <source>unknown</source>
            <translation>unbekannt</translation>
        </message>
        <message>
            <source>{name} cannot be written: memory is full; close other programs.</source>
            <translation>{name} kann nicht geschrieben werden: Der Speicher ist voll; andere Programme schließen.</translation>
        </message>
        <message>
            <source>{name} cannot be written ({reason}); save it to another folder.</source>
            <translation>{name} kann nicht geschrieben werden ({reason}); in einem anderen Ordner speichern.</translation>
        </message>
        <message>
            <source>a reference is missing</source>
            <translation>eine Referenz fehlt</translation>
        </message>
        <message>
            <source>{name} was made by a newer fxdiffuse ({newer}); update the program to open it.</source>
            <translation>{name} stammt von einem neueren fxdiffuse ({newer}); zum Öffnen das Programm aktualisieren.</translation>
        </message>
        <message>
            <source>{name} does not fit into memory; close other programs.</source>
            <translation>{name} passt nicht in den Speicher; andere Programme schließen.</translation>
        </message>
        <message>
            <source>a reference in it is not the right one</source>
            <translation>eine Referenz darin ist nicht die richtige</translation>
        </message>
        <message>
            <source>a reference in it cannot be read</source>
            <translation>eine Referenz darin kann nicht gelesen werden</translation>
        </message>
        <message>
            <source>{name} is not an fxdiffuse model of a version that can be read here.</source>
            <translation>{name} ist kein fxdiffuse-Modell einer hier lesbaren Version.</translation>
        </message>
        <message>
            <source>{name} was trained for other effects or ranges; retrain or update fxdiffuse.</source>
            <translation>{name} wurde für andere Effekte oder Bereiche trainiert; neu trainieren oder fxdiffuse aktualisieren.</translation>
        </message>
        <message>
            <source>{name} is damaged: its weights do not fit the network it describes.</source>
            <translation>{name} ist beschädigt: Die Gewichte passen nicht zum beschriebenen Netz.</translation>
        </message>
        <message>
            <source>{name} is damaged ({error}).</source>
            <translation>{name} ist beschädigt ({error}).</translation>
        </message>
        <message>
            <source>{name} is damaged: it holds values that are not numbers.</source>
            <translation>{name} ist beschädigt: Es enthält Werte, die keine Zahlen sind.</translation>
        </message>
        <message>
            <source>There is no CUDA device on this machine; use --device cpu or auto.</source>
            <translation>Dieser Computer hat kein CUDA-Gerät; --device cpu oder auto verwenden.</translation>
        </message>
        <message>
            <source>The device must be "auto", "cpu" or "cuda", not {name}.</source>
            <translation>Das Gerät muss „auto“, „cpu“ oder „cuda“ sein, nicht {name}.</translation>
        </message>
        <message>
            <source>{name} is too large for a model (over 1 GiB).</source>
            <translation>{name} ist zu groß für ein Modell (über 1 GiB).</translation>
        </message>
        <message>
            <source>The model {path} cannot be read: {reason}.</source>
            <translation>Das Modell {path} kann nicht gelesen werden: {reason}.</translation>
        </message>
        <message>
            <source>{name} is not a safetensors model file.</source>
            <translation>{name} ist keine safetensors-Modelldatei.</translation>
        </message>
        <message>
            <source>{name} describes a network that this version cannot build.</source>
            <translation>{name} beschreibt ein Netz, das diese Version nicht aufbauen kann.</translation>
        </message>
        <message>
            <source>{name} has no readable model card.</source>
            <translation>{name} hat keine lesbare Modellkarte.</translation>
        </message>
        <message>
            <source>The blur angle must be a number of degrees, not {angle}.</source>
            <translation>Der Winkel der Unschärfe muss eine Gradzahl sein, nicht {angle}.</translation>
        </message>
        <message>
            <source>The seed must lie between 0 and 2^63 - 1, not {seed}.</source>
            <translation>Der Startwert muss zwischen 0 und 2^63 - 1 liegen, nicht bei {seed}.</translation>
        </message>
        <message>
            <source>The grain seed must lie between 0 and 2^63 - 1, not {seed}.</source>
            <translation>Der Startwert des Korns muss zwischen 0 und 2^63 - 1 liegen, nicht bei {seed}.</translation>
        </message>
        <message>
            <source>The reference must be a color picture of shape (height, width, 3).</source>
            <translation>Die Referenz muss ein Farbbild der Form (Höhe, Breite, 3) sein.</translation>
        </message>
        <message>
            <source>The mask must be a gray picture of shape (height, width).</source>
            <translation>Die Maske muss ein Graubild der Form (Höhe, Breite) sein.</translation>
        </message>
        <message>
            <source>{name} must be a number, not {value!r}.</source>
            <translation>{name} muss eine Zahl sein, nicht {value!r}.</translation>
        </message>
        <message>
            <source>{name} is too large a number.</source>
            <translation>{name} ist eine zu große Zahl.</translation>
        </message>
        <message>
            <source>{name} must be a whole number, not {value!r}.</source>
            <translation>{name} muss eine ganze Zahl sein, nicht {value!r}.</translation>
        </message>
        <message>
            <source>{effect} must be 0 (off) or lie between {minimum:g} and {maximum:g} {unit}, not {value:g}.</source>
            <translation>{effect} muss 0 (aus) sein oder zwischen {minimum:g} und {maximum:g} {unit} liegen, nicht bei {value:g}.</translation>
        </message>
        <message>
            <source>The photo must have the shape (height, width, 3), not {shape}.</source>
            <translation>Das Foto muss die Form (Höhe, Breite, 3) haben, nicht {shape}.</translation>
        </message>
        <message>
            <source>The photo must be of 8 or 16 bits or float32, not {type}.</source>
            <translation>Das Foto muss 8 oder 16 Bit oder float32 haben, nicht {type}.</translation>
        </message>
        <message>
            <source>The photo holds values that are not numbers; save it again and retry.</source>
            <translation>Das Foto enthält Werte, die keine Zahlen sind; neu speichern und noch einmal versuchen.</translation>
        </message>
        <message>
            <source>The reference holds values that are not numbers; save it again and retry.</source>
            <translation>Die Referenz enthält Werte, die keine Zahlen sind; neu speichern und noch einmal versuchen.</translation>
        </message>
        <message>
            <source>The mask is {mask_width} × {mask_height} px, the photo {width} × {height}; they must have the same size.</source>
            <translation>Die Maske hat {mask_width} × {mask_height} px, das Foto {width} × {height}; beide müssen gleich groß sein.</translation>
        </message>
        <message>
            <source>The number of steps must be at least 1, not {steps}.</source>
            <translation>Es muss mindestens 1 Schritt sein, nicht {steps}.</translation>
        </message>
        <message>
            <source>Memory is short; the edit goes on more slowly.</source>
            <translation>Der Speicher ist knapp; die Bearbeitung geht langsamer weiter.</translation>
        </message>
        <message>
            <source>The graphics card's memory is full; the edit goes on without it.</source>
            <translation>Der Speicher der Grafikkarte ist voll; die Bearbeitung geht ohne sie weiter.</translation>
        </message>
        <message>
            <source>Memory is short; the edit goes on in smaller pieces.</source>
            <translation>Der Speicher ist knapp; die Bearbeitung geht in kleineren Stücken weiter.</translation>
        </message>
        <message>
            <source>{name} does not fit into memory; close other programs or use a smaller copy.</source>
            <translation>{name} passt nicht in den Speicher; andere Programme schließen oder eine kleinere Kopie verwenden.</translation>
        </message>
        <message>
            <source>{name} has {channels} channels; save it as an RGB picture first.</source>
            <translation>{name} hat {channels} Kanäle; zuerst als RGB-Bild speichern.</translation>
        </message>
        <message>
            <source>{name} is a Lab picture; save it as RGB first.</source>
            <translation>{name} ist ein Lab-Bild; zuerst als RGB speichern.</translation>
        </message>
        <message>
            <source>{name} has {sample_type} samples; save it with 8 or 16 bits per channel first.</source>
            <translation>{name} hat Werte vom Typ {sample_type}; zuerst mit 8 oder 16 Bit pro Kanal speichern.</translation>
        </message>
        <message>
            <source>{name} declares more than {megapixels} megapixels; make it smaller first.</source>
            <translation>{name} gibt mehr als {megapixels} Megapixel an; zuerst verkleinern.</translation>
        </message>
        <message>
            <source>{name} is {width} × {height} pixels but the limit is {megapixels} megapixels; make it smaller first.</source>
            <translation>{name} hat {width} × {height} Pixel, erlaubt sind {megapixels} Megapixel; zuerst verkleinern.</translation>
        </message>
        <message>
            <source>{name} is cut short and cannot be read; copy it again from where it came from.</source>
            <translation>{name} ist unvollständig und kann nicht gelesen werden; erneut vom Ursprungsort kopieren.</translation>
        </message>
        <message>
            <source>{name} is damaged and cannot be read; copy it again from where it came from.</source>
            <translation>{name} ist beschädigt und kann nicht gelesen werden; erneut vom Ursprungsort kopieren.</translation>
        </message>
        <message>
            <source>{name} is larger than 1 GB; make it smaller first.</source>
            <translation>{name} ist größer als 1 GB; zuerst verkleinern.</translation>
        </message>
        <message>
            <source>{name} is an HDR picture ({reason}); save it with the usual brightness range first.</source>
            <translation>{name} ist ein HDR-Bild ({reason}); zuerst mit normalem Helligkeitsumfang speichern.</translation>
        </message>
        <message>
            <source>{name} is an AVIF picture, which OpenCV cannot read on this system; save it as JPEG or PNG.</source>
            <translation>{name} ist ein AVIF-Bild, das OpenCV auf diesem System nicht lesen kann; als JPEG oder PNG speichern.</translation>
        </message>
        <message>
            <source>{name} has premultiplied transparency; save it as PNG first.</source>
            <translation>{name} hat vormultiplizierte Transparenz; zuerst als PNG speichern.</translation>
        </message>
        <message>
            <source>the JPEG encoder refuses this picture</source>
            <translation>der JPEG-Kodierer lehnt dieses Bild ab</translation>
        </message>
        <message>
            <source>this build writes no {file_format}</source>
            <translation>diese Version kann kein {file_format} schreiben</translation>
        </message>
        <message>
            <source>the disk may be full</source>
            <translation>vielleicht ist der Datenträger voll</translation>
        </message>
        <message>
            <source>unknown reason</source>
            <translation>unbekannter Grund</translation>
        </message>
        <message>
            <source>{name} is a camera RAW file of a camera that is not known here; develop it to a TIFF or JPEG first.</source>
            <translation>{name} ist eine Raw-Datei einer unbekannten Kamera; zuerst als TIFF oder JPEG entwickeln.</translation>
        </message>
        <message>
            <source>{name} is a camera RAW file damaged or cut short; copy it again from where it came from.</source>
            <translation>{name} ist eine beschädigte oder unvollständige Raw-Datei; erneut vom Ursprungsort kopieren.</translation>
        </message>
        <message>
            <source>JPEG, PNG, TIFF, WebP, AVIF, HEIC, JPEG XL, GIF, BMP or camera RAW</source>
            <translation>JPEG, PNG, TIFF, WebP, AVIF, HEIC, JPEG XL, GIF, BMP oder Kamera-RAW</translation>
        </message>
        <message>
            <source>{name} is empty (0 bytes); copy it again from where it came from.</source>
            <translation>{name} ist leer (0 Byte); erneut vom Ursprungsort kopieren.</translation>
        </message>
        <message>
            <source>{name} is not a picture that can be read; choose a {readable} file.</source>
            <translation>{name} ist kein lesbares Bild; eine Datei in einem dieser Formate wählen: {readable}.</translation>
        </message>
        <message>
            <source>{name} is a folder; choose a picture inside it.</source>
            <translation>{name} ist ein Ordner; ein Bild darin wählen.</translation>
        </message>
        <message>
            <source>{name} is not a regular file; choose a picture file.</source>
            <translation>{name} ist keine gewöhnliche Datei; eine Bilddatei wählen.</translation>
        </message>
        <message>
            <source>{name} does not exist; check the path.</source>
            <translation>{name} gibt es nicht; den Pfad prüfen.</translation>
        </message>
        <message>
            <source>{name} may not be read; check its permissions.</source>
            <translation>{name} darf nicht gelesen werden; die Zugriffsrechte prüfen.</translation>
        </message>
        <message>
            <source>{name} cannot be written: a WebP has {most} pixels a side at most; choose PNG or TIFF.</source>
            <translation>{name} kann nicht geschrieben werden: Ein WebP hat höchstens {most} Pixel je Seite; PNG oder TIFF wählen.</translation>
        </message>
        <message>
            <source>{name} cannot be written: an AVIF has {most} megapixels at most; choose PNG or TIFF.</source>
            <translation>{name} kann nicht geschrieben werden: Ein AVIF hat höchstens {most} Megapixel; PNG oder TIFF wählen.</translation>
        </message>
        <message>
            <source>the encoder refuses this picture</source>
            <translation>der Kodierer lehnt dieses Bild ab</translation>
        </message>
        <message>
            <source>The colors of this photo cannot be converted because its profile {reason}; keep the photo's own color space.</source>
            <translation>Die Farben dieses Fotos können nicht umgerechnet werden, weil sein Profil {reason}; den Farbraum des Fotos beibehalten.</translation>
        </message>
        <message>
            <source>describes colors by a table</source>
            <translation>Farben durch eine Tabelle beschreibt</translation>
        </message>
        <message>
            <source>names no primaries</source>
            <translation>keine Primärfarben nennt</translation>
        </message>
        <message>
            <source>has primaries that cannot be</source>
            <translation>unmögliche Primärfarben hat</translation>
        </message>
        <message>
            <source>is damaged</source>
            <translation>beschädigt ist</translation>
        </message>
        <message>
            <source>has a tone curve that cannot be</source>
            <translation>eine unmögliche Tonwertkurve hat</translation>
        </message>
        <message>
            <source>The edited picture holds values that are not numbers; nothing was written.</source>
            <translation>Das bearbeitete Bild enthält Werte, die keine Zahlen sind; es wurde nichts geschrieben.</translation>
        </message>
        <message>
            <source>{name} cannot be written: a mask is saved as a PNG; name it .png.</source>
            <translation>{name} kann nicht geschrieben werden: Eine Maske wird als PNG gespeichert; auf .png enden lassen.</translation>
        </message>
        <message>
            <source>{name} cannot be written: the mask cannot be made a PNG.</source>
            <translation>{name} kann nicht geschrieben werden: Aus der Maske lässt sich kein PNG erstellen.</translation>
        </message>
        <message>
            <source>{name} cannot be written ({reason}); choose another folder.</source>
            <translation>{name} kann nicht geschrieben werden ({reason}); einen anderen Ordner wählen.</translation>
        </message>
        <message>
            <source>it holds the property more than once</source>
            <translation>es enthält die Eigenschaft mehrfach</translation>
        </message>
        <message>
            <source>it has no place for a property</source>
            <translation>es hat keinen Platz für eine Eigenschaft</translation>
        </message>
        <message>
            <source>it holds the property inside itself</source>
            <translation>die Eigenschaft steht darin in sich selbst</translation>
        </message>
        <message>
            <source>it cannot be extended</source>
            <translation>es kann nicht erweitert werden</translation>
        </message>
        <message>
            <source>it is too large</source>
            <translation>es ist zu groß</translation>
        </message>
        <message>
            <source>it is damaged</source>
            <translation>es ist beschädigt</translation>
        </message>
        <message>
            <source>it is nested too deeply</source>
            <translation>es ist zu tief verschachtelt</translation>
        </message>
        <message>
            <source>it has too many parts</source>
            <translation>es hat zu viele Teile</translation>
        </message>
        <message>
            <source>it declares a document type</source>
            <translation>es deklariert einen Dokumenttyp</translation>
        </message>
        <message>
            <source>{name} is {width} × {height} pixels but the photo is {photo_width} × {photo_height}; the mask must have the photo's size.</source>
            <translation>{name} hat {width} × {height} Pixel, das Foto {photo_width} × {photo_height}; die Maske muss so groß wie das Foto sein.</translation>
        </message>
        <message>
            <source>The XMP packet of {name} is not read because {reason}.</source>
            <translation>Das XMP-Paket von {name} wird nicht gelesen: {reason}.</translation>
        </message>
        <message>
            <source>The receipt in {name} is damaged or of another version of fxdiffuse.</source>
            <translation>Der Beleg in {name} ist beschädigt oder von einer anderen Version von fxdiffuse.</translation>
        </message>
        <message>
            <source>{name} holds no receipt; only edits exported with their metadata have one.</source>
            <translation>{name} enthält keinen Beleg; nur mit Metadaten exportierte Bearbeitungen haben einen.</translation>
        </message>
        <message>
            <source>The quality must lie between 1 and 100, not {quality}.</source>
            <translation>Die Qualität muss zwischen 1 und 100 liegen, nicht {quality}.</translation>
        </message>
        <message>
            <source>The bit depth must be 8 or 16, not {bit_depth}.</source>
            <translation>Die Farbtiefe muss 8 oder 16 sein, nicht {bit_depth}.</translation>
        </message>
        <message>
            <source>{name} has no known suffix; name it .jpg, .png, .tif, .webp or .avif.</source>
            <translation>{name} hat keine bekannte Endung; .jpg, .png, .tif, .webp oder .avif verwenden.</translation>
        </message>
        <message>
            <source>{name} cannot be written: OpenCV has no AVIF on this system; choose WebP.</source>
            <translation>{name} kann nicht geschrieben werden: OpenCV beherrscht auf diesem System kein AVIF; WebP wählen.</translation>
        </message>
        <message>
            <source>{name} is not a valid path; choose another name.</source>
            <translation>{name} ist kein gültiger Pfad; einen anderen Namen wählen.</translation>
        </message>
        <message>
            <source>{name} is a folder; give the name of a file.</source>
            <translation>{name} ist ein Ordner; den Namen einer Datei angeben.</translation>
        </message>
        <message>
            <source>{name} cannot be written because its folder does not exist; make the folder first.</source>
            <translation>{name} kann nicht geschrieben werden, weil der Ordner nicht existiert; den Ordner zuerst anlegen.</translation>
        </message>
        <message>
            <source>{name} cannot be written because its folder is read-only; choose another folder.</source>
            <translation>{name} kann nicht geschrieben werden, weil der Ordner schreibgeschützt ist; einen anderen Ordner wählen.</translation>
        </message>
        <message>
            <source>{name} cannot be written: a JPEG has {most} pixels a side at most; choose PNG or TIFF.</source>
            <translation>{name} kann nicht geschrieben werden: Ein JPEG hat höchstens {most} Pixel je Seite; PNG oder TIFF wählen.</translation>
        </message>
        <message>
            <source>{name} cannot be written: the edit has another size than the photo.</source>
            <translation>{name} kann nicht geschrieben werden: Die Bearbeitung hat eine andere Größe als das Foto.</translation>
        </message>
        <message>
            <source>Details are in {log}.</source>
            <translation>Einzelheiten stehen in {log}.</translation>
        </message>
        <message>
            <source>Something went wrong ({kind}). Your edits are still here.</source>
            <translation>Etwas ist schiefgegangen ({kind}). Die Bearbeitungen sind noch da.</translation>
        </message>
        <message>
            <source>Photo</source>
            <translation>Foto</translation>
        </message>
        <message>
            <source>The edited photo. Hold the backslash key to see the original.</source>
            <translation>Das bearbeitete Foto. Die Rückstrich-Taste halten, um das Original zu sehen.</translation>
        </message>
        <message>
            <source>Edited</source>
            <translation>Bearbeitet</translation>
        </message>
        <message>
            <source>Drop a photo here, or open one with Ctrl+O</source>
            <translation>Foto hier ablegen oder mit Strg+O öffnen</translation>
        </message>
        <message>
            <source>Lasso</source>
            <translation>Lasso</translation>
        </message>
        <message>
            <source>Polygon</source>
            <translation>Polygon</translation>
        </message>
        <message>
            <source>Rectangle</source>
            <translation>Rechteck</translation>
        </message>
        <message>
            <source>Erase lasso</source>
            <translation>Lasso radieren</translation>
        </message>
        <message>
            <source>Erase polygon</source>
            <translation>Polygon radieren</translation>
        </message>
        <message>
            <source>Erase rectangle</source>
            <translation>Rechteck radieren</translation>
        </message>
        <message>
            <source>Stop (Esc)</source>
            <translation>Anhalten (Esc)</translation>
        </message>
        <message>
            <source>Stop computing</source>
            <translation>Berechnung anhalten</translation>
        </message>
        <message>
            <source>State of the picture</source>
            <translation>Zustand des Bildes</translation>
        </message>
        <message>
            <source>Without {effect}</source>
            <translation>Ohne {effect}</translation>
        </message>
        <message>
            <source>Erase mask</source>
            <translation>Maske radieren</translation>
        </message>
        <message>
            <source>Message</source>
            <translation>Meldung</translation>
        </message>
        <message>
            <source>Keep the photo's</source>
            <translation>Wie das Foto</translation>
        </message>
        <message>
            <source>sRGB</source>
            <translation>sRGB</translation>
        </message>
        <message>
            <source>Display P3</source>
            <translation>Display P3</translation>
        </message>
        <message>
            <source>Adobe RGB (1998)</source>
            <translation>Adobe RGB (1998)</translation>
        </message>
        <message>
            <source>A profile compatible with Adobe RGB (1998)</source>
            <translation>Ein mit Adobe RGB (1998) kompatibles Profil</translation>
        </message>
        <message>
            <source>Pixels that no effect touches stay bit for bit.</source>
            <translation>Pixel, die kein Effekt berührt, bleiben Bit für Bit erhalten.</translation>
        </message>
        <message>
            <source>The photo is in {name} already.</source>
            <translation>Das Foto ist schon in {name}.</translation>
        </message>
        <message>
            <source>Every pixel is converted, so none stays bit for bit; what {name} cannot show is cut off.</source>
            <translation>Jedes Pixel wird umgerechnet, keines bleibt Bit für Bit erhalten; was {name} nicht zeigen kann, wird abgeschnitten.</translation>
        </message>
        <message>
            <source>Every photo keeps its profile.</source>
            <translation>Jedes Foto behält sein Profil.</translation>
        </message>
        <message>
            <source>Photos in another space are converted; what {name} cannot show is cut off.</source>
            <translation>Fotos in einem anderen Farbraum werden umgewandelt; was {name} nicht zeigen kann, wird abgeschnitten.</translation>
        </message>
        <message>
            <source>The photo has no profile, which means sRGB; it stays so.</source>
            <translation>Das Foto hat kein Profil, ist also sRGB; dabei bleibt es.</translation>
        </message>
        <message>
            <source>The profile stays “{name}”.</source>
            <translation>Das Profil bleibt „{name}“.</translation>
        </message>
        <message>
            <source>The photo keeps its profile.</source>
            <translation>Das Foto behält sein Profil.</translation>
        </message>
        <message>
            <source>Photos and projects</source>
            <translation>Fotos und Projekte</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Öffnen</translation>
        </message>
        <message>
            <source>Go on with an export</source>
            <translation>Export weiterbearbeiten</translation>
        </message>
        <message>
            <source>There is no picture on the clipboard.</source>
            <translation>In der Zwischenablage ist kein Bild.</translation>
        </message>
        <message numerus="yes">
            <source>Opened the first of %n files.</source>
            <translation>
                <numerusform>Die eine Datei wurde geöffnet.</numerusform>
                <numerusform>Die erste von %n Dateien wurde geöffnet.</numerusform>
            </translation>
        </message>
        <message>
            <source>Quality</source>
            <translation>Qualität</translation>
        </message>
        <message>
            <source>As the photo</source>
            <translation>Wie das Foto</translation>
        </message>
        <message>
            <source>8 bit</source>
            <translation>8 Bit</translation>
        </message>
        <message>
            <source>16 bit</source>
            <translation>16 Bit</translation>
        </message>
        <message>
            <source>Format</source>
            <translation>Format</translation>
        </message>
        <message>
            <source>Depth</source>
            <translation>Farbtiefe</translation>
        </message>
        <message>
            <source>Metadata</source>
            <translation>Metadaten</translation>
        </message>
        <message>
            <source>Keep EXIF, IPTC and XMP</source>
            <translation>EXIF, IPTC und XMP behalten</translation>
        </message>
        <message>
            <source>Keep EXIF and XMP</source>
            <translation>EXIF und XMP behalten</translation>
        </message>
        <message>
            <source>Quality of the photos that are JPEG, WebP or AVIF, 1 to 100</source>
            <translation>Qualität der Fotos in JPEG, WebP oder AVIF, 1 bis 100</translation>
        </message>
        <message>
            <source>Quality of the {format}, 1 to 100</source>
            <translation>Qualität des {format}, 1 bis 100</translation>
        </message>
        <message>
            <source>above 95 files grow fast</source>
            <translation>über 95 wachsen Dateien schnell</translation>
        </message>
        <message>
            <source>at 100 nothing is lost</source>
            <translation>bei 100 geht nichts verloren</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>Exportieren</translation>
        </message>
        <message>
            <source>The file needs a name.</source>
            <translation>Die Datei braucht einen Namen.</translation>
        </message>
        <message>
            <source>An estimate from a part of the picture as it is shown now</source>
            <translation>Eine Schätzung aus einem Teil des Bildes, wie es jetzt zu sehen ist</translation>
        </message>
        <message>
            <source>File</source>
            <translation>Datei</translation>
        </message>
        <message>
            <source>Color</source>
            <translation>Farbraum</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>Größe</translation>
        </message>
        <message>
            <source>File name</source>
            <translation>Dateiname</translation>
        </message>
        <message>
            <source>Choose a folder and a name</source>
            <translation>Ordner und Namen wählen</translation>
        </message>
        <message>
            <source>{stem} edited</source>
            <translation>{stem} bearbeitet</translation>
        </message>
        <message>
            <source>Export as</source>
            <translation>Exportieren als</translation>
        </message>
        <message>
            <source>in {folder}</source>
            <translation>in {folder}</translation>
        </message>
        <message>
            <source>A JPEG cannot be transparent: white shows through.</source>
            <translation>Ein JPEG kann nicht durchsichtig sein: Weiß scheint durch.</translation>
        </message>
        <message>
            <source>{width} × {height} pixels, about {size}</source>
            <translation>{width} × {height} Pixel, etwa {size}</translation>
        </message>
        <message>
            <source>{name} is the photo you opened. Replace it with the edited one?</source>
            <translation>{name} ist das geöffnete Foto. Durch das bearbeitete ersetzen?</translation>
        </message>
        <message>
            <source>Replace the file?</source>
            <translation>Datei ersetzen?</translation>
        </message>
        <message>
            <source>Edit a folder</source>
            <translation>Ordner bearbeiten</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>Starten</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Show folder</source>
            <translation>Ordner zeigen</translation>
        </message>
        <message>
            <source>Open the folder of the results</source>
            <translation>Den Ordner der Ergebnisse öffnen</translation>
        </message>
        <message>
            <source>The work goes on</source>
            <translation>Die Arbeit geht weiter</translation>
        </message>
        <message>
            <source>Choose the folder of the photos.</source>
            <translation>Den Ordner der Fotos wählen.</translation>
        </message>
        <message>
            <source>A folder is still being edited. Stop that and quit? The next start goes on where it was.</source>
            <translation>Ein Ordner wird noch bearbeitet. Anhalten und beenden? Der nächste Start macht dort weiter.</translation>
        </message>
        <message>
            <source>Folder being edited</source>
            <translation>Ordner wird bearbeitet</translation>
        </message>
        <message>
            <source>Photos in the folders inside too</source>
            <translation>Auch Fotos in Unterordnern</translation>
        </message>
        <message>
            <source>Choose the folder of the photos first.</source>
            <translation>Zuerst den Ordner der Fotos wählen.</translation>
        </message>
        <message>
            <source>The model is still being loaded; try again in a moment.</source>
            <translation>Das Modell wird noch geladen; gleich noch einmal versuchen.</translation>
        </message>
        <message>
            <source>Current settings</source>
            <translation>Aktuelle Einstellungen</translation>
        </message>
        <message numerus="yes">
            <source>%n photos</source>
            <translation>
                <numerusform>%n Foto</numerusform>
                <numerusform>%n Fotos</numerusform>
            </translation>
        </message>
        <message>
            <source>What is done to each photo</source>
            <translation>Was mit jedem Foto geschieht</translation>
        </message>
        <message>
            <source>Keep it</source>
            <translation>Behalten</translation>
        </message>
        <message>
            <source>Replace it</source>
            <translation>Ersetzen</translation>
        </message>
        <message>
            <source>Results of the same edit are never made again</source>
            <translation>Was genau diese Bearbeitung schon erzeugt hat, wird nicht noch einmal erzeugt</translation>
        </message>
        <message>
            <source>Folder of the photos</source>
            <translation>Ordner der Fotos</translation>
        </message>
        <message>
            <source>Edit</source>
            <translation>Bearbeitung</translation>
        </message>
        <message>
            <source>Results</source>
            <translation>Ergebnisse</translation>
        </message>
        <message>
            <source>Folder of the results</source>
            <translation>Ordner der Ergebnisse</translation>
        </message>
        <message>
            <source>A file in the way</source>
            <translation>Vorhandene Datei</translation>
        </message>
        <message>
            <source>{folder} edited</source>
            <translation>{folder} bearbeitet</translation>
        </message>
        <message>
            <source>Copy the list</source>
            <translation>Liste kopieren</translation>
        </message>
        <message>
            <source>Looking at the folder</source>
            <translation>Ordner wird durchgesehen</translation>
        </message>
        <message>
            <source>{number} of {of} · {name}</source>
            <translation>{number} von {of} · {name}</translation>
        </message>
        <message>
            <source>waits for the picture in the window</source>
            <translation>wartet auf das Bild im Fenster</translation>
        </message>
        <message>
            <source>Progress of the folder</source>
            <translation>Fortschritt des Ordners</translation>
        </message>
        <message>
            <source>Photos that failed, and why</source>
            <translation>Fehlgeschlagene Fotos und der Grund</translation>
        </message>
        <message numerus="yes">
            <source>%n photos failed</source>
            <translation>
                <numerusform>%n Foto fehlgeschlagen</numerusform>
                <numerusform>%n Fotos fehlgeschlagen</numerusform>
            </translation>
        </message>
        <message>
            <source>{effect} from {picture}</source>
            <translation>{effect} von {picture}</translation>
        </message>
        <message>
            <source>No effect is on: the photos are only saved again, in the format chosen below.</source>
            <translation>Kein Effekt ist eingeschaltet: Die Fotos werden nur neu geschrieben, im unten gewählten Format.</translation>
        </message>
        <message>
            <source>seed {seed}</source>
            <translation>Startwert {seed}</translation>
        </message>
        <message>
            <source>grain seed {seed}</source>
            <translation>Korn-Startwert {seed}</translation>
        </message>
        <message numerus="yes">
            <source>%n written</source>
            <translation>
                <numerusform>%n geschrieben</numerusform>
                <numerusform>%n geschrieben</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n done before</source>
            <translation>
                <numerusform>%n schon vorher fertig</numerusform>
                <numerusform>%n schon vorher fertig</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n failed</source>
            <translation>
                <numerusform>%n fehlgeschlagen</numerusform>
                <numerusform>%n fehlgeschlagen</numerusform>
            </translation>
        </message>
        <message>
            <source>Stopped: {parts}, {left} left. Start goes on from here.</source>
            <translation>Angehalten: {parts}, {left} übrig. „Starten“ macht hier weiter.</translation>
        </message>
        <message>
            <source>Done: {parts}.</source>
            <translation>Fertig: {parts}.</translation>
        </message>
        <message>
            <source>Copy the hash</source>
            <translation>Prüfsumme kopieren</translation>
        </message>
        <message>
            <source>Parameters</source>
            <translation>Parameter</translation>
        </message>
        <message>
            <source>SHA-256</source>
            <translation>SHA-256</translation>
        </message>
        <message>
            <source>{size} MB</source>
            <translation>{size} MB</translation>
        </message>
        <message>
            <source>The figures were measured by the person who exported the model.</source>
            <translation>Die Zahlen hat gemessen, wer das Modell exportiert hat.</translation>
        </message>
        <message>
            <source>This file does not say how well the model does; the command fxdiffuse-train evaluate measures it on your photos.</source>
            <translation>Wie gut es ist, steht nicht in dieser Datei; der Befehl fxdiffuse-train evaluate misst es an eigenen Fotos.</translation>
        </message>
        <message>
            <source>Reading the file…</source>
            <translation>Datei wird gelesen…</translation>
        </message>
        <message>
            <source>Bundled model</source>
            <translation>Mitgeliefertes Modell</translation>
        </message>
        <message>
            <source>Card of the model</source>
            <translation>Karte des Modells</translation>
        </message>
        <message>
            <source>The card of this model cannot be read.</source>
            <translation>Die Karte dieses Modells kann nicht gelesen werden.</translation>
        </message>
        <message>
            <source>the bundled model</source>
            <translation>dem mitgelieferten Modell</translation>
        </message>
        <message>
            <source>This project was made with {name}, another model than is in use.</source>
            <translation>Dieses Projekt wurde mit {name} erstellt, einem anderen Modell als dem verwendeten.</translation>
        </message>
        <message>
            <source>Another model</source>
            <translation>Anderes Modell</translation>
        </message>
        <message>
            <source>With the model in use the picture may look different.</source>
            <translation>Mit dem verwendeten Modell kann das Bild anders aussehen.</translation>
        </message>
        <message>
            <source>&amp;Use that model</source>
            <translation>&amp;Jenes Modell verwenden</translation>
        </message>
        <message>
            <source>&amp;Keep the model in use</source>
            <translation>Modell &amp;beibehalten</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modelle</translation>
        </message>
        <message>
            <source>&amp;Open…</source>
            <translation>Ö&amp;ffnen…</translation>
        </message>
        <message>
            <source>&amp;Remove from the list</source>
            <translation>Aus der Liste &amp;entfernen</translation>
        </message>
        <message>
            <source>&amp;Use this model</source>
            <translation>Dieses Modell &amp;verwenden</translation>
        </message>
        <message>
            <source>Add a model file (.safetensors)</source>
            <translation>Eine Modelldatei hinzufügen (.safetensors)</translation>
        </message>
        <message>
            <source>The file stays where it is</source>
            <translation>Die Datei bleibt, wo sie ist</translation>
        </message>
        <message>
            <source>In use</source>
            <translation>In Verwendung</translation>
        </message>
        <message>
            <source>The file {path} is missing; put it back or remove it from the list.</source>
            <translation>Die Datei {path} fehlt; zurücklegen oder aus der Liste entfernen.</translation>
        </message>
        <message>
            <source>Models ({suffix})</source>
            <translation>Modelle ({suffix})</translation>
        </message>
        <message>
            <source>Open model</source>
            <translation>Modell öffnen</translation>
        </message>
        <message>
            <source>The hash is on the clipboard.</source>
            <translation>Die Prüfsumme ist in der Zwischenablage.</translation>
        </message>
        <message>
            <source>fxdiffuse projects</source>
            <translation>fxdiffuse-Projekte</translation>
        </message>
        <message>
            <source>Save project</source>
            <translation>Projekt speichern</translation>
        </message>
        <message>
            <source>Replace project</source>
            <translation>Projekt ersetzen</translation>
        </message>
        <message>
            <source>The project is being saved already.</source>
            <translation>Das Projekt wird bereits gespeichert.</translation>
        </message>
        <message>
            <source>Restore edits</source>
            <translation>Bearbeitungen wiederherstellen</translation>
        </message>
        <message>
            <source>The last edits of {photo} were not saved.</source>
            <translation>Die letzten Bearbeitungen von {photo} wurden nicht gespeichert.</translation>
        </message>
        <message>
            <source>fxdiffuse ended unexpectedly. They were kept {when}.</source>
            <translation>fxdiffuse wurde unerwartet beendet. Gesichert wurden sie {when}.</translation>
        </message>
        <message>
            <source>&amp;Restore</source>
            <translation>&amp;Wiederherstellen</translation>
        </message>
        <message>
            <source>&amp;Discard edits</source>
            <translation>Bearbeitungen &amp;verwerfen</translation>
        </message>
        <message>
            <source>Decide &amp;later</source>
            <translation>&amp;Später entscheiden</translation>
        </message>
        <message>
            <source>a moment ago</source>
            <translation>vor einem Augenblick</translation>
        </message>
        <message>
            <source>today at {time}</source>
            <translation>heute um {time}</translation>
        </message>
        <message>
            <source>on {date}</source>
            <translation>am {date}</translation>
        </message>
        <message>
            <source>An export is still running. Stop it and quit?</source>
            <translation>Ein Export läuft noch. Anhalten und beenden?</translation>
        </message>
        <message>
            <source>Export running</source>
            <translation>Export läuft</translation>
        </message>
        <message>
            <source>Edits not saved</source>
            <translation>Bearbeitungen nicht gespeichert</translation>
        </message>
        <message>
            <source>The edits of this photo have been neither saved nor exported.</source>
            <translation>Die Bearbeitungen dieses Fotos wurden weder gespeichert noch exportiert.</translation>
        </message>
        <message>
            <source>They are lost when you go on.</source>
            <translation>Beim Fortfahren gehen sie verloren.</translation>
        </message>
        <message>
            <source>&amp;Save project</source>
            <translation>Projekt &amp;speichern</translation>
        </message>
        <message>
            <source>&amp;Export…</source>
            <translation>E&amp;xportieren…</translation>
        </message>
        <message>
            <source>{name} has been saved.</source>
            <translation>{name} wurde gespeichert.</translation>
        </message>
        <message>
            <source>Auto</source>
            <translation>Auto</translation>
        </message>
        <message>
            <source>Blur direction</source>
            <translation>Richtung der Unschärfe</translation>
        </message>
        <message>
            <source>&lt;b&gt;Direction of the blur&lt;/b&gt;&lt;br&gt;0° to 180°, counter-clockwise from the right&lt;br&gt;Drag, or turn the wheel · Shift: steps of 15° · Double-click: auto</source>
            <translation>&lt;b&gt;Richtung der Unschärfe&lt;/b&gt;&lt;br&gt;0° bis 180°, gegen den Uhrzeigersinn von rechts&lt;br&gt;Ziehen oder Rad drehen · Umschalt: Schritte von 15° · Doppelklick: Auto</translation>
        </message>
        <message>
            <source>Blur direction in degrees</source>
            <translation>Richtung der Unschärfe in Grad</translation>
        </message>
        <message>
            <source>Direction in degrees, counter-clockwise from the right</source>
            <translation>Richtung in Grad, gegen den Uhrzeigersinn von rechts</translation>
        </message>
        <message>
            <source>Let the seed choose a direction, another one with every re-roll</source>
            <translation>Der Startwert bestimmt die Richtung, mit jedem neuen Startwert eine andere</translation>
        </message>
        <message>
            <source>Direction</source>
            <translation>Richtung</translation>
        </message>
        <message>
            <source>Look &amp;without</source>
            <translation>&amp;Ohne Effekt ansehen</translation>
        </message>
        <message>
            <source>Hold to see the photo without {effect} (or hold A over the card)</source>
            <translation>Halten, um das Foto ohne {effect} zu sehen (oder A über der Karte halten)</translation>
        </message>
        <message>
            <source>See the photo without {effect}</source>
            <translation>Foto ohne {effect} sehen</translation>
        </message>
        <message>
            <source>An&amp;other grain</source>
            <translation>Anderes K&amp;orn</translation>
        </message>
        <message>
            <source>Another grain; fills and blur stay</source>
            <translation>Anderes Korn; Füllungen und Unschärfe bleiben</translation>
        </message>
        <message>
            <source>{effect} on or off</source>
            <translation>{effect} ein- oder ausschalten</translation>
        </message>
        <message>
            <source>Switch {effect} on or off; its value is kept</source>
            <translation>{effect} ein- oder ausschalten; der Wert bleibt erhalten</translation>
        </message>
        <message>
            <source>Reset {effect} to its default (double-click does it too)</source>
            <translation>{effect} auf Standard zurücksetzen (auch per Doppelklick)</translation>
        </message>
        <message>
            <source>{minimum} to {maximum}</source>
            <translation>{minimum} bis {maximum}</translation>
        </message>
        <message>
            <source>{span}, usually {default}</source>
            <translation>{span}, üblich {default}</translation>
        </message>
        <message>
            <source>Double-click: default · Ctrl: fine · Shift: coarse</source>
            <translation>Doppelklick: Standard · Strg: fein · Umschalt: grob</translation>
        </message>
        <message>
            <source>Type a number · arrow keys step · Ctrl: fine · Shift: coarse</source>
            <translation>Zahl eingeben · Pfeiltasten: Schritte · Strg: fein · Umschalt: grob</translation>
        </message>
        <message>
            <source>{effect} in {unit}</source>
            <translation>{effect} in {unit}</translation>
        </message>
        <message>
            <source>{help} Double-click resets it.</source>
            <translation>{help} Doppelklick setzt zurück.</translation>
        </message>
        <message>
            <source>Effects</source>
            <translation>Effekte</translation>
        </message>
        <message>
            <source>Paint over what should go.</source>
            <translation>Übermalen, was verschwinden soll.</translation>
        </message>
        <message>
            <source>Switch every effect off and put every value back to its default</source>
            <translation>Alle Effekte ausschalten und alle Werte auf Standard setzen</translation>
        </message>
        <message>
            <source>{effect} as measured</source>
            <translation>{effect}, gemessen</translation>
        </message>
        <message>
            <source>&lt;b&gt;How much {effect} the result has&lt;/b&gt;&lt;br&gt;Measured on a piece of the exact result near the middle of what is visible, by comparing it with what the plain operators make of everything else that was asked. Nothing is said where that piece cannot tell.</source>
            <translation>&lt;b&gt;Wie viel {effect} das Ergebnis hat&lt;/b&gt;&lt;br&gt;Gemessen an einem Stück des exakten Ergebnisses nahe der Mitte des Sichtbaren, im Vergleich mit dem, was die einfachen Operatoren aus allen übrigen Einstellungen machen. Wo es dieses Stück nicht hergibt, steht nichts.</translation>
        </message>
        <message>
            <source>got {number}</source>
            <translation>ist {number}</translation>
        </message>
        <message>
            <source>Pr&amp;esets</source>
            <translation>&amp;Vorgaben</translation>
        </message>
        <message>
            <source>The settings have been copied; paste them to another photo.</source>
            <translation>Die Einstellungen wurden kopiert; sie lassen sich in ein anderes Foto einfügen.</translation>
        </message>
        <message>
            <source>There are no settings on the clipboard; copy those of a photo first.</source>
            <translation>In der Zwischenablage sind keine Einstellungen; zuerst die eines Fotos kopieren.</translation>
        </message>
        <message>
            <source>Paste settings</source>
            <translation>Einstellungen einfügen</translation>
        </message>
        <message>
            <source>&amp;Save settings as preset…</source>
            <translation>Einstellungen als Vorgabe &amp;speichern…</translation>
        </message>
        <message>
            <source>&amp;Import…</source>
            <translation>&amp;Importieren…</translation>
        </message>
        <message>
            <source>&amp;Export</source>
            <translation>&amp;Exportieren</translation>
        </message>
        <message>
            <source>&amp;Delete</source>
            <translation>&amp;Löschen</translation>
        </message>
        <message>
            <source>Save preset</source>
            <translation>Vorgabe speichern</translation>
        </message>
        <message>
            <source>Name of the preset:</source>
            <translation>Name der Vorgabe:</translation>
        </message>
        <message>
            <source>A preset “{preset}” exists already. Replace it?</source>
            <translation>Eine Vorgabe „{preset}“ gibt es schon. Ersetzen?</translation>
        </message>
        <message>
            <source>The preset “{preset}” has been saved.</source>
            <translation>Die Vorgabe „{preset}“ wurde gespeichert.</translation>
        </message>
        <message>
            <source>Delete the preset “{preset}”?</source>
            <translation>Vorgabe „{preset}“ löschen?</translation>
        </message>
        <message>
            <source>Import preset</source>
            <translation>Vorgabe importieren</translation>
        </message>
        <message>
            <source>“{preset}” has been imported.</source>
            <translation>„{preset}“ wurde importiert.</translation>
        </message>
        <message>
            <source>Export preset</source>
            <translation>Vorgabe exportieren</translation>
        </message>
        <message>
            <source>Presets</source>
            <translation>Vorgaben</translation>
        </message>
        <message>
            <source>Settings under a name, to use again with any photo</source>
            <translation>Benannte Einstellungen, für jedes Foto wieder verwendbar</translation>
        </message>
        <message>
            <source>Roughly, without the model; in the corner at 100 %</source>
            <translation>Ungefähr, ohne das Modell; in der Ecke bei 100 %</translation>
        </message>
        <message>
            <source>Another grain, same photo</source>
            <translation>Anderes Korn, gleiches Foto</translation>
        </message>
        <message>
            <source>Variants: several seeds or intensities side by side</source>
            <translation>Varianten: mehrere Startwerte oder Stärken nebeneinander</translation>
        </message>
        <message>
            <source>Variants side by side</source>
            <translation>Varianten nebeneinander</translation>
        </message>
        <message>
            <source>Draw another seed</source>
            <translation>Anderen Startwert ziehen</translation>
        </message>
        <message>
            <source>Keep the seed</source>
            <translation>Startwert behalten</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>Startwert</translation>
        </message>
        <message>
            <source>Kept; click to let it change</source>
            <translation>Gesperrt; klicken, um Änderungen zuzulassen</translation>
        </message>
        <message>
            <source>Keep this seed, also for the next photo</source>
            <translation>Diesen Startwert behalten, auch beim nächsten Foto</translation>
        </message>
        <message>
            <source>The same seed gives the same grain, fill and automatic direction again</source>
            <translation>Gleicher Startwert, gleiches Korn, gleiche Füllung und gleiche automatische Richtung</translation>
        </message>
        <message>
            <source>The same seed gives the same fill and automatic direction again; grain has its own, {seed}</source>
            <translation>Gleicher Startwert, gleiche Füllung und gleiche automatische Richtung; das Korn hat einen eigenen, {seed}</translation>
        </message>
        <message>
            <source>&amp;Save this value…</source>
            <translation>Diesen Wert &amp;speichern…</translation>
        </message>
        <message>
            <source>Re&amp;name</source>
            <translation>Umbe&amp;nennen</translation>
        </message>
        <message>
            <source>&amp;Remove</source>
            <translation>&amp;Entfernen</translation>
        </message>
        <message>
            <source>Name for {value}:</source>
            <translation>Name für {value}:</translation>
        </message>
        <message>
            <source>Save value</source>
            <translation>Wert speichern</translation>
        </message>
        <message>
            <source>Rename value</source>
            <translation>Wert umbenennen</translation>
        </message>
        <message>
            <source>New name:</source>
            <translation>Neuer Name:</translation>
        </message>
        <message>
            <source>Remove the value “{name}”?</source>
            <translation>Den Wert „{name}“ entfernen?</translation>
        </message>
        <message>
            <source>A value “{name}” exists already. Replace it?</source>
            <translation>Einen Wert „{name}“ gibt es schon. Ersetzen?</translation>
        </message>
        <message>
            <source>Values of {effect} under a name</source>
            <translation>Benannte Werte: {effect}</translation>
        </message>
        <message>
            <source>Two effects at once</source>
            <translation>Zwei Effekte zugleich</translation>
        </message>
        <message>
            <source>Effect across</source>
            <translation>Effekt waagerecht</translation>
        </message>
        <message>
            <source>Effect upward</source>
            <translation>Effekt senkrecht</translation>
        </message>
        <message>
            <source>Two at once</source>
            <translation>Zwei zugleich</translation>
        </message>
        <message>
            <source>A pad that moves two effects with one hand</source>
            <translation>Ein Feld, das zwei Effekte mit einer Hand steuert</translation>
        </message>
        <message>
            <source>Folded</source>
            <translation>Eingeklappt</translation>
        </message>
        <message>
            <source>Pad: {effects}</source>
            <translation>Feld: {effects}</translation>
        </message>
        <message>
            <source>Drag or arrow keys move both · Double-click: defaults · Ctrl: fine · Shift: coarse</source>
            <translation>Ziehen oder Pfeiltasten steuern beide · Doppelklick: Standard · Strg: fein · Umschalt: grob</translation>
        </message>
        <message>
            <source>Wheel</source>
            <translation>Mausrad</translation>
        </message>
        <message>
            <source>Zoom to the pointer</source>
            <translation>Zum Zeiger zoomen</translation>
        </message>
        <message>
            <source>Space + drag, middle drag</source>
            <translation>Leertaste + Ziehen, mittlere Taste</translation>
        </message>
        <message>
            <source>Move the photo</source>
            <translation>Foto verschieben</translation>
        </message>
        <message>
            <source>Hold \</source>
            <translation>\ halten</translation>
        </message>
        <message>
            <source>See the original</source>
            <translation>Original sehen</translation>
        </message>
        <message>
            <source>Hold Z</source>
            <translation>Z halten</translation>
        </message>
        <message>
            <source>Loupe: the pixels at 100 %</source>
            <translation>Lupe: die Pixel bei 100 %</translation>
        </message>
        <message>
            <source>Hold A over an effect</source>
            <translation>A über einem Effekt halten</translation>
        </message>
        <message>
            <source>See the photo without it</source>
            <translation>Foto ohne ihn sehen</translation>
        </message>
        <message>
            <source>Shift + click</source>
            <translation>Umschalt + Klick</translation>
        </message>
        <message>
            <source>Straight line from the last stroke</source>
            <translation>Gerade Linie vom letzten Strich</translation>
        </message>
        <message>
            <source>Pen</source>
            <translation>Stift</translation>
        </message>
        <message>
            <source>Pressure sets the size, the other end erases</source>
            <translation>Druck bestimmt die Größe, das andere Ende radiert</translation>
        </message>
        <message>
            <source>Alt + lasso, polygon, rectangle</source>
            <translation>Alt + Lasso, Polygon, Rechteck</translation>
        </message>
        <message>
            <source>Take away</source>
            <translation>Wegnehmen</translation>
        </message>
        <message>
            <source>Double-click, Enter</source>
            <translation>Doppelklick, Eingabe</translation>
        </message>
        <message>
            <source>Close the polygon</source>
            <translation>Polygon schließen</translation>
        </message>
        <message>
            <source>Backspace</source>
            <translation>Rücktaste</translation>
        </message>
        <message>
            <source>Take back its last corner</source>
            <translation>Letzte Ecke zurücknehmen</translation>
        </message>
        <message>
            <source>Double-click a slider</source>
            <translation>Doppelklick auf Regler</translation>
        </message>
        <message>
            <source>Back to its default</source>
            <translation>Auf Standard zurück</translation>
        </message>
        <message>
            <source>Ctrl / Shift on a slider</source>
            <translation>Strg / Umschalt am Regler</translation>
        </message>
        <message>
            <source>Finer / coarser</source>
            <translation>Feiner / gröber</translation>
        </message>
        <message>
            <source>Keyboard shortcuts</source>
            <translation>Tastenkürzel</translation>
        </message>
        <message>
            <source>Pointer</source>
            <translation>Zeiger</translation>
        </message>
        <message>
            <source>About fxdiffuse</source>
            <translation>Über fxdiffuse</translation>
        </message>
        <message>
            <source>&lt;h3&gt;fxdiffuse {version}&lt;/h3&gt;&lt;p&gt;One diffusion model, five photographic effects, each on its own dial.&lt;/p&gt;&lt;p&gt;Works without a network; your photos stay on this computer.&lt;/p&gt;&lt;p&gt;Apache License 2.0&lt;/p&gt;</source>
            <translation>&lt;h3&gt;fxdiffuse {version}&lt;/h3&gt;&lt;p&gt;Ein Diffusionsmodell, fünf fotografische Effekte, jeder mit eigenem Regler.&lt;/p&gt;&lt;p&gt;Arbeitet ohne Netz; die Fotos bleiben auf diesem Computer.&lt;/p&gt;&lt;p&gt;Apache License 2.0&lt;/p&gt;</translation>
        </message>
        <message>
            <source>No more hints; Help brings them back</source>
            <translation>Keine Hinweise mehr; unter „Hilfe“ sind sie wieder zu haben</translation>
        </message>
        <message>
            <source>No more hints</source>
            <translation>Keine Hinweise mehr</translation>
        </message>
        <message>
            <source>{number} of {of}</source>
            <translation>{number} von {of}</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>Weiter</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Fertig</translation>
        </message>
        <message>
            <source>Hint {number} of {of}</source>
            <translation>Hinweis {number} von {of}</translation>
        </message>
        <message>
            <source>Drag a slider: the effect switches itself on, and the photo follows.</source>
            <translation>Einen Regler ziehen: Der Effekt schaltet sich ein, und das Foto folgt.</translation>
        </message>
        <message>
            <source>Take the brush and paint over something in the photo: it goes.</source>
            <translation>Mit dem Pinsel etwas im Foto übermalen: Es verschwindet.</translation>
        </message>
        <message>
            <source>Drop a picture here, or click one of those below: the photo takes its colors.</source>
            <translation>Hier ein Bild ablegen oder eines der unteren anklicken: Das Foto nimmt seine Farben an.</translation>
        </message>
        <message>
            <source>Hold the \ key, or this button, to see the photo as it was.</source>
            <translation>Die Taste \ oder diesen Knopf halten, um das Foto zu sehen, wie es war.</translation>
        </message>
        <message>
            <source>Page of the manual</source>
            <translation>Seite des Handbuchs</translation>
        </message>
        <message>
            <source>No page has this text.</source>
            <translation>Dieser Text kommt auf keiner Seite vor.</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Zurück</translation>
        </message>
        <message>
            <source>Forward</source>
            <translation>Vor</translation>
        </message>
        <message>
            <source>Manual</source>
            <translation>Handbuch</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>Suchen</translation>
        </message>
        <message>
            <source>Search the manual</source>
            <translation>Im Handbuch suchen</translation>
        </message>
        <message>
            <source>Enter goes to the next place</source>
            <translation>Eingabetaste: zur nächsten Fundstelle</translation>
        </message>
        <message>
            <source>Contents</source>
            <translation>Inhalt</translation>
        </message>
        <message>
            <source>The manual is in English only.</source>
            <translation>Das Handbuch gibt es nur auf Englisch.</translation>
        </message>
        <message>
            <source>As opened</source>
            <translation>Wie geöffnet</translation>
        </message>
        <message>
            <source>History</source>
            <translation>Protokoll</translation>
        </message>
        <message>
            <source>Click a step to go back or forward to it</source>
            <translation>Auf einen Schritt klicken, um dorthin zu gehen</translation>
        </message>
        <message>
            <source>A: {name}</source>
            <translation>A: {name}</translation>
        </message>
        <message>
            <source>B: {name}</source>
            <translation>B: {name}</translation>
        </message>
        <message>
            <source>Snapshot</source>
            <translation>Schnappschuss</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>Vergleichen</translation>
        </message>
        <message>
            <source>Snapshots</source>
            <translation>Schnappschüsse</translation>
        </message>
        <message>
            <source>Keep the settings as they are now, to come back to them</source>
            <translation>Jetzige Einstellungen festhalten, um zu ihnen zurückzukehren</translation>
        </message>
        <message>
            <source>Ctrl+click two snapshots to see them on the sides of a line; click again to leave</source>
            <translation>Zwei Schnappschüsse mit Strg+Klick wählen, um sie beiderseits einer Linie zu sehen; erneut klicken zum Verlassen</translation>
        </message>
        <message>
            <source>Click to go back to it · F2 or double-click: rename · Del: delete</source>
            <translation>Klick: dorthin zurück · F2 oder Doppelklick: umbenennen · Entf: löschen</translation>
        </message>
        <message>
            <source>&amp;Rename</source>
            <translation>&amp;Umbenennen</translation>
        </message>
        <message>
            <source>&amp;Compare</source>
            <translation>&amp;Vergleichen</translation>
        </message>
        <message>
            <source>In use now</source>
            <translation>Derzeit verwendet</translation>
        </message>
        <message>
            <source>Click to take it · drag to move · wheel to zoom</source>
            <translation>Klick: übernehmen · Ziehen: verschieben · Mausrad: zoomen</translation>
        </message>
        <message>
            <source>waiting</source>
            <translation>wartet</translation>
        </message>
        <message>
            <source>in use</source>
            <translation>verwendet</translation>
        </message>
        <message>
            <source>The seed is locked; unlock it to see what other seeds would give.</source>
            <translation>Der Startwert ist gesperrt; entsperren, um andere auszuprobieren.</translation>
        </message>
        <message>
            <source>There is nothing to vary yet; switch an effect on first.</source>
            <translation>Noch gibt es nichts zu variieren; zuerst einen Effekt einschalten.</translation>
        </message>
        <message>
            <source>Six</source>
            <translation>Sechs</translation>
        </message>
        <message>
            <source>Others</source>
            <translation>Andere</translation>
        </message>
        <message>
            <source>What the variants differ in</source>
            <translation>Worin sich die Varianten unterscheiden</translation>
        </message>
        <message>
            <source>Other seeds, or one effect weaker and stronger</source>
            <translation>Andere Startwerte oder ein Effekt schwächer und stärker</translation>
        </message>
        <message>
            <source>Six pictures instead of four</source>
            <translation>Sechs Bilder statt vier</translation>
        </message>
        <message>
            <source>Draw other seeds; the one in use stays</source>
            <translation>Andere Startwerte ziehen; der verwendete bleibt</translation>
        </message>
        <message>
            <source>Leave without choosing (Esc)</source>
            <translation>Ohne Auswahl verlassen (Esc)</translation>
        </message>
        <message>
            <source>Leave the variants</source>
            <translation>Varianten verlassen</translation>
        </message>
        <message>
            <source>Variants</source>
            <translation>Varianten</translation>
        </message>
        <message>
            <source>Click one to take it</source>
            <translation>Zum Übernehmen anklicken</translation>
        </message>
        <message>
            <source>Other seeds</source>
            <translation>Andere Startwerte</translation>
        </message>
        <message>
            <source>{effect}: weaker, stronger</source>
            <translation>{effect}: schwächer, stärker</translation>
        </message>
        <message>
            <source>Scopes</source>
            <translation>Analyse</translation>
        </message>
        <message>
            <source>Only files of this computer can be opened; save the picture first.</source>
            <translation>Nur Dateien dieses Computers können geöffnet werden; das Bild zuerst speichern.</translation>
        </message>
        <message>
            <source>Brush size in photo pixels ([ and ])</source>
            <translation>Pinselgröße in Fotopixeln ([ und ])</translation>
        </message>
        <message>
            <source>Brush size in px</source>
            <translation>Pinselgröße in px</translation>
        </message>
        <message>
            <source>Hardness</source>
            <translation>Härte</translation>
        </message>
        <message>
            <source>Share of the brush that covers in full; the rest fades (Shift+[ and Shift+])</source>
            <translation>Anteil des Pinsels, der voll deckt; der Rest läuft aus (Umschalt+[ und Umschalt+])</translation>
        </message>
        <message>
            <source>Brush hardness in %</source>
            <translation>Pinselhärte in %</translation>
        </message>
        <message>
            <source>Opacity</source>
            <translation>Deckkraft</translation>
        </message>
        <message>
            <source>The most that one stroke covers; below 100 % the photo shows through the fill</source>
            <translation>Höchste Deckung eines Strichs; unter 100 % scheint das Foto durch die Füllung</translation>
        </message>
        <message>
            <source>Brush opacity in %</source>
            <translation>Pinseldeckkraft in %</translation>
        </message>
        <message>
            <source>&amp;Mask</source>
            <translation>&amp;Maske</translation>
        </message>
        <message>
            <source>&amp;Brush</source>
            <translation>&amp;Pinsel</translation>
        </message>
        <message>
            <source>&amp;Eraser</source>
            <translation>&amp;Radierer</translation>
        </message>
        <message>
            <source>&amp;Lasso</source>
            <translation>&amp;Lasso</translation>
        </message>
        <message>
            <source>&amp;Polygon</source>
            <translation>Pol&amp;ygon</translation>
        </message>
        <message>
            <source>&amp;Rectangle</source>
            <translation>Rec&amp;hteck</translation>
        </message>
        <message>
            <source>&amp;Move tool</source>
            <translation>&amp;Verschieben</translation>
        </message>
        <message>
            <source>Larger brush</source>
            <translation>Größerer Pinsel</translation>
        </message>
        <message>
            <source>Smaller brush</source>
            <translation>Kleinerer Pinsel</translation>
        </message>
        <message>
            <source>Harder brush</source>
            <translation>Härterer Pinsel</translation>
        </message>
        <message>
            <source>Softer brush</source>
            <translation>Weicherer Pinsel</translation>
        </message>
        <message>
            <source>Pen pressure sets the si&amp;ze</source>
            <translation>Stift&amp;druck bestimmt die Größe</translation>
        </message>
        <message>
            <source>&amp;Keep mask in sight</source>
            <translation>Maske &amp;sichtbar lassen</translation>
        </message>
        <message>
            <source>Paint over &amp;all</source>
            <translation>&amp;Alles übermalen</translation>
        </message>
        <message>
            <source>&amp;Invert mask</source>
            <translation>Maske &amp;umkehren</translation>
        </message>
        <message>
            <source>&amp;Clear mask</source>
            <translation>Maske lös&amp;chen</translation>
        </message>
        <message>
            <source>&amp;Grow mask</source>
            <translation>Maske &amp;erweitern</translation>
        </message>
        <message>
            <source>&amp;Shrink mask</source>
            <translation>Maske ver&amp;kleinern</translation>
        </message>
        <message>
            <source>&amp;Feather mask inward</source>
            <translation>&amp;Weiche Kante nach innen</translation>
        </message>
        <message>
            <source>Feather mask &amp;to both sides</source>
            <translation>Weiche Kante nach &amp;beiden Seiten</translation>
        </message>
        <message>
            <source>L&amp;oad mask…</source>
            <translation>Maske lade&amp;n…</translation>
        </message>
        <message>
            <source>Sa&amp;ve mask…</source>
            <translation>Maske spe&amp;ichern…</translation>
        </message>
        <message>
            <source>Paint over what should go (B)</source>
            <translation>Übermalen, was verschwinden soll (B)</translation>
        </message>
        <message>
            <source>Take paint away (E)</source>
            <translation>Farbe wegnehmen (E)</translation>
        </message>
        <message>
            <source>Lasso (L): draw around what should go; Alt takes away</source>
            <translation>Lasso (L): umfahren, was verschwinden soll; Alt nimmt weg</translation>
        </message>
        <message>
            <source>Polygon (P): click its corners, double-click or Enter closes it; Alt takes away</source>
            <translation>Polygon (P): die Ecken anklicken, Doppelklick oder Eingabe schließt; Alt nimmt weg</translation>
        </message>
        <message>
            <source>Rectangle (M): drag from corner to corner; Alt takes away</source>
            <translation>Rechteck (M): von Ecke zu Ecke ziehen; Alt nimmt weg</translation>
        </message>
        <message>
            <source>Keep the mask in sight (O)</source>
            <translation>Maske sichtbar lassen (O)</translation>
        </message>
        <message>
            <source>Paint over the whole photo</source>
            <translation>Ganzes Foto übermalen</translation>
        </message>
        <message>
            <source>Invert the mask (Ctrl+I)</source>
            <translation>Maske umkehren (Strg+I)</translation>
        </message>
        <message>
            <source>Clear the mask (Ctrl+Backspace)</source>
            <translation>Maske löschen (Strg+Rücktaste)</translation>
        </message>
        <message>
            <source>Load a mask from a file</source>
            <translation>Maske aus Datei laden</translation>
        </message>
        <message>
            <source>Save the mask as a PNG</source>
            <translation>Maske als PNG speichern</translation>
        </message>
        <message>
            <source>Grow the mask by the amount on the right</source>
            <translation>Maske um den Betrag daneben erweitern</translation>
        </message>
        <message>
            <source>Shrink the mask by the amount on the right</source>
            <translation>Maske um den Betrag daneben verkleinern</translation>
        </message>
        <message>
            <source>Feather the mask: fade its edge over the amount on the right, inside what is painted</source>
            <translation>Weiche Kante: den Rand über den Betrag daneben auslaufen lassen, innerhalb des Gemalten</translation>
        </message>
        <message>
            <source>Masks</source>
            <translation>Masken</translation>
        </message>
        <message>
            <source>All files</source>
            <translation>Alle Dateien</translation>
        </message>
        <message>
            <source>Nothing is painted yet; there is no mask to save.</source>
            <translation>Noch ist nichts übermalt; es gibt keine Maske zu speichern.</translation>
        </message>
        <message>
            <source>Save mask</source>
            <translation>Maske speichern</translation>
        </message>
        <message>
            <source>Amount to grow, shrink or feather by, in photo pixels</source>
            <translation>Betrag für Erweitern, Verkleinern oder weiche Kante, in Fotopixeln</translation>
        </message>
        <message>
            <source>1 to {most} photo pixels</source>
            <translation>1 bis {most} Fotopixel</translation>
        </message>
        <message>
            <source>by</source>
            <translation>um</translation>
        </message>
        <message>
            <source>Red</source>
            <translation>Rot</translation>
        </message>
        <message>
            <source>Orange</source>
            <translation>Orange</translation>
        </message>
        <message>
            <source>Yellow</source>
            <translation>Gelb</translation>
        </message>
        <message>
            <source>Green</source>
            <translation>Grün</translation>
        </message>
        <message>
            <source>Cyan</source>
            <translation>Cyan</translation>
        </message>
        <message>
            <source>Violet</source>
            <translation>Violett</translation>
        </message>
        <message>
            <source>White</source>
            <translation>Weiß</translation>
        </message>
        <message>
            <source>Black</source>
            <translation>Schwarz</translation>
        </message>
        <message>
            <source>Color of the mask's overlay</source>
            <translation>Farbe der Maskenüberlagerung</translation>
        </message>
        <message>
            <source>&amp;Other…</source>
            <translation>&amp;Andere…</translation>
        </message>
        <message>
            <source>Open &amp;recent</source>
            <translation>&amp;Zuletzt geöffnet</translation>
        </message>
        <message>
            <source>&amp;File</source>
            <translation>&amp;Datei</translation>
        </message>
        <message>
            <source>&amp;Paste picture</source>
            <translation>Bild &amp;einfügen</translation>
        </message>
        <message>
            <source>&amp;Go on with an export…</source>
            <translation>Export &amp;weiterbearbeiten…</translation>
        </message>
        <message>
            <source>S&amp;ave project as…</source>
            <translation>Projekt speichern &amp;unter…</translation>
        </message>
        <message>
            <source>&amp;Keep photo in project</source>
            <translation>Foto im &amp;Projekt mitspeichern</translation>
        </message>
        <message>
            <source>E&amp;dit a folder…</source>
            <translation>Or&amp;dner bearbeiten…</translation>
        </message>
        <message>
            <source>&amp;Quit</source>
            <translation>&amp;Beenden</translation>
        </message>
        <message>
            <source>&amp;Clear the list</source>
            <translation>Liste &amp;leeren</translation>
        </message>
        <message>
            <source>Nothing yet</source>
            <translation>Noch nichts</translation>
        </message>
        <message>
            <source>&amp;Undo</source>
            <translation>&amp;Rückgängig</translation>
        </message>
        <message>
            <source>&amp;Redo</source>
            <translation>&amp;Wiederholen</translation>
        </message>
        <message>
            <source>&amp;Edit</source>
            <translation>&amp;Bearbeiten</translation>
        </message>
        <message>
            <source>Take s&amp;napshot</source>
            <translation>Sch&amp;nappschuss erstellen</translation>
        </message>
        <message>
            <source>&amp;Copy settings</source>
            <translation>Einstellungen &amp;kopieren</translation>
        </message>
        <message>
            <source>&amp;Paste settings</source>
            <translation>Einstellungen &amp;einfügen</translation>
        </message>
        <message>
            <source>Another &amp;seed</source>
            <translation>Anderer &amp;Startwert</translation>
        </message>
        <message>
            <source>&amp;Variants…</source>
            <translation>Var&amp;ianten…</translation>
        </message>
        <message>
            <source>Reset &amp;all</source>
            <translation>&amp;Alles zurücksetzen</translation>
        </message>
        <message>
            <source>&amp;Stop computing</source>
            <translation>Berechnung ab&amp;brechen</translation>
        </message>
        <message>
            <source>Compute a&amp;gain</source>
            <translation>Neu bere&amp;chnen</translation>
        </message>
        <message>
            <source>&amp;Models…</source>
            <translation>&amp;Modelle…</translation>
        </message>
        <message>
            <source>&amp;View</source>
            <translation>&amp;Ansicht</translation>
        </message>
        <message>
            <source>&amp;Fit</source>
            <translation>&amp;Einpassen</translation>
        </message>
        <message>
            <source>Zoom &amp;in</source>
            <translation>Ver&amp;größern</translation>
        </message>
        <message>
            <source>Zoom &amp;out</source>
            <translation>Ver&amp;kleinern</translation>
        </message>
        <message>
            <source>&amp;Compare with original</source>
            <translation>Mit Original &amp;vergleichen</translation>
        </message>
        <message>
            <source>&amp;Split with original</source>
            <translation>Mit Original &amp;teilen</translation>
        </message>
        <message>
            <source>&amp;Turn the split</source>
            <translation>Teilung &amp;drehen</translation>
        </message>
        <message>
            <source>&amp;Loupe at the pointer</source>
            <translation>&amp;Lupe am Zeiger</translation>
        </message>
        <message>
            <source>&amp;Help</source>
            <translation>&amp;Hilfe</translation>
        </message>
        <message>
            <source>&amp;Keyboard shortcuts</source>
            <translation>&amp;Tastenkürzel</translation>
        </message>
        <message>
            <source>&amp;Manual</source>
            <translation>Han&amp;dbuch</translation>
        </message>
        <message>
            <source>Show &amp;hints</source>
            <translation>&amp;Hinweise zeigen</translation>
        </message>
        <message>
            <source>&amp;About fxdiffuse</source>
            <translation>Ü&amp;ber fxdiffuse</translation>
        </message>
        <message>
            <source>&amp;Language</source>
            <translation>&amp;Sprache (Language)</translation>
        </message>
        <message>
            <source>The language changes when fxdiffuse is started the next time.</source>
            <translation>Die Sprache wechselt beim nächsten Start von fxdiffuse.</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>Wie das System</translation>
        </message>
        <message>
            <source>Apply</source>
            <translation>Anwenden</translation>
        </message>
        <message>
            <source>Match a look</source>
            <translation>Look angleichen</translation>
        </message>
        <message>
            <source>Match “{name}”</source>
            <translation>An „{name}“ angleichen</translation>
        </message>
        <message>
            <source>The sliders are set to what is estimated from another photo.</source>
            <translation>Die Regler werden so gestellt, wie es sich an einem anderen Foto ablesen lässt.</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>Bilder</translation>
        </message>
        <message>
            <source>Choose a photo to match</source>
            <translation>Foto zum Angleichen wählen</translation>
        </message>
        <message>
            <source>Looking at the photo…</source>
            <translation>Foto wird untersucht…</translation>
        </message>
        <message>
            <source>Photo to match: {name}</source>
            <translation>Foto zum Angleichen: {name}</translation>
        </message>
        <message>
            <source>&amp;Match a look…</source>
            <translation>Look an&amp;gleichen…</translation>
        </message>
        <message>
            <source>Match</source>
            <translation>Angleichen</translation>
        </message>
        <message>
            <source>Set the sliders to the look of another photo</source>
            <translation>Die Regler nach dem Look eines anderen Fotos stellen</translation>
        </message>
        <message>
            <source>The photo becomes the reference.</source>
            <translation>Das Foto wird zur Referenz.</translation>
        </message>
        <message>
            <source>Sure: the color channels have noise of their own.</source>
            <translation>Sicher: Die Farbkanäle rauschen unabhängig voneinander.</translation>
        </message>
        <message>
            <source>A guess: compression has changed the noise, and fine detail is taken for some.</source>
            <translation>Geschätzt: Die Kompression hat das Rauschen verändert, und feine Details zählen mit.</translation>
        </message>
        <message>
            <source>A guess: noise this faint says little of the grains, and may be the camera's.</source>
            <translation>Geschätzt: So schwaches Rauschen sagt wenig über das Korn und kann von der Kamera stammen.</translation>
        </message>
        <message>
            <source>None seen; the file's compression may have taken it away.</source>
            <translation>Keines zu sehen; die Kompression der Datei kann es entfernt haben.</translation>
        </message>
        <message>
            <source>None seen.</source>
            <translation>Nichts zu sehen.</translation>
        </message>
        <message>
            <source>Cannot be told: the photo is too small, or nearly all black or white.</source>
            <translation>Nicht festzustellen: Das Foto ist zu klein oder fast ganz schwarz oder weiß.</translation>
        </message>
        <message>
            <source>Sure: every part of the photo shows the same.</source>
            <translation>Sicher: Alle Teile des Fotos zeigen dasselbe.</translation>
        </message>
        <message>
            <source>A guess: not every part of the photo shows the same; it may be a pattern in it.</source>
            <translation>Geschätzt: Nicht alle Teile des Fotos zeigen dasselbe; es kann ein Muster darin sein.</translation>
        </message>
        <message>
            <source>None seen; a path below 4 px cannot be told.</source>
            <translation>Nichts zu sehen; ein Weg unter 4 px ist nicht festzustellen.</translation>
        </message>
        <message>
            <source>Cannot be told: the photo is too small.</source>
            <translation>Nicht festzustellen: Das Foto ist zu klein.</translation>
        </message>
        <message>
            <source>A guess, often far off: one photo does not tell sharpening from a crisp lens.</source>
            <translation>Geschätzt, oft weit daneben: Ein Foto allein unterscheidet Schärfen nicht von einem scharfen Objektiv.</translation>
        </message>
        <message>
            <source>No sign of it; one photo hardly tells.</source>
            <translation>Kein Anzeichen; ein Foto allein verrät es kaum.</translation>
        </message>
        <message>
            <source>Cannot be told: grain, motion blur or the size hide it.</source>
            <translation>Nicht festzustellen: Korn, Bewegungsunschärfe oder die Größe verdecken es.</translation>
        </message>
        <message>
            <source>Main colors of the reference</source>
            <translation>Hauptfarben der Referenz</translation>
        </message>
        <message>
            <source>In this project</source>
            <translation>In diesem Projekt</translation>
        </message>
        <message>
            <source>Photos opened last</source>
            <translation>Zuletzt geöffnete Fotos</translation>
        </message>
        <message>
            <source>No other photo was opened yet</source>
            <translation>Noch wurde kein anderes Foto geöffnet</translation>
        </message>
        <message>
            <source>Use another photo: one opened last, or a reference of this project</source>
            <translation>Ein anderes Foto verwenden: ein zuletzt geöffnetes oder eine Referenz dieses Projekts</translation>
        </message>
        <message>
            <source>Use another photo as reference</source>
            <translation>Ein anderes Foto als Referenz verwenden</translation>
        </message>
        <message>
            <source>Choose a reference picture</source>
            <translation>Referenzbild wählen</translation>
        </message>
        <message>
            <source>{name} is no longer in {folder}; right-click it to look for it or to remove it.</source>
            <translation>{name} ist nicht mehr in {folder}; per Rechtsklick suchen oder entfernen.</translation>
        </message>
        <message>
            <source>Where is {name}?</source>
            <translation>Wo ist {name}?</translation>
        </message>
        <message>
            <source>Use {name} as reference</source>
            <translation>{name} als Referenz verwenden</translation>
        </message>
        <message>
            <source>{name} is missing</source>
            <translation>{name} fehlt</translation>
        </message>
        <message>
            <source>Look for it…</source>
            <translation>Suchen…</translation>
        </message>
        <message>
            <source>No favorite any more</source>
            <translation>Kein Favorit mehr</translation>
        </message>
        <message>
            <source>Keep as a favorite</source>
            <translation>Als Favorit behalten</translation>
        </message>
        <message>
            <source>Remove from this list</source>
            <translation>Aus dieser Liste entfernen</translation>
        </message>
        <message>
            <source>{name} is no longer in {folder}&lt;br&gt;Right-click to look for it or to remove it</source>
            <translation>{name} ist nicht mehr in {folder}&lt;br&gt;Rechtsklick, um es zu suchen oder zu entfernen</translation>
        </message>
        <message>
            <source>{name} (sample)</source>
            <translation>{name} (Beispiel)</translation>
        </message>
        <message>
            <source>Histogram</source>
            <translation>Histogramm</translation>
        </message>
        <message>
            <source>how many pixels have each level</source>
            <translation>wie viele Pixel jede Stufe haben</translation>
        </message>
        <message>
            <source>Waveform</source>
            <translation>Waveform</translation>
        </message>
        <message>
            <source>brightness, place by place from left to right</source>
            <translation>Helligkeit, Stelle für Stelle von links nach rechts</translation>
        </message>
        <message>
            <source>RGB parade</source>
            <translation>RGB-Parade</translation>
        </message>
        <message>
            <source>red, green and blue, each from left to right</source>
            <translation>Rot, Grün und Blau, jeweils von links nach rechts</translation>
        </message>
        <message>
            <source>Share of pixels without detail in the shadows</source>
            <translation>Anteil der Pixel ohne Zeichnung in den Tiefen</translation>
        </message>
        <message>
            <source>Share of pixels without detail in the highlights</source>
            <translation>Anteil der Pixel ohne Zeichnung in den Lichtern</translation>
        </message>
        <message>
            <source>&amp;Appearance</source>
            <translation>Da&amp;rstellung</translation>
        </message>
        <message>
            <source>&amp;System</source>
            <translation>&amp;System</translation>
        </message>
        <message>
            <source>&amp;Dark</source>
            <translation>&amp;Dunkel</translation>
        </message>
        <message>
            <source>&amp;Light</source>
            <translation>&amp;Hell</translation>
        </message>
        <message>
            <source>Tools</source>
            <translation>Werkzeuge</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>Zoom</translation>
        </message>
        <message>
            <source>Before</source>
            <translation>Vorher</translation>
        </message>
        <message>
            <source>Hold to see the original (or hold \)</source>
            <translation>Halten, um das Original zu sehen (oder \ halten)</translation>
        </message>
        <message>
            <source>Hold to see the original</source>
            <translation>Halten, um das Original zu sehen</translation>
        </message>
        <message>
            <source>Drop a picture here, or choose one</source>
            <translation>Bild hier ablegen oder auswählen</translation>
        </message>
        <message>
            <source>Remove the reference</source>
            <translation>Referenz entfernen</translation>
        </message>
        <message>
            <source>Reference: {name}</source>
            <translation>Referenz: {name}</translation>
        </message>
        <message>
            <source>{name}&lt;br&gt;Click to choose another picture</source>
            <translation>{name}&lt;br&gt;Klicken, um ein anderes Bild zu wählen</translation>
        </message>
        <message>
            <source>{name} exists already. Replace it?</source>
            <translation>{name} gibt es schon. Ersetzen?</translation>
        </message>
        <message>
            <source>{seconds} s left</source>
            <translation>noch {seconds} s</translation>
        </message>
        <message>
            <source>{minutes} min {seconds} s left</source>
            <translation>noch {minutes} min {seconds} s</translation>
        </message>
        <message>
            <source>{size} bytes</source>
            <translation>{size} Byte</translation>
        </message>
        <message>
            <source>Inpaint</source>
            <translation>Retusche</translation>
        </message>
        <message>
            <source>inpaint</source>
            <translation>Retusche</translation>
        </message>
        <message>
            <source>Fills what is painted over.</source>
            <translation>Füllt, was übermalt ist.</translation>
        </message>
        <message>
            <source>Color transfer</source>
            <translation>Farbübertragung</translation>
        </message>
        <message>
            <source>color transfer</source>
            <translation>Farbübertragung</translation>
        </message>
        <message>
            <source>Gives the photo the colors of a reference picture.</source>
            <translation>Gibt dem Foto die Farben eines Referenzbildes.</translation>
        </message>
        <message>
            <source>Motion blur</source>
            <translation>Bewegungsunschärfe</translation>
        </message>
        <message>
            <source>motion blur</source>
            <translation>Bewegungsunschärfe</translation>
        </message>
        <message>
            <source>Length of the path a point travels during the exposure.</source>
            <translation>Länge des Weges, den ein Punkt während der Belichtung zurücklegt.</translation>
        </message>
        <message>
            <source>Sharpen</source>
            <translation>Schärfen</translation>
        </message>
        <message>
            <source>sharpen</source>
            <translation>Schärfen</translation>
        </message>
        <message>
            <source>Amount of the unsharp mask.</source>
            <translation>Stärke der Unscharfmaskierung.</translation>
        </message>
        <message>
            <source>Film grain</source>
            <translation>Filmkorn</translation>
        </message>
        <message>
            <source>film grain</source>
            <translation>Filmkorn</translation>
        </message>
        <message>
            <source>Radius of the film grains.</source>
            <translation>Radius der Körner.</translation>
        </message>
        <message>
            <source>Fine film</source>
            <translation>Feiner Film</translation>
        </message>
        <message>
            <source>Pushed film</source>
            <translation>Gepushter Film</translation>
        </message>
        <message>
            <source>Crisp</source>
            <translation>Knackig</translation>
        </message>
    </context>
</TS>
