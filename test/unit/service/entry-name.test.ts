import { describe, expect, it } from 'vitest'
import { flawOfName, nameKey } from '../../../electron/service/entry-name.ts'

describe('names inside an archive', () => {
  it.each([
    'IdentityService.dll',
    'Data/Migrations/20200101_Init.cs',
    'wwwroot/',
    'a b/ü.txt',
    '..a/b..c',
    'console.log',
  ])('allows %j', (name) => expect(flawOfName(name, 400)).toBeUndefined())

  it.each([
    '../x',
    'a/../../x',
    'a/..',
    '/etc/passwd',
    '//srv/share',
    'C:/x',
    'c:x',
    'a\\..\\x',
    '\\\\srv\\x',
  ])('sees that %j leaves the folder', (name) => expect(flawOfName(name, 400)?.kind).toBe('escape'))

  it.each([
    '',
    'a//b',
    './a',
    'a/.',
    'a\u0000b',
    'a\nb',
    'web.config:stream',
    'aux',
    'x/NUL.txt',
    'com1.log',
    'LPT9',
    'CONIN$',
    'COM¹',
    'appsettings.json.',
    'appsettings.json ',
    'dir./x',
    'a|b',
    'a?b',
    '\ud800',
    'x'.repeat(401),
  ])('refuses %j as a name', (name) => expect(flawOfName(name, 400)?.kind).toBe('name'))

  it('takes names that Windows or macOS cannot tell apart for one', () => {
    expect(nameKey('A/É.txt')).toBe(nameKey('a/e\u0301.TXT'))
    expect(nameKey('a/b')).not.toBe(nameKey('a/c'))
  })
})
