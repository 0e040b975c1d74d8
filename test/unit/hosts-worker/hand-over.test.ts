import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { setupSchema, type Answers } from '../../../electron/contract/answers.ts'
import {
  clientIdFor,
  handedAnswers,
  SECRET_PATHS,
  secretsFor,
} from '../../../electron/hosts/worker/hand-over.ts'
import type { Facts } from '../../../electron/scenarios/new-installation/facts.ts'
import { exampleAnswers } from '../../../electron/scenarios/new-installation/example.ts'
import { Redactor } from '../../../electron/secrets/redactor.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { Vault } from '../../../electron/secrets/vault.ts'
import { SecretReferences } from '../../../electron/setup/secret-references.ts'
import { realMachine } from '../../../electron/machine/real.ts'

type Client = Facts['client']

const answers: Answers = {
  ...exampleAnswers('iis', 'win32'),
  database: {
    from: 'fields',
    provider: 'PostgreSQL',
    server: 's',
    database: 'd',
    user: 'u',
    password: 'stdin',
  },
  client: { id: 'generate', name: 'Creatio', secret: 'generate' },
  website: {
    ...exampleAnswers('iis', 'win32').website!,
    identity: { account: 'SpecificUser', user: '.\\svc', password: 'env:POOL' },
  },
}

function prepared(client: Partial<Client>, own: Answers = answers) {
  const made: Client = {
    id: 'generatedid12345',
    name: 'Creatio',
    secret: new Secret('made'),
    from: 'generated',
  }
  return {
    scenario: 'new-installation',
    answers: own,
    facts: { client: { ...made, ...client } as Client } as Facts,
  } as never
}

/** References of a session that has planned: the pool's password and the database's were opened. */
async function references(): Promise<SecretReferences> {
  const found = new SecretReferences({
    machine: realMachine(),
    environment: { POOL: 'pool-password' },
    vault: new Vault(new Redactor()),
    nextLine: () => Promise.resolve('typed'),
  })
  await found.open('stdin', 'database.password')
  await found.open('env:POOL', 'website.identity.password')
  return found
}

describe('what is handed to a worker', () => {
  it('knows every place where answers may refer to a secret', () => {
    const found = new Set<string>()
    const walk = (node: unknown, path: string): void => {
      if (node === null || typeof node !== 'object') return
      const { pattern, properties, additionalProperties, anyOf, oneOf, items } = node as Record<
        string,
        unknown
      >
      if (typeof pattern === 'string' && pattern.includes('env:.+')) found.add(path)
      for (const each of [anyOf, oneOf].flat()) walk(each, path)
      for (const [key, each] of Object.entries(properties ?? {})) walk(each, path ? `${path}.${key}` : key)
      walk(items, `${path}.0`)
      walk(additionalProperties, `${path}.*`)
    }
    walk(z.toJSONSchema(setupSchema), '')
    expect([...found].sort()).toEqual([...SECRET_PATHS].sort())
  })

  it('is every secret that was opened, by its place', async () => {
    expect(secretsFor(prepared({}), await references())).toEqual({
      'client.secret': 'made',
      'database.password': 'typed',
      'website.identity.password': 'pool-password',
    })
  })

  it('is no secret that an earlier setup wrote: the worker reads it where it stands', async () => {
    const handed = secretsFor(prepared({ from: 'kept' }), await references())
    expect(Object.keys(handed)).not.toContain('client.secret')
  })

  it('is the client id where it was left to this program', () => {
    expect(clientIdFor(prepared({}))).toBe('generatedid12345')
    const named = { ...answers, client: { ...answers.client, id: 'chosenid12345678' } }
    expect(clientIdFor(prepared({}, named))).toBeUndefined()
  })

  it('is found by the worker under its place, and nowhere else', async () => {
    const secrets = secretsFor(prepared({}), await references())
    const handed = handedAnswers(answers, secrets, 'generatedid12345')
    expect(handed.answers).toMatchObject({
      client: { id: 'generatedid12345', secret: 'env:client.secret' },
      database: { password: 'env:database.password' },
      website: { identity: { password: 'env:website.identity.password' } },
    })
    expect(setupSchema.safeParse(handed.answers).success).toBe(true)
    expect(handed.environment).toEqual(secrets)
    // What was given stays as it is: it goes into the journal.
    expect(answers.client.secret).toBe('generate')
  })

  it('leaves the worker no file and no variable to look into', () => {
    const sly = { ...answers, client: { id: 'x', name: 'n', secret: 'file:C:\\Users\\Other\\secret.txt' } }
    const handed = handedAnswers(sly, {}, undefined)
    expect(handed.answers).toMatchObject({
      client: { secret: 'env:client.secret' },
      website: { identity: { password: 'env:website.identity.password' } },
    })
    expect(handed.environment).toEqual({})
  })

  it.each([[{}], [{ client: 'text' }], [{ client: null, website: [] }], [{ database: { password: 7 } }]])(
    'does not mind answers that are none: %j',
    (data) => {
      expect(handedAnswers(data, { 'client.secret': 'x' }, 'id').environment).toEqual({
        'client.secret': 'x',
      })
    },
  )
})
