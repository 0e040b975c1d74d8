import { describe, expect, it } from 'vitest'
import { lookAtToken, uacPolicy } from '../../../electron/windows/token.ts'
import { codePage, LANGUAGES, scriptedWindows } from './scripted-windows.ts'

const USER = 'whoami | /user | /fo | csv | /nh'
const GROUPS = 'whoami | /groups | /fo | csv'
const own = { out: '"srv1\\adm","S-1-5-21-1-2-3-1001"\r\n' }

const WORDS = {
  English: {
    head: '"Group Name","Type","SID","Attributes"',
    admins: ['BUILTIN\\Administrators', 'Alias', 'Group used for deny only'],
    level: ['Mandatory Label\\Level', 'Label'],
  },
  German: {
    head: '"Gruppenname","Typ","SID","Attribute"',
    admins: ['VORDEFINIERT\\Administratoren', 'Alias', 'Gruppe, die nur zum Ablehnen verwendet wird'],
    level: ['Verbindliche Beschriftung\\Stufe', 'Bezeichnung'],
  },
  Russian: {
    head: '"Группа","Тип","SID","Атрибуты"',
    admins: ['BUILTIN\\Администраторы', 'Псевдоним', 'Группа используется только для запрета'],
    level: ['Обязательная метка\\Высокий', 'Метка'],
  },
} as const

function groups(language: keyof typeof WORDS, level: number, administrator: boolean): string {
  const { head, admins, level: label } = WORDS[language]
  return [
    head,
    `"x\\y","z","S-1-5-11","a"`,
    ...(administrator ? [`"${admins[0]}","${admins[1]}","S-1-5-32-544","${admins[2]}"`] : []),
    `"${label[0]}","${label[1]}","S-1-16-${level}",""`,
    '',
  ].join('\r\n')
}

describe.each(LANGUAGES)('a token on a $language Windows', ({ language, page }) => {
  it.each([
    [12288, true, { elevated: true, administrator: true }],
    [16384, true, { elevated: true, administrator: true }],
    [8192, true, { elevated: false, administrator: true }],
    [8192, false, { elevated: false, administrator: false }],
    [12288, false, { elevated: true, administrator: false }],
  ])('of level %i, administrator: %s', async (level, administrator, expected) => {
    for (const encoding of [page, 'utf8']) {
      const { machine } = scriptedWindows({
        ...codePage(page),
        [USER]: own,
        [GROUPS]: { out: groups(language, level, administrator), page: encoding },
      })
      expect(await lookAtToken(machine)).toEqual({
        ...expected,
        user: 'srv1\\adm',
        sid: 'S-1-5-21-1-2-3-1001',
      })
    }
  })
})

it('a name beyond ASCII is read', async () => {
  const { machine } = scriptedWindows({
    ...codePage('cp866'),
    [USER]: { out: '"сервер\\Администратор","S-1-5-21-1-2-3-500"\r\n', page: 'cp866' },
    [GROUPS]: { out: groups('Russian', 12288, true), page: 'cp866' },
  })
  expect((await lookAtToken(machine)).user).toBe('сервер\\Администратор')
})

it.each([
  ['windows.token-unreadable', { [USER]: { code: 1 }, [GROUPS]: {} }],
  ['windows.unreadable-answer', { [USER]: { out: '"srv1\\adm","S-1-5' }, [GROUPS]: {} }],
  ['windows.token-unreadable', { [USER]: own, [GROUPS]: { code: 1 } }],
  [
    'windows.unreadable-answer',
    { [USER]: own, [GROUPS]: { out: groups('English', 12288, true).slice(0, 110) } },
  ],
  ['process.timeout', { [USER]: { rejects: 'process.timeout' as const } }],
])('without the whole answer nothing is assumed: %s', async (code, script) => {
  const { machine } = scriptedWindows(script)
  await expect(lookAtToken(machine)).rejects.toMatchObject({ problem: { code } })
})

describe('User Account Control', () => {
  const key = String.raw`SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System`
  const policy = (values: Record<string, number>) =>
    scriptedWindows({
      [`reg | query | HKLM\\${key} | /reg:64`]: {
        out: [
          '',
          `HKEY_LOCAL_MACHINE\\${key}`,
          ...Object.entries(values).map(([name, value]) => `    ${name}    REG_DWORD    0x${value}`),
          '',
        ].join('\r\n'),
      },
    }).machine

  it('has defaults', async () => {
    expect(await uacPolicy(policy({}))).toEqual({
      enabled: true,
      asksAdministrators: true,
      refusesUsers: false,
      keepsMappedDrives: false,
    })
  })

  it('is read', async () => {
    const values = {
      enablelua: 0,
      ConsentPromptBehaviorAdmin: 0,
      ConsentPromptBehaviorUser: 0,
      EnableLinkedConnections: 1,
    }
    expect(await uacPolicy(policy(values))).toEqual({
      enabled: false,
      asksAdministrators: false,
      refusesUsers: true,
      keepsMappedDrives: true,
    })
  })
})
