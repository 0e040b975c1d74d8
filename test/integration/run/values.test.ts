import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Answers, WebsiteAnswers } from '../../../electron/contract/answers.ts'
import { readPfx } from '../../../electron/certificate/read.ts'
import { parseConnectionString } from '../../../electron/database/connection/connection-string.ts'
import { passwordIs, readPool } from '../../../electron/iis/pools.ts'
import { readSite } from '../../../electron/iis/sites.ts'
import type { PracticeWindowsOptions } from '../../../electron/practice/windows/options.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { readClients } from '../../../electron/service/clients.ts'
import { parseSettings } from '../../../electron/service/settings-tree.ts'
import { settingOf } from '../../../electron/service/settings-value.ts'
import { decodeText } from '../../../electron/text/encoding.ts'
import { answersFor, FILE_STEPS, inPlace, Life, nothing, snapshot, type Place } from './file-run.ts'

const values: Readonly<Record<string, string>> = {
  NUL: 'a\u0000b',
  bell: 'a\u0007b',
  'line end': 'a\nb',
  'C1 control': 'a\u0085b',
  'half a character': 'a\uD800b',
  'seventy characters': 'x'.repeat(70),
  'ten thousand': 'x'.repeat(10_000),
  'double quote': 'a"b',
  'only quotes': '""',
  backslash: 'a\\b\\',
  semicolon: 'a;b;',
  apostrophe: "a'b'c",
  equals: '=a==b',
  braces: '{a}{}{{',
  markup: '</b><!--&amp;]]>',
  variables: '${HOME}%PATH%$(id)`id`',
  emoji: '👩‍👩‍👧 😀',
  'right to left': 'שלום مرحبا',
  'turned around': 'a\u202Egnp.exe',
  'outer space': ' a b ',
  comma: 'a,b+c#d',
  'blanks, points and lines': 'a b.c_d-e',
  'a name of DNS': 'xn--bcher-kva.example',
  'parents of a path': '..\\..\\x',
  'what appcmd takes for another argument': 'x" /processModel.identityType:LocalSystem "',
}

const SECRET = 'Canary_9x-of.32.characters.in-it'
type Fields = Extract<Answers['database'], { from: 'fields' }>

interface Field {
  put(answers: Answers, value: string): Answers
  /** The value as it stands in what was written. */
  read(place: Place, answers: Answers, value: string): Promise<string>
  /** Steps that have to do with it; left out: the files, but not their slowest. */
  readonly steps?: (id: string) => boolean
}

const filesOnly = (id: string) => FILE_STEPS.includes(id) && id !== 'write-certificate'
/** Nobody serves the sites of this server, so there is nothing to wait for. */
const onWebsite = (id: string) => !['write-certificate', 'set-rights', 'await-service'].includes(id)
const SITE = 'IDServiceWebsite'
const POOL = 'IDServicePool'
const withWebsite = (answers: Answers, part: Partial<WebsiteAnswers>): Answers => ({
  ...answers,
  website: { ...answers.website!, ...part },
})

const settings = async ({ target }: Place) =>
  decodeText(await readFile(join(target, 'appsettings.json'))).text
const client = async (place: Place) => readClients(Buffer.from(await settings(place))).at(-1)!
const connection = async (place: Place) =>
  parseConnectionString(
    settingOf(parseSettings(await settings(place)), 'DatabaseConnectionString')!,
    'PostgreSQL',
  )
const fields = (part: Partial<Fields>): Fields => {
  const usual = { server: 'db', database: 'd', user: 'u', password: 'vault:password' }
  return { from: 'fields', provider: 'PostgreSQL', ...usual, ...part }
}

