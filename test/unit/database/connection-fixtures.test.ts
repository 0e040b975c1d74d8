import { describe, expect, it } from 'vitest'
import { providers, type Provider } from '../../../electron/contract/database.ts'
import { parseConnectionString } from '../../../electron/database/connection/connection-string.ts'
import { maskedText, unmasked } from '../../../electron/database/connection/mask.ts'
import { notesOn } from '../../../electron/database/connection/notes.ts'
import { optionOf } from '../../../electron/database/connection/options.ts'
import { problemsIn } from '../../../electron/database/connection/problems.ts'
import { serviceForm } from '../../../electron/database/connection/service-form.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { connectionFixtures, type ConnectionFixture } from './connection-fixtures.ts'

/** Those that are judged for a driver; a string that suits both is judged for both. */
const judged = connectionFixtures.flatMap((fixture) => {
  if (fixture.provider === 'Oracle') return []
  const whose: readonly Provider[] = fixture.provider === 'unknown' ? providers : [fixture.provider]
  return whose.map((provider) => ({ ...fixture, provider }))
})

function verdict({ text }: ConnectionFixture, provider: Provider): string {
  if (notesOn(new Secret(text), provider).some(({ level }) => level === 'error')) return 'refused'
  return serviceForm(new Secret(text), provider).connectionString.open() === text ? 'good' : 'changed'
}

describe('connection strings as they are met', () => {
  it('are many, each with a source and a name of its own', () => {
    expect(connectionFixtures.length).toBeGreaterThanOrEqual(60)
    expect(new Set(connectionFixtures.map(({ name }) => name)).size).toBe(connectionFixtures.length)
    expect(connectionFixtures.filter(({ source }) => source.trim() === '')).toEqual([])
  })

  it.each(connectionFixtures)('$provider: $name, in parts', ({ text, provider, expect: expected }) => {
    const { options = {}, windowsLogin = false, ...parts } = expected
    const chosen = provider === 'PostgreSQL' || provider === 'MsSqlServer' ? provider : undefined
    const read = parseConnectionString(text, chosen)
    expect(read).toMatchObject({ ...parts, windowsLogin, provider })
    expect(read.port).toBe(expected.port)
    for (const [name, value] of Object.entries(options))
      expect(chosen && optionOf(read, chosen, name), name).toBe(value)
  })

  it.each(judged)('$provider: $name is $verdict', (fixture) => {
    expect(verdict(fixture, fixture.provider)).toBe(fixture.verdict)
    const written = serviceForm(new Secret(fixture.text), fixture.provider).connectionString.open()
    if (fixture.verdict !== 'refused') expect(written).toBe(fixture.written ?? fixture.text)
  })

  it.each(judged)('$provider: $name, once written, is written the same again', ({ text, provider }) => {
    const once = serviceForm(new Secret(text), provider).connectionString
    expect(serviceForm(once, provider).connectionString.open()).toBe(once.open())
  })

  it.each(judged)('$provider: $name has one list of errors', ({ text, provider }) => {
    const errors = notesOn(new Secret(text), provider).filter(({ level }) => level === 'error')
    const problems = problemsIn(parseConnectionString(text, provider))
    expect(errors.map(({ next }) => next)).toEqual(problems.map(({ next }) => next))
  })

  it.each(connectionFixtures)('$provider: $name, masked and unmasked', ({ text }) => {
    const { password: secret, user } = parseConnectionString(text)
    const password = secret?.open() ?? ''
    const masked = maskedText(new Secret(text))
    // Some have the user's name as their password.
    if (password.length > 4 && password !== user) expect(masked).not.toContain(password)
    if (secret) expect(masked).toContain('[hidden]')
    const back = unmasked(masked, new Secret(text)).open()
    expect(parseConnectionString(back).password?.open() ?? '').toBe(password)
  })

  it('that suit no driver are told by their keywords', () => {
    for (const { text, provider } of connectionFixtures.filter(({ provider: whose }) => whose === 'Oracle'))
      expect(parseConnectionString(text).provider).toBe(provider)
  })
})
