import { describe, expect, it } from 'vitest'
import { readRegistry, registryKeys, registryValue } from '../../../electron/windows/registry.ts'
import { codePage, LANGUAGES, scriptedWindows } from './scripted-windows.ts'

const KEY = String.raw`HKLM\SOFTWARE\Microsoft\InetStp`
const CALL = `reg | query | ${KEY} | /reg:64`
const FULL = String.raw`HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\InetStp`

const DEFAULT = {
  English: '(Default)    REG_SZ    (value not set)',
  German: '(Standard)    REG_SZ    (Wert nicht gesetzt)',
  Russian: '(по умолчанию)    REG_SZ    (значение не задано)',
} as const
const MISSING = {
  English: 'ERROR: The system was unable to find the specified registry key or value.',
  German: 'FEHLER: Der angegebene Registrierungsschlüssel bzw. Wert wurde nicht gefunden.',
  Russian: 'ОШИБКА: Не удается найти указанный раздел или параметр в реестре.',
} as const

describe.each(LANGUAGES)('a $language registry', ({ language, page }) => {
  it('gives values by name and keys below', async () => {
    const { machine } = scriptedWindows({
      ...codePage(page),
      [CALL]: {
        page,
        out: [
          '',
          FULL,
          `    ${DEFAULT[language]}`,
          '    MajorVersion    REG_DWORD    0xa',
          '    VersionString    REG_SZ    Version 10.0',
          '    A name of    four    REG_SZ    with    gaps',
          '    Empty    REG_SZ    ',
          '    Renames    REG_MULTI_SZ    \\??\\C:\\a\\0\\0',
          '    Hash    REG_BINARY    D4A17E',
          '    Size    REG_QWORD    0x1ffffffff',
          '',
          `${FULL}\\Components`,
          `${FULL}\\Configuration Keys`,
          '',
        ].join('\r\n'),
      },
    })
    const values = await readRegistry(machine, KEY)
    expect(registryValue(values, 'MAJORVERSION')).toBe(10)
    expect(registryValue(values, 'versionString')).toBe('Version 10.0')
    expect(registryValue(values, 'A name of    four')).toBe('with    gaps')
    expect(registryValue(values, 'Empty')).toBe('')
    expect(registryValue(values, 'Renames')).toBe('\\??\\C:\\a\\0\\0')
    expect(registryValue(values, 'Hash')).toBe('D4A17E')
    expect(registryValue(values, 'Size')).toBe(0x1ffffffff)
    expect(registryValue(values, 'Other')).toBeUndefined()
    expect(await registryKeys(machine, KEY)).toEqual(['Components', 'Configuration Keys'])
  })

  it('knows what is not there', async () => {
    const { machine } = scriptedWindows({
      ...codePage(page),
      [CALL]: { code: 1, err: MISSING[language], page },
    })
    expect(await readRegistry(machine, KEY)).toBeUndefined()
    expect(await registryKeys(machine, KEY)).toEqual([])
  })
})

it.each(['', '\r\n'])('a key without anything below it is there: %j', async (out) => {
  const { machine } = scriptedWindows({ [CALL]: { out } })
  expect(await readRegistry(machine, KEY)).toEqual(new Map())
  expect(await registryKeys(machine, KEY)).toEqual([])
})

it.each([
  ['garbage', 'something else\r\n'],
  ['half', `\r\n${FULL}\r\n    MajorVersion    REG_DW`],
])('an answer that is %s is not taken for an empty key', async (_, out) => {
  const { machine } = scriptedWindows({ [CALL]: { out } })
  await expect(readRegistry(machine, KEY)).rejects.toMatchObject({
    problem: { code: 'windows.unreadable-answer' },
  })
})

it('another exit code is a failure', async () => {
  const { machine } = scriptedWindows({ [CALL]: { code: 5, err: 'x' } })
  await expect(readRegistry(machine, KEY)).rejects.toMatchObject({
    problem: { code: 'windows.registry-unreadable' },
  })
})

it('a value that no type stands behind is no value', () => {
  expect(registryValue(undefined, 'Any')).toBeUndefined()
})
