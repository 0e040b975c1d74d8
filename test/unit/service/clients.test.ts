import fc from 'fast-check'
import { parse } from 'jsonc-parser'
import { beforeAll, describe, expect, it } from 'vitest'
import { problemOf } from '../../../electron/contract/problem.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import type { ClientEdit } from '../../../electron/service/clients-patch.ts'
import { readClients } from '../../../electron/service/clients.ts'
import { patchSettings } from '../../../electron/service/settings-patch.ts'
import { sampleSettings } from './settings-samples.ts'

let sample: string
let client: ClientEdit
beforeAll(async () => {
  sample = await sampleSettings()
  client = {
    id: 'SystemClient0001',
    name: 'Creatio of the test',
    secret: new Secret('s'.repeat(32)),
    redirectBase: 'https://ids.example.test/',
    builtInSecret: new Secret('b'.repeat(32)),
    shipped: Buffer.from(sample),
  }
})

const patch = (text: string, edit: ClientEdit) =>
  Buffer.from(patchSettings(Buffer.from(text), { client: edit })).toString()
const inner = (text: string): Record<string, unknown>[] => JSON.parse(parse(text).Clients)

describe('the system client in Clients', () => {
  it('has further scopes after all others, and just the grant types that are asked for', () => {
    const asked = {
      ...client,
      scopes: ['own_scope', 'IdentityServerApi'],
      grantTypes: ['client_credentials'],
    }
    const text = patch(sample, asked)
    expect(inner(text)[1]).toMatchObject({
      AllowedGrantTypes: ['client_credentials'],
      AllowedScopes: expect.arrayContaining(['register_own_resource', 'own_scope']),
    })
    const scopes = inner(text)[1]!['AllowedScopes'] as string[]
    expect([scopes.at(-1), new Set(scopes).size]).toEqual(['own_scope', scopes.length])
    expect(patch(text, asked)).toBe(text)
    const others = patch(text, { ...asked, grantTypes: ['client_credentials', 'authorization_code'] })
    expect(inner(others)[1]!['AllowedGrantTypes']).toEqual(['client_credentials', 'authorization_code'])
    expect(inner(patch(others, asked))[1]!['AllowedGrantTypes']).toEqual(['client_credentials'])
    const { grantTypes: _, ...kept } = asked
    expect(patch(others, kept)).toBe(others)
  })

  it('is added in the vendor’s shape, with the scopes of the shipped clients', () => {
    expect(inner(patch(sample, client))[1]).toEqual({
      ClientId: 'SystemClient0001',
      ClientName: 'Creatio of the test',
      Secrets: ['s'.repeat(32)],
      AllowedGrantTypes: ['implicit', 'client_credentials'],
      RedirectUris: [
        'https://ids.example.test',
        'https://ids.example.test/lib',
        'https://ids.example.test/lib/',
      ],
      PostLogoutRedirectUris: ['https://ids.example.test'],
      IdentityTokenLifetime: 300,
      AccessTokenLifetime: 3600,
      Properties: { AllowedQueryParameters: '["invitationHash","targetSubject"]' },
      AllowedScopes: [
        'register_own_resource',
        'a_scope_of_this_build',
        'IdentityServerApi',
        'get_resource_list',
        'get_client_info',
        'find_clients',
        'remove_client',
        'update_client',
        'add_registrar_client',
        'generate_auth_code',
        'revoke_client_tokens',
        'get_service_info',
      ],
    })
  })

  it('leaves every byte of the other entries but the shipped secret', () => {
    const patched = patch(sample, client)
    const end = sample.indexOf(']",\n  "ApiResources"')
    const shipped = 'Sh1pped-In-Every-Copy-Of-A-Build'
    expect(patched.startsWith(sample.slice(0, end).replace(shipped, 'b'.repeat(32)))).toBe(true)
    expect(patched.endsWith(sample.slice(end))).toBe(true)
  })

  it('keeps the secret written the first time when another is generated the second time', () => {
    const once = patch(sample, client)
    expect(patch(once, { ...client, builtInSecret: new Secret('c'.repeat(32)) })).toBe(once)
  })

  it('updates its own entry and keeps what it does not know there', () => {
    const text =
      '{"Clients": "[{\\"clientid\\": \\"SystemClient0001\\", \\"Mine\\": 1.50, \\"Secrets\\": [\\"old\\", \\"older\\"], \\"AllowedScopes\\": [\\"own\\"]}]"}'
    const [entry, ...others] = inner(patch(text, client))
    expect(others).toEqual([])
    expect(entry).toMatchObject({
      clientid: 'SystemClient0001',
      Mine: 1.5,
      Secrets: ['s'.repeat(32)],
      ClientName: 'Creatio of the test',
    })
    expect(entry!.AllowedScopes).toEqual(expect.arrayContaining(['own', 'IdentityServerApi']))
    expect(patch(text, client)).toContain('\\"Mine\\": 1.50')
  })

  it('is found by its name when its id is new, but never takes a shipped entry over', () => {
    const once = patch(sample, client)
    expect(inner(patch(once, { ...client, id: 'SystemClient0002' })).map((entry) => entry.ClientId)).toEqual([
      'bpmonline-designer',
      'SystemClient0002',
    ])
    expect(inner(patch(sample, { ...client, name: 'Designer of the sample' }))).toHaveLength(2)
  })

  it.each([
    ['missing', '{}'],
    ['blank', '{"Clients": "  "}'],
    ['null', '{"Clients": null}'],
    ['an empty list in a string', '{"clients": "[]"}'],
  ])('is written as a string where Clients is %s', (_, text) => {
    const patched = patch(text, client)
    expect(readClients(Buffer.from(patched)).map(({ id }) => id)).toEqual(['SystemClient0001'])
    expect(typeof Object.values(parse(patched))[0]).toBe('string')
    expect(patch(patched, client)).toBe(patched)
  })

  it.each(['{"Clients": []}', '{\n  "Clients": [\n    {"ClientId": "a"}\n  ]\n}'])(
    'stays a real list: %j',
    (text) => {
      const patched = patch(text, client)
      expect(Array.isArray(parse(patched).Clients)).toBe(true)
      expect(readClients(Buffer.from(patched)).at(-1)!.id).toBe('SystemClient0001')
      expect(patch(patched, client)).toBe(patched)
    },
  )

  // Tried once against .NET 10: sixty files of such values in six encodings, patched here, were read back with
  // ConfigurationBuilder.AddJsonFile and System.Text.Json at each level; all values were equal.
  it('survives three levels of escaping for any text', () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 })
    const nasty = fc.constantFrom(
      '"',
      '\\',
      '\\"',
      "'",
      ';',
      '{}',
      '\u0000',
      '🦉',
      'אב',
      '\u2028',
      '\\u0022',
      ']}"',
    )
    const value = fc.oneof(
      text,
      fc.array(nasty, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(value, value, value, (id, name, secret) => {
        fc.pre(id !== 'bpmonline-designer')
        const edit = { ...client, id, name, secret: new Secret(secret) }
        const once = patch(sample, edit)
        expect(patch(once, edit)).toBe(once)
        const entry = readClients(Buffer.from(once))[1]!
        expect([entry.id, entry.name, entry.secrets[0]!.open()]).toEqual([id, name, secret])
        expect(inner(once)[1]).toMatchObject({ ClientId: id, ClientName: name, Secrets: [secret] })
      }),
      { numRuns: 60 },
    )
  })

  it('takes ten thousand characters', () => {
    const name = 'n"\\'.repeat(3334)
    expect(inner(patch(sample, { ...client, name }))[1]!.ClientName).toBe(name)
  })
})

describe('Clients that cannot be read', () => {
  const problem = (text: string) => {
    try {
      readClients(Buffer.from(text), 'appsettings.json')
    } catch (error) {
      return problemOf(error)
    }
    throw new Error('was read')
  }

  it('is placed inside the string and in the file', () => {
    expect(problem('{\n  "Clients": "[{\\"ClientId\\" \\"x\\"}]"\n}')).toMatchObject({
      code: 'settings.clients-not-json',
      where: { file: 'appsettings.json', line: 2, column: 30, path: 'Clients' },
      cause: 'At character 14 inside the string a colon is expected here.',
    })
  })

  it.each([
    '{"Clients": "{}"}',
    '{"Clients": {"a": 1}}',
    '{"Clients": "[1]"}',
    '{"Clients": true}',
    '{"Clients": [2]}',
  ])('is refused when it is no list of objects: %s', (text) =>
    expect(problem(text).code).toBe('settings.clients-shape'),
  )
})
