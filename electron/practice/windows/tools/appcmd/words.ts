import type { Language } from '../../state.ts'

/** What appcmd says. `{0}`, `{1}` are filled in; what stands in quotes is never translated. */
export type Word = keyof typeof WORDS

/**
 * English as published. Russian for a missing object and for a stopped WAS is a recording; the other translations
 * stand for what a translated appcmd says.
 * Unverified on a real server: the words of the success messages in German and Russian.
 */
const WORDS = {
  added: ['{0} object "{1}" added', '{0}-Objekt "{1}" hinzugefügt', 'Объект {0} "{1}" добавлен'],
  changed: ['{0} object "{1}" changed', '{0}-Objekt "{1}" geändert', 'Объект {0} "{1}" изменен'],
  deleted: ['{0} object "{1}" deleted', '{0}-Objekt "{1}" gelöscht', 'Объект {0} "{1}" удален'],
  started: ['"{0}" successfully started.', '"{0}" wurde erfolgreich gestartet.', '"{0}" успешно запущен.'],
  stopped: ['"{0}" successfully stopped', '"{0}" wurde erfolgreich beendet', '"{0}" успешно остановлен'],
  recycled: [
    '"{0}" successfully recycled',
    '"{0}" wurde erfolgreich wiederverwendet',
    '"{0}" успешно перезапущен',
  ],
  applied: [
    'Applied configuration changes to section "{0}" for "{1}" at configuration commit path "{2}"',
    'Konfigurationsänderungen wurden auf Abschnitt "{0}" für "{1}" am Commitpfad "{2}" angewendet',
    'Изменения конфигурации раздела "{0}" для "{1}" применены в пути фиксации конфигурации "{2}"',
  ],
  unlocked: [
    'Unlocked section "{0}" at configuration path "{1}".',
    'Der Abschnitt "{0}" am Konfigurationspfad "{1}" wurde entsperrt.',
    'Раздел "{0}" в пути конфигурации "{1}" разблокирован.',
  ],
  restored: [
    'Restored configuration from backup "{0}"',
    'Konfiguration aus Sicherung "{0}" wiederhergestellt',
    'Конфигурация восстановлена из резервной копии "{0}"',
  ],
  noObject: [
    'Cannot find {0} object with identifier "{1}".',
    'Das {0}-Objekt mit dem Bezeichner "{1}" wurde nicht gefunden.',
    'Не удалось найти объект {0} с идентификатором "{1}".',
  ],
  noWas: [
    'The WAS service is not available - try starting the service first.',
    'Der WAS-Dienst ist nicht verfügbar. Versuchen Sie zuerst, den Dienst zu starten.',
    'Служба WAS недоступна - попытайтесь сначала запустить службу.',
  ],
  noIdentifier: [
    'Must specify the {0} object with identifier.',
    'Das {0}-Objekt muss mit einem Bezeichner angegeben werden.',
    'Необходимо указать объект {0} с идентификатором.',
  ],
  badObject: [
    "Object '{0}' is not supported.  Run 'appcmd.exe /?' to display supported objects.",
    "Das Objekt '{0}' wird nicht unterstützt.  Führen Sie 'appcmd.exe /?' aus, um unterstützte Objekte anzuzeigen.",
    "Объект '{0}' не поддерживается.  Запустите 'appcmd.exe /?' для отображения поддерживаемых объектов.",
  ],
  badCommand: [
    "Command '{0}' is not supported on object '{1}'. Run 'appcmd.exe {1} /?'\r\r\nto display supported commands.",
    "Der Befehl '{0}' wird für das Objekt '{1}' nicht unterstützt. Führen Sie 'appcmd.exe {1} /?'\r\r\naus.",
    "Команда '{0}' не поддерживается для объекта '{1}'. Запустите 'appcmd.exe {1} /?'\r\r\nдля справки.",
  ],
  notProcessed: [
    "Failed to process input: The parameter '{0}' must begin with a / or - (HRESULT=80070057).",
    "Fehler beim Verarbeiten der Eingabe: Der Parameter '{0}' muss mit / oder - beginnen (HRESULT=80070057).",
    "Не удалось обработать входные данные: Параметр '{0}' должен начинаться с / или - (HRESULT=80070057).",
  ],
  badPath: [
    'The path "{0}" could not be read.',
    'Der Pfad "{0}" konnte nicht gelesen werden.',
    'Не удалось прочитать путь "{0}".',
  ],
  unknownAttribute: [
    'Unknown attribute "{0}".  Replace with -? for help.',
    'Unbekanntes Attribut "{0}".  Ersetzen Sie es durch -?, um Hilfe zu erhalten.',
    'Неизвестный атрибут "{0}".  Замените на -? для получения справки.',
  ],
  unknownSection: [
    'Unknown config section "{0}".  Replace with -? for help.',
    'Unbekannter Konfigurationsabschnitt "{0}".  Ersetzen Sie ihn durch -?, um Hilfe zu erhalten.',
    'Неизвестный раздел конфигурации "{0}".  Замените на -? для получения справки.',
  ],
  badValue: [
    'The attribute "{0}" has a value that is not valid.',
    'Das Attribut "{0}" hat einen ungültigen Wert.',
    'Недопустимое значение атрибута "{0}".',
  ],
  duplicate: [
    'Failed to add duplicate collection element "{0}".',
    'Fehler beim Hinzufügen des doppelten Auflistungselements "{0}".',
    'Не удалось добавить повторяющийся элемент коллекции "{0}".',
  ],
  duplicatePool: [
    "New add object missing required attributes. Cannot add duplicate collection entry of type 'add' with unique key attribute 'name' set to '{0}'\r\n\r\n.",
    "Im neuen add-Objekt fehlen erforderliche Attribute. Doppelter Auflistungseintrag vom Typ 'add', bei dem das eindeutige Schlüsselattribut 'name' auf '{0}' gesetzt ist\r\n\r\n.",
    "В новом объекте add отсутствуют обязательные атрибуты. Повторяющийся элемент коллекции типа 'add' с уникальным ключевым атрибутом 'name', равным '{0}'\r\n\r\n.",
  ],
  keyMissing: [
    'New {0} object missing required attributes. The "{1}" attribute must be specified.',
    'Im neuen {0}-Objekt fehlen erforderliche Attribute. Das Attribut "{1}" muss angegeben werden.',
    'В новом объекте {0} отсутствуют обязательные атрибуты. Необходимо указать атрибут "{1}".',
  ],
  noEntry: [
    'Cannot find requested collection element.',
    'Das angeforderte Auflistungselement wurde nicht gefunden.',
    'Не удалось найти запрошенный элемент коллекции.',
  ],
  notElevated: [
    'Configuration error\r\nFilename: redirection.config\r\nLine Number: 0\r\nDescription: Cannot read configuration file due to insufficient permissions\r\n.',
    'Konfigurationsfehler\r\nDateiname: redirection.config\r\nZeilennummer: 0\r\nBeschreibung: Die Konfigurationsdatei kann aufgrund unzureichender Berechtigungen nicht gelesen werden.\r\n.',
    'Ошибка конфигурации\r\nИмя файла: redirection.config\r\nНомер строки: 0\r\nОписание: Не удается прочитать файл конфигурации из-за недостаточных разрешений\r\n.',
  ],
  commandFailed: [
    'Command execution failed.\r\n{0}\r\n',
    'Fehler bei der Befehlsausführung.\r\n{0}\r\n',
    'Ошибка выполнения команды.\r\n{0}\r\n',
  ],
  invalidObject: [
    'The object identifier does not represent a valid object.',
    'Der Objektbezeichner steht nicht für ein gültiges Objekt.',
    'Идентификатор объекта не представляет допустимый объект.',
  ],
  invalidData: ['The data is invalid.', 'Die Daten sind unzulässig.', 'Недопустимые данные.'],
  inUse: [
    'The process cannot access the file because it is being used by another process.',
    'Der Prozess kann nicht auf die Datei zugreifen, da sie von einem anderen Prozess verwendet wird.',
    'Процесс не может получить доступ к файлу, так как этот файл занят другим процессом.',
  ],
  fileExists: [
    'Cannot create a file when that file already exists.',
    'Eine Datei kann nicht erstellt werden, wenn sie bereits vorhanden ist.',
    'Невозможно создать файл, так как он уже существует.',
  ],
  alreadyRuns: [
    'An instance of the service is already running.',
    'Es wird bereits eine Instanz des Dienstes ausgeführt.',
    'Одна копия службы уже запущена.',
  ],
  notStarted: [
    'The service has not been started.',
    'Der Dienst wurde nicht gestartet.',
    'Служба не запущена.',
  ],
} as const satisfies Record<string, readonly [en: string, de: string, ru: string]>

const COLUMN: Readonly<Record<Language, 0 | 1 | 2>> = { en: 0, de: 1, ru: 2 }

export function say(language: Language, word: Word, ...values: readonly string[]): string {
  return WORDS[word][COLUMN[language]].replace(/\{(\d)\}/g, (_, index: string) => values[Number(index)] ?? '')
}
