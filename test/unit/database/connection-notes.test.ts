import { describe, expect, it } from 'vitest'
import type { ConnectionNote, DatabaseDrivers, Provider } from '../../../electron/contract/database.ts'
import { notesOn } from '../../../electron/database/connection/notes.ts'
import { Secret } from '../../../electron/secrets/secret.ts'

const PG = 'Host=db;Database=d;Username=u;Password=p;'
const MS = 'Server=srv;Database=d;User ID=u;Password=p;TrustServerCertificate=False;Encrypt=True;'

function notes(provider: Provider, text: string, drivers?: DatabaseDrivers): readonly ConnectionNote[] {
  return notesOn(new Secret(text), provider, drivers)
}

const sqlClient = (version: string): DatabaseDrivers => ({
  sqlClient: { package: 'Microsoft.Data.SqlClient', version },
})
const systemData: DatabaseDrivers = { sqlClient: { package: 'System.Data.SqlClient', version: '4.8.6' } }

describe('notes on a connection string', () => {
  it('are none where nothing is to be said', () => {
    expect(notes('PostgreSQL', PG)).toEqual([])
    expect(notes('MsSqlServer', MS)).toEqual([])
  })

  it('are one error where the text cannot be read, with the column', () => {
    expect(notes('PostgreSQL', 'Host=db;nonsense')).toEqual([
      { level: 'error', text: expect.stringMatching(/no “=”.*column 9/), next: expect.any(String) },
    ])
  })

  it.each<[Provider, string, string, RegExp]>([
    ['PostgreSQL', 'Timeout=0', 'warning', /without end/],
    ['PostgreSQL', 'Timeout=1000', 'warning', /1000 seconds/],
    ['MsSqlServer', 'Connection Timeout=0', 'warning', /without end/],
    ['PostgreSQL', 'Command Timeout=0', 'info', /any time/],
    ['PostgreSQL', 'SSL Mode=Require', 'info', /does not check/],
    ['PostgreSQL', 'Trust Server Certificate=true', 'info', /does nothing/],
    ['PostgreSQL', 'SSL Mode=VerifyFull;Trust Server Certificate=true', 'warning', /does nothing/],
    ['PostgreSQL', 'Root Certificate=ca.pem', 'warning', /not used/],
    ['PostgreSQL', 'Search Path=identity', 'info', /first schema/],
    ['PostgreSQL', 'Persist Security Info=True', 'info', /read the password back/],
    ['PostgreSQL', 'Server=other', 'warning', /the last one counts/],
    ['PostgreSQL', 'UserId=other', 'warning', /the last one counts/],
    ['PostgreSQL', 'Max Pool Size=5', 'info', /Maximum Pool Size/],
    ['PostgreSQL', 'Encrypt=true', 'error', /does not know the keyword “Encrypt”/],
    ['MsSqlServer', 'Integrated Security=SSPI', 'warning', /are not used/],
    ['MsSqlServer', 'Integrated Security=SSPI', 'info', /Kerberos/],
    ['MsSqlServer', 'Server=srv\\inst', 'info', /UDP port 1434/],
    ['MsSqlServer', 'Server=srv\\inst,1444', 'info', /1444 has to be the port of inst/],
    ['MsSqlServer', 'Server=.', 'info', /the machine that the service runs on/],
    ['MsSqlServer', 'Encrypt=Strict', 'info', /SQL Server 2022/],
    ['MsSqlServer', 'Encrypt=Optional', 'info', /Only the login is encrypted/],
    ['MsSqlServer', 'TrustServerCertificate=yes', 'info', /nobody checks/],
    ['MsSqlServer', 'ApplicationIntent=ReadOnly', 'warning', /cannot write/],
    ['MsSqlServer', 'Host=x', 'warning', /PostgreSQL/],
    ['MsSqlServer', 'Server=(localdb)\\v11.0', 'error', /LocalDB/],
    ['MsSqlServer', 'Server=\\\\srv\\pipe\\sql\\query', 'error', /named pipe/],
    ['MsSqlServer', 'AttachDbFilename=c:\\a.mdf', 'error', /database file/],
    ['MsSqlServer', 'Password=[DbPassword]', 'error', /placeholder/],
  ])('for %s with %s: %s %s', (provider, more, level, said) => {
    const text = (provider === 'PostgreSQL' ? PG : MS) + more
    const found = notes(provider, text)
    expect(found.filter((note) => note.level === level).map((note) => note.text)).toContainEqual(
      expect.stringMatching(said),
    )
    for (const note of found) if (note.level !== 'info') expect(note.next, note.text).toMatch(/^[A-Z][a-z]+ /)
  })

  it('stand in the order of their weight', () => {
    const levels = notes('PostgreSQL', `${PG}Async=1;Timeout=0;Unheard=1`).map(({ level }) => level)
    expect(levels).toEqual(['error', 'warning', 'info'])
  })

  it('name the keyword as it is written', () => {
    expect(notes('PostgreSQL', 'Server=[DbHost];DB=d;UID=u;PWD=p')).toMatchObject([
      { level: 'error', keyword: 'Server' },
    ])
  })

  it('warn of a password that is missing, but not beside a Windows login', () => {
    expect(notes('PostgreSQL', 'Host=h;Database=d;Username=u')).toMatchObject([
      { level: 'warning', text: expect.stringContaining('no password') },
    ])
    const levels = notes('MsSqlServer', 'Server=s;Database=d;Trusted_Connection=yes').map(
      ({ level }) => level,
    )
    expect(levels).not.toContain('warning')
  })

  it('follow the version of the driver', () => {
    const plain = 'Server=srv;Database=d;User ID=u;Password=p'
    const said = (drivers?: DatabaseDrivers) =>
      notes('MsSqlServer', plain, drivers)
        .map(({ text }) => text)
        .join()
    expect(said()).toContain('encrypts and checks')
    expect(said(sqlClient('5.1.5'))).toContain('Microsoft.Data.SqlClient 5.1.5 encrypts and checks')
    expect(said(sqlClient('3.1.0'))).toContain('Only the login is encrypted')
    expect(said(systemData)).toContain('Only the login is encrypted')
    expect(notes('PostgreSQL', PG, { npgsql: '5.0.18' }).map(({ text }) => text)).toEqual([
      expect.stringContaining('does not encrypt'),
    ])
  })

  it.each<[Provider, string, DatabaseDrivers, string]>([
    ['PostgreSQL', `${PG}SSL Mode=VerifyFull`, { npgsql: '5.0.18' }, 'one of Disable, Prefer, Require'],
    [
      'PostgreSQL',
      `${PG}SSL Mode=Require;SSL Negotiation=Direct`,
      { npgsql: '8.0.3' },
      'Take “SSL Negotiation” out',
    ],
    ['PostgreSQL', `${PG}SSL Mode=Require`, { npgsql: '7.0.4' }, 'Trust Server Certificate=True'],
    ['MsSqlServer', `${MS}Encrypt=Strict`, sqlClient('4.1.0'), 'one of true, yes, false, no'],
    [
      'MsSqlServer',
      `${MS}Host Name In Certificate=x`,
      sqlClient('4.1.0'),
      'Take “Host Name In Certificate” out',
    ],
    ['MsSqlServer', `${MS}Command Timeout=5`, systemData, 'Take “Command Timeout” out'],
  ])('refuse for %s what came later: %s', (provider, text, drivers, next) => {
    const errors = notes(provider, text, drivers).filter(({ level }) => level === 'error')
    expect(errors.map((note) => note.next)).toContainEqual(expect.stringContaining(next))
    expect(notes(provider, text).filter(({ level }) => level === 'error')).toEqual([])
  })

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'x'.repeat(5000)])(
    'refuse the keyword %.20s like any other word',
    (word) => {
      expect(notes('PostgreSQL', `${word}=1;${PG}`)).toMatchObject([{ level: 'error', keyword: word }])
    },
  )

  it('offer the keyword that a mistyped one looks like', () => {
    expect(notes('MsSqlServer', `${MS}Max Pol Size=5`)).toMatchObject([
      { level: 'error', keyword: 'Max Pol Size', next: expect.stringContaining('“Max Pool Size”') },
    ])
  })
})
