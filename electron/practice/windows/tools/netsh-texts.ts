import type { Language } from '../state.ts'

/** The words of netsh. Labels keep their order in each language, and numbers, hashes and GUIDs stay as they are. */
export interface NetshTexts {
  readonly certificates: string
  readonly ip: string
  readonly host: string
  readonly labels: readonly string[]
  readonly enabled: string
  readonly disabled: string
  readonly notSet: string
  readonly added: string
  readonly updated: string
  readonly deleted: string
  readonly addFailed: string
  readonly updateFailed: string
  readonly deleteFailed: string
  readonly error: string
  readonly essential: string
  readonly unknownCommand: (command: string) => string
  readonly noRules: string
  readonly ok: string
  readonly elevation: string
}

const english: NetshTexts = {
  certificates: 'SSL Certificate bindings:',
  ip: 'IP:port',
  host: 'Hostname:port',
  labels: [
    'Certificate Hash',
    'Application ID',
    'Certificate Store Name',
    'Verify Client Certificate Revocation',
    'Verify Revocation Using Cached Client Certificate Only',
    'Usage Check',
    'Revocation Freshness Time',
    'URL Retrieval Timeout',
    'Ctl Identifier',
    'Ctl Store Name',
    'DS Mapper Usage',
    'Negotiate Client Certificate',
    'Reject Connections',
    'Disable HTTP2',
    'Disable QUIC',
    'Disable TLS1.2',
    'Disable TLS1.3',
    'Disable OCSP Stapling',
    'Disable Legacy TLS Versions',
  ],
  enabled: 'Enabled',
  disabled: 'Disabled',
  notSet: 'Not Set',
  added: 'SSL Certificate successfully added',
  updated: 'SSL Certificate successfully updated',
  deleted: 'SSL Certificate successfully deleted',
  addFailed: 'SSL Certificate add failed',
  updateFailed: 'SSL Certificate update failed',
  deleteFailed: 'SSL Certificate deletion failed',
  error: 'Error',
  essential:
    'One or more essential parameters were not entered.\r\nVerify the required parameters, and reenter them.\r\nThe syntax supplied for this command is not valid. Check help for the correct syntax.',
  unknownCommand: (command) => `The following command was not found: ${command}.`,
  noRules: 'No rules match the specified criteria.',
  ok: 'Ok.',
  elevation: 'The requested operation requires elevation (Run as administrator).',
}

const german: NetshTexts = {
  certificates: 'SSL-Zertifikatbindungen:',
  ip: 'IP:Port',
  host: 'Hostname:Port',
  labels: [
    'Zertifikathash',
    'Anwendungs-ID',
    'Zertifikatspeichername',
    'Clientzertifikatsperre überprüfen',
    'Sperre nur mit zwischengespeichertem Clientzertifikat überprüfen',
    'Verwendungsprüfung',
    'Sperraktualisierungszeit',
    'URL-Abrufzeitlimit',
    'Steuerelement-ID',
    'Steuerelement-Speichername',
    'DS-Zuordnungsverwendung',
    'Clientzertifikat aushandeln',
    'Verbindungen ablehnen',
    'HTTP2 deaktivieren',
    'QUIC deaktivieren',
    'TLS1.2 deaktivieren',
    'TLS1.3 deaktivieren',
    'OCSP-Stapling deaktivieren',
    'Ältere TLS-Versionen deaktivieren',
  ],
  enabled: 'Aktiviert',
  disabled: 'Deaktiviert',
  notSet: 'Nicht festgelegt',
  added: 'Das SSL-Zertifikat wurde erfolgreich hinzugefügt.',
  updated: 'Das SSL-Zertifikat wurde erfolgreich aktualisiert.',
  deleted: 'Das SSL-Zertifikat wurde erfolgreich gelöscht.',
  addFailed: 'Fehler beim Hinzufügen des SSL-Zertifikats',
  updateFailed: 'Fehler beim Aktualisieren des SSL-Zertifikats',
  deleteFailed: 'Fehler beim Löschen des SSL-Zertifikats',
  error: 'Fehler',
  essential:
    'Mindestens ein erforderlicher Parameter wurde nicht angegeben.\r\nÜberprüfen Sie die erforderlichen Parameter, und geben Sie sie erneut ein.\r\nDie Syntax für diesen Befehl ist ungültig. Überprüfen Sie die Hilfe auf die richtige Syntax.',
  unknownCommand: (command) => `Der folgende Befehl wurde nicht gefunden: ${command}.`,
  noRules: 'Es stimmen keine Regeln mit den angegebenen Kriterien überein.',
  ok: 'OK.',
  elevation: 'Der angeforderte Vorgang erfordert erhöhte Rechte (als Administrator ausführen).',
}

const russian: NetshTexts = {
  certificates: 'Привязки SSL-сертификатов:',
  ip: 'IP:порт',
  host: 'Имя узла:порт',
  labels: [
    'Хэш сертификата',
    'Код приложения',
    'Имя хранилища сертификатов',
    'Проверять отзыв сертификата клиента',
    'Проверять отзыв только с помощью кэшированного сертификата клиента',
    'Проверка использования',
    'Время обновления отзыва',
    'Время ожидания получения URL-адреса',
    'Идентификатор Ctl',
    'Имя хранилища Ctl',
    'Использование сопоставителя DS',
    'Согласовывать сертификат клиента',
    'Отклонять подключения',
    'Отключить HTTP2',
    'Отключить QUIC',
    'Отключить TLS1.2',
    'Отключить TLS1.3',
    'Отключить OCSP Stapling',
    'Отключить устаревшие версии TLS',
  ],
  enabled: 'Включен',
  disabled: 'Отключен',
  notSet: 'Не задано',
  added: 'Сертификат SSL успешно добавлен.',
  updated: 'Сертификат SSL успешно обновлен.',
  deleted: 'Сертификат SSL успешно удален.',
  addFailed: 'Не удалось добавить сертификат SSL',
  updateFailed: 'Не удалось обновить сертификат SSL',
  deleteFailed: 'Не удалось удалить сертификат SSL',
  error: 'ошибка',
  essential:
    'Не введены один или несколько обязательных параметров.\r\nПроверьте обязательные параметры и введите их снова.\r\nНедопустимый синтаксис команды. Сведения о правильном синтаксисе см. в справке.',
  unknownCommand: (command) => `Не найдена следующая команда: ${command}.`,
  noRules: 'Нет правил, соответствующих указанным условиям.',
  ok: 'ОК.',
  elevation: 'Запрошенная операция требует повышения (запуск от имени администратора).',
}

export const netshTexts: Readonly<Record<Language, NetshTexts>> = { en: english, de: german, ru: russian }
