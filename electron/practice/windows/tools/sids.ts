import { createHash } from 'node:crypto'
import type { Language } from '../state.ts'

/** Accounts that each Windows has, by SID, with the name that Windows shows in each language. */
export const wellKnown: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  'S-1-1-0': { en: 'Everyone', de: 'Jeder', ru: 'Все' },
  'S-1-3-0': { en: 'CREATOR OWNER', de: 'ERSTELLER-BESITZER', ru: 'СОЗДАТЕЛЬ-ВЛАДЕЛЕЦ' },
  'S-1-5-11': {
    en: 'NT AUTHORITY\\Authenticated Users',
    de: 'NT-AUTORITÄT\\Authentifizierte Benutzer',
    ru: 'NT AUTHORITY\\Прошедшие проверку',
  },
  'S-1-5-18': { en: 'NT AUTHORITY\\SYSTEM', de: 'NT-AUTORITÄT\\SYSTEM', ru: 'NT AUTHORITY\\СИСТЕМА' },
  'S-1-5-19': {
    en: 'NT AUTHORITY\\LOCAL SERVICE',
    de: 'NT-AUTORITÄT\\Lokaler Dienst',
    ru: 'NT AUTHORITY\\LOCAL SERVICE',
  },
  'S-1-5-20': {
    en: 'NT AUTHORITY\\NETWORK SERVICE',
    de: 'NT-AUTORITÄT\\Netzwerkdienst',
    ru: 'NT AUTHORITY\\NETWORK SERVICE',
  },
  'S-1-5-32-544': {
    en: 'BUILTIN\\Administrators',
    de: 'VORDEFINIERT\\Administratoren',
    ru: 'BUILTIN\\Администраторы',
  },
  'S-1-5-32-545': { en: 'BUILTIN\\Users', de: 'VORDEFINIERT\\Benutzer', ru: 'BUILTIN\\Пользователи' },
  'S-1-5-32-546': { en: 'BUILTIN\\Guests', de: 'VORDEFINIERT\\Gäste', ru: 'BUILTIN\\Гости' },
  'S-1-5-32-551': {
    en: 'BUILTIN\\Backup Operators',
    de: 'VORDEFINIERT\\Sicherungs-Operatoren',
    ru: 'BUILTIN\\Операторы архива',
  },
  'S-1-5-32-568': { en: 'BUILTIN\\IIS_IUSRS', de: 'VORDEFINIERT\\IIS_IUSRS', ru: 'BUILTIN\\IIS_IUSRS' },
}

/**
 * The SID of an application pool's own account: SHA-1 of the lower-cased name in UTF-16LE, as five little-endian
 * numbers. “DefaultAppPool” gives S-1-5-82-3006700770-424185619-1745488364-794895919-4004696415.
 */
export function poolSid(pool: string): string {
  const digest = createHash('sha1').update(Buffer.from(pool.toLowerCase(), 'utf16le')).digest()
  const numbers = [0, 4, 8, 12, 16].map((at) => digest.readUInt32LE(at))
  return `S-1-5-82-${numbers.join('-')}`
}
