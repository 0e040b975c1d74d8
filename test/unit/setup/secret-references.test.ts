import { describe, expect, it } from 'vitest'
import { problemOf } from '../../../electron/contract/problem.ts'
import { Redactor } from '../../../electron/secrets/redactor.ts'
import { Vault } from '../../../electron/secrets/vault.ts'
import { SecretReferences } from '../../../electron/setup/secret-references.ts'
import { memoryMachine } from './memory-machine.ts'

function references(files: Readonly<Record<string, Uint8Array>> = {}, lines: string[] = []) {
  const { machine } = memoryMachine()
  Object.assign(machine.files, {
    read: async (path: string) => {
      if (path === '/folder') throw new Error('It is a folder.')
      return files[path]
    },
  })
  const redactor = new Redactor()
  const vault = new Vault(redactor)
  const environment = { HERE: 'from-the-environment', EMPTY: '' }
  const opened = new SecretReferences({ machine, environment, vault, nextLine: async () => lines.shift() })
  return { opened, redactor, vault }
}
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'opened',
    (error: unknown) => problemOf(error).code,
  )

describe('a reference', () => {
  it.each([
    ['a line', 'fromfile', Buffer.from('fromfile\n')],
    ['a Windows line', 'fromfile', Buffer.from('fromfile\r\n')],
    ['no line end', ' from file ', Buffer.from(' from file ')],
    ['only its last line end taken off', 'a\n', Buffer.from('a\n\n')],
    ['a mark before it', 'pässwörd', Buffer.from('\uFEFFpässwörd')],
    [
      'UTF-16 by PowerShell',
      'pässwörd',
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('pässwörd\r\n', 'utf16le')]),
    ],
  ])('to a file with %s gives the secret', async (_, expected, bytes) => {
    const secret = await references({ '/s': bytes }).opened.open('file:/s', 'client.secret')
    expect(secret.open()).toBe(expected)
  })

  it('to the environment, to standard input and to the vault gives the secret, hidden from then on', async () => {
    const { opened, redactor, vault } = references({}, ['first line', 'second line'])
    vault.put('typed', 'typed-secret')
    const open = async (reference: string, path: string) => (await opened.open(reference, path)).open()
    expect(await open('env:HERE', 'a')).toBe('from-the-environment')
    expect(await open('stdin', 'a')).toBe('first line')
    expect(await open('stdin', 'b')).toBe('second line')
    expect(await open('stdin', 'a')).toBe('first line')
    expect(await open('vault:typed', 'a')).toBe('typed-secret')
    expect(redactor.redact('from-the-environment first line second line')).toBe('[hidden] [hidden] [hidden]')
  })

  it.each([
    'env:NOT_SET',
    'env:EMPTY',
    'env:constructor',
    'env:__proto__',
    'env:toString',
    'stdin',
    'file:/none',
    'vault:none',
    'vault:__proto__',
  ])('without a secret behind it is named with its answer: %s', async (reference) => {
    const { opened } = references()
    const problem = problemOf(await opened.open(reference, 'client.secret').catch((error: unknown) => error))
    expect(problem).toMatchObject({ code: 'secret.missing', where: { path: 'client.secret' } })
    expect(problem.what).toContain(reference)
    expect(problem.next).toMatch(/^[A-Z]/)
  })

  it('to a file that cannot be read rightly is refused: a wrong secret opens nothing', async () => {
    const { opened } = references({ '/latin1': Buffer.from('p\xe4ss', 'latin1') })
    expect(await codeOf(opened.open('file:/latin1', 'a'))).toBe('secret.unreadable')
    expect(await codeOf(opened.open('file:/folder', 'a'))).toBe('secret.unreadable')
  })
})
