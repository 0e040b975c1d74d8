import type { Language } from '../state.ts'

/**
 * What Windows says for its own error numbers (learn.microsoft.com “System Error Codes”), in the languages of the
 * simulation. The tools print these texts; nothing may be decided by them.
 */
const texts: Readonly<Record<number, Readonly<Record<Language, string>>>> = {
  2: {
    en: 'The system cannot find the file specified.',
    de: 'Das System kann die angegebene Datei nicht finden.',
    ru: 'Не удается найти указанный файл.',
  },
  3: {
    en: 'The system cannot find the path specified.',
    de: 'Das System kann den angegebenen Pfad nicht finden.',
    ru: 'Системе не удается найти указанный путь.',
  },
  5: { en: 'Access is denied.', de: 'Zugriff verweigert', ru: 'Отказано в доступе.' },
  86: {
    en: 'The specified network password is not correct.',
    de: 'Das angegebene Netzwerkkennwort ist falsch.',
    ru: 'Указан неверный сетевой пароль.',
  },
  87: { en: 'The parameter is incorrect.', de: 'Falscher Parameter.', ru: 'Параметр задан неверно.' },
  123: {
    en: 'The filename, directory name, or volume label syntax is incorrect.',
    de: 'Die Syntax für den Dateinamen, Verzeichnisnamen oder die Datenträgerbezeichnung ist falsch.',
    ru: 'Синтаксическая ошибка в имени файла, имени папки или метке тома.',
  },
  183: {
    en: 'Cannot create a file when that file already exists.',
    de: 'Eine Datei kann nicht erstellt werden, wenn sie bereits vorhanden ist.',
    ru: 'Невозможно создать файл, так как он уже существует.',
  },
  1060: {
    en: 'The specified service does not exist as an installed service.',
    de: 'Der angegebene Dienst ist kein installierter Dienst.',
    ru: 'Указанная служба не установлена.',
  },
  1300: {
    en: 'Not all privileges or groups referenced are assigned to the caller.',
    de: 'Dem Aufrufer wurden nicht alle benötigten Rechte oder Gruppen zugewiesen.',
    ru: 'У клиента недостаточно прав.',
  },
  193: {
    en: '%1 is not a valid Win32 application.',
    de: '%1 ist keine zulässige Win32-Anwendung.',
    ru: '%1 не является приложением Win32.',
  },
  1223: {
    en: 'The operation was canceled by the user.',
    de: 'Der Vorgang wurde durch den Benutzer abgebrochen.',
    ru: 'Операция была отменена пользователем.',
  },
  1312: {
    en: 'A specified logon session does not exist. It may already have been terminated.',
    de: 'Eine angegebene Anmeldesitzung ist nicht vorhanden. Sie wurde gegebenenfalls bereits beendet.',
    ru: 'Указанный сеанс работы не существует. Возможно, он уже завершен.',
  },
  1332: {
    en: 'No mapping between account names and security IDs was done.',
    de: 'Zuordnungen von Kontennamen und Sicherheitskennungen wurden nicht durchgeführt.',
    ru: 'Сопоставление между именами пользователей и идентификаторами безопасности не было произведено.',
  },
  15001: {
    en: 'The specified query is invalid.',
    de: 'Die angegebene Abfrage ist ungültig.',
    ru: 'Указан неверный запрос.',
  },
  15007: {
    en: 'The specified channel could not be found.',
    de: 'Der angegebene Kanal wurde nicht gefunden.',
    ru: 'Указанный канал не найден.',
  },
}

/** The text of a Windows error number in a display language. */
export function win32Text(number: number, language: Language): string {
  return texts[number]?.[language] ?? `0x${number.toString(16)}`
}