const kinds: Readonly<Record<string, Field>> = {
  'client.name': {
    put: (answers, name) => ({ ...answers, client: { ...answers.client, name } }),
    read: async (place) => (await client(place)).name!,
  },
  'client.id': {
    put: (answers, id) => ({ ...answers, client: { ...answers.client, id, useAnyway: true } }),
    read: async (place) => (await client(place)).id,
  },
  'client.secret': {
    put: (answers) => ({ ...answers, client: { ...answers.client, secret: 'vault:value', useAnyway: true } }),
    read: async (place) => (await client(place)).secrets[0]!.open(),
  },
  'database.user': {
    put: (answers, user) => ({ ...answers, database: fields({ user }) }),
    read: async (place) => (await connection(place)).user,
  },
  'database.database': {
    put: (answers, database) => ({ ...answers, database: fields({ database }) }),
    read: async (place) => (await connection(place)).database,
  },
  'database.password': {
    put: (answers) => ({ ...answers, database: fields({ password: 'vault:value' }) }),
    read: async (place) => (await connection(place)).password!.open(),
  },
  'database.options': {
    put: (answers, value) => ({
      ...answers,
      database: fields({ options: `Application Name="${value.replaceAll('"', '""')}"` }),
    }),
    read: async (place) => (await connection(place)).options[0]!.value,
  },
  'service.target': {
    steps: onWebsite,
    put: (answers, name) => ({
      ...answers,
      service: { ...answers.service, target: join(answers.service.target, name) },
    }),
    read: async ({ windows, target }) => (await readSite(windows, SITE))!.folder.slice(target.length + 1),
  },
  'website.site': {
    steps: onWebsite,
    put: (answers, site) => withWebsite(answers, { site }),
    read: async ({ windows }, answers) => (await readSite(windows, answers.website!.site))!.name,
  },
  'website.pool': {
    steps: onWebsite,
    put: (answers, pool) => withWebsite(answers, { pool }),
    read: async ({ windows }) => (await readSite(windows, SITE))!.pool,
  },
  'website.hostName': {
    steps: onWebsite,
    put: (answers, hostName) => withWebsite(answers, { hostName }),
    read: async ({ windows }) => (await readSite(windows, SITE))!.bindings[0]!.host,
  },
  'website.identity.user': {
    steps: onWebsite,
    put: (answers, name) =>
      withWebsite(answers, {
        identity: { account: 'SpecificUser', user: `EXAMPLE\\${name}`, password: 'vault:password' },
      }),
    read: async ({ windows }) => (await readPool(windows, POOL))!.user.replace(/^EXAMPLE\\/, ''),
  },
  'website.identity.password': {
    steps: onWebsite,
    put: (answers) =>
      withWebsite(answers, {
        identity: { account: 'SpecificUser', user: 'EXAMPLE\\service', password: 'vault:value' },
      }),
    read: async ({ windows }, _, value) =>
      (await passwordIs(windows, POOL, new Secret(value))) ? value : 'another password',
  },
  'certificate.subject': {
    steps: (id) => FILE_STEPS.includes(id),
    put: (answers, value) => ({
      ...answers,
      certificate: { ...made(answers), subject: `CN=${value.replace(/[\\",;+<>#= ]/g, '\\$&')}` },
    }),
    // What counts is that the service can sign with it; the subject's own spelling is the certificate room's.
    read: async (place, { certificate }) => {
      const { problems } = await readPfx(await readFile(join(place.target, 'openssl.pfx')))
      expect(problems).toEqual([])
      return made({ certificate }).subject
    },
  },
}

/** Knows the account of every value, and the password of one: who is known decides what can be typed. */
const known = (value: string): PracticeWindowsOptions => ({
  adjust: (state) => {
    const account = (name: string, at: number) => ({
      name: `EXAMPLE\\${name}`,
      sid: `S-1-5-21-1-2-3-${at}`,
      kind: 'domain' as const,
      memberOf: ['S-1-5-32-568'],
    })
    state.users.push(account('service', 1101), account(value, 1102))
  },
})

describe.each(Object.entries(kinds))('%s', (name, field) => {
  test.each(Object.entries(values))('with %s: works, or is refused with nothing changed', (_, value) =>
    inPlace(
      nothing,
      async (place) => {
        // The first look at it makes the server.
        await place.windows.files.info(place.root)
        const before = [await snapshot(place.world), await place.configuration()]
        const newLife = () => {
          const life = new Life(place.windows, place, field.steps ?? filesOnly)
          life.session.vault.put('password', SECRET)
          life.session.vault.put('value', value)
          return life
        }
        const life = newLife()
        const answers = field.put(answersFor(place), value)
        const checked = life.session.check(answers)
        const result = 'problems' in checked ? checked : await life.tryToPrepare(answers)
        if ('problems' in result) {
          expect([await snapshot(place.world), await place.configuration()]).toEqual(before)
          expect(await snapshot(place.stateFolder)).toEqual({})
          for (const problem of result.problems) {
            expect(problem.code).toMatch(/^(answers|client|database|certificate)\./)
            expect([problem.what, problem.next]).toEqual([
              expect.stringMatching(/\.$/),
              expect.stringMatching(/^[A-Z]/),
            ])
            expect(problem.where?.path).toBe(name)
          }
          return
        }
        const run = await life.run(result.prepared)
        expect([await run.go(), run.view.failure]).toEqual(['done', undefined])
        const expected = name === 'certificate.subject' ? made(answers).subject : value
        expect(await field.read(place, answers, value)).toBe(expected)
        // The same answers again find it as wanted, whatever is in it.
        const again = newLife()
        const found = await again.session.inspect(await again.prepare(answers))
        expect([...found].filter(([, { state }]) => state !== 'as-wanted')).toEqual([])

        const told = JSON.stringify([life.events, run.view, await snapshot(place.stateFolder)])
        expect(told).not.toContain(SECRET)
      },
      known(value),
    ),
  )
})

function made({
  certificate,
}: Pick<Answers, 'certificate'>): Extract<Answers['certificate'], { from: 'new' }> {
  if (certificate.from === 'new') return certificate
  throw new Error('These answers use a certificate that is there.')
}
