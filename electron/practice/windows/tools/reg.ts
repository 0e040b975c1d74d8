import { lookUp } from '../configuration/element.ts'
import type { Language } from '../state.ts'
import { answer, type SimulatedTool } from '../tool.ts'
import { registryOf, type RegistryValue } from './registry-view.ts'

const missing: Readonly<Record<Language, string>> = {
  en: 'ERROR: The system was unable to find the specified registry key or value.',
  de: 'FEHLER: Der angegebene Registrierungsschlüssel bzw. Wert wurde nicht gefunden.',
  ru: 'ОШИБКА: Не удается найти указанный раздел или параметр в реестре.',
}

const syntax: Readonly<Record<Language, string>> = {
  en: 'ERROR: Invalid syntax.\r\nType "REG QUERY /?" for usage.',
  de: 'FEHLER: Ungültige Syntax.\r\nGeben Sie "REG QUERY /?" ein, um die Syntax anzuzeigen.',
  ru: 'ОШИБКА: Неправильный синтаксис.\r\nВведите "REG QUERY /?" для получения справки.',
}

const hives: Readonly<Record<string, string>> = {
  HKLM: 'HKEY_LOCAL_MACHINE',
  HKCU: 'HKEY_CURRENT_USER',
  HKU: 'HKEY_USERS',
  HKCR: 'HKEY_CLASSES_ROOT',
}

/** reg: `query KEY [/v NAME] [/reg:64]`. Errors go to standard error, with exit code 1. */
export const reg: SimulatedTool = ({ args }, server) => {
  const { language } = server.state.system
  const request = parse(args)
  if (request === undefined) return answer(server, 1, `${syntax[language]}\r\n`, 'stderr')
  const keys = registryOf(server)
  const wanted = request.key.toLowerCase()
  const below = Object.keys(keys).filter((key) => key.toLowerCase().startsWith(`${wanted}\\`))
  const found = lookUp(keys, request.key)
  const value = request.value === undefined ? undefined : lookUp(found?.[1] ?? {}, request.value)
  const isMissing =
    request.value === undefined ? found === undefined && below.length === 0 : value === undefined
  if (isMissing) return answer(server, 1, `${missing[language]}\r\n`, 'stderr')
  const own = found?.[0] ?? below[0]!.slice(0, request.key.length)
  const values = value === undefined ? Object.entries(found?.[1] ?? {}) : [value]
  const children = value === undefined ? childrenOf(own, below) : []
  const block = values.length > 0 ? [own, ...values.map(line), ''] : []
  return answer(server, 0, `\r\n${[...block, ...children].map((each) => `${each}\r\n`).join('')}`)
}

function parse(args: readonly string[]): { key: string; value?: string } | undefined {
  const [verb = '', key, ...rest] = args
  if (verb.toLowerCase() !== 'query' || key === undefined) return undefined
  const [hive = '', ...path] = key.split('\\')
  const full = [hives[hive.toUpperCase()] ?? hive, ...path].join('\\')
  if (!full.startsWith('HKEY_')) return undefined
  let value: string | undefined
  for (let at = 0; at < rest.length; at++) {
    const option = rest[at]!.toLowerCase()
    if (option === '/v' && rest[at + 1] !== undefined) value = rest[++at]
    else if (option !== '/reg:64') return undefined
  }
  return { key: full, ...(value !== undefined && { value }) }
}

function childrenOf(key: string, below: readonly string[]): string[] {
  return [...new Set(below.map((name) => `${key}\\${name.slice(key.length + 1).split('\\')[0]}`))]
}

function line([name, { type, data }]: readonly [string, RegistryValue]): string {
  return `    ${name}    ${type}    ${data}`
}
