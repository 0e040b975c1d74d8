import { describe, expect, it } from 'vitest'
import { bundleCommand, lookAtBundle, runBundle } from '../../../electron/windows/bundle.ts'
import { type Reply, scriptedPowerShell } from './support/scripted-powershell.ts'

const FILE = 'C:\\Temp\\dotnet hosting.exe'
const SIGNER = 'CN=.NET, O=Microsoft Corporation, L=Redmond, S=Washington, C=US'
const LOOKED = {
  status: 'Valid',
  signer: SIGNER,
  product: 'Microsoft .NET 8.0.11 - Windows Server Hosting',
  version: '8.0.11.24521',
  sha256: 'AB'.repeat(32),
}
const look = (more = {}) =>
  lookAtBundle(scriptedPowerShell(() => ({ answer: { ...LOOKED, ...more } })).machine, FILE)

describe('looking at a bundle', () => {
  it('says what it is and who signed it', async () => {
    const { machine, asked } = scriptedPowerShell(() => ({ answer: LOOKED }))
    expect(await lookAtBundle(machine, FILE)).toEqual({
      file: FILE,
      product: LOOKED.product,
      version: LOOKED.version,
      signer: SIGNER,
      signature: 'Valid',
      trusted: true,
      hostingBundle: true,
      sha256: LOOKED.sha256,
    })
    expect(asked).toEqual([{ script: 'bundle', question: { action: 'look', file: FILE } }])
  })

  it.each([
    [
      'the signature of Microsoft',
      { signer: 'CN=Microsoft Corporation, O=Microsoft Corporation, C=US' },
      true,
    ],
    ['no signature', { status: 'NotSigned', signer: '' }, false],
    ['changed bytes', { status: 'HashMismatch' }, false],
    ['an issuer that is not trusted', { status: 'UnknownError' }, false],
    ['the signature of someone else', { signer: 'CN=Microsoft Corporation, O=Evil, C=US' }, false],
    ['a signer that quotes', { signer: 'CN="a, O=Microsoft Corporation, b", O=Evil' }, false],
    ['a signer that only begins so', { signer: 'O=Microsoft Corporation Ltd' }, false],
    ['no answer', { status: null, signer: null }, false],
  ])('with %s trusts it: %s', async (_, more, trusted) => {
    expect((await look(more)).trusted).toBe(trusted)
  })

  it.each([
    ['Microsoft .NET 8.0.11 - Windows Server Hosting', true],
    ['Microsoft ASP.NET Core 8.0 Hosting Bundle', true],
    ['Microsoft .NET SDK 8.0.404 (x64)', false],
    ['', false],
  ])('%j is a hosting bundle: %s', async (product, is) => {
    expect((await look({ product })).hostingBundle).toBe(is)
  })

  it('says which file was not to be read', async () => {
    const { machine } = scriptedPowerShell(() => ({
      failed: { type: 'FileNotFoundException', message: 'a' },
    }))
    await expect(lookAtBundle(machine, FILE)).rejects.toMatchObject({
      problem: { code: 'bundle.unreadable', where: { file: FILE } },
    })
  })
})

describe('running a bundle', () => {
  const run = async (reply: Reply) =>
    runBundle(scriptedPowerShell(() => reply).machine, await look(), 'install')

  it.each(['install', 'repair', 'uninstall'] as const)(
    'to %s names the file that was looked at',
    async (how) => {
      const { machine, asked, commands } = scriptedPowerShell(() => ({ answer: { exitCode: 0 } }))
      await runBundle(machine, await look(), how)
      expect(asked).toEqual([
        { script: 'bundle', question: { action: how, file: FILE, sha256: LOOKED.sha256 } },
      ])
      expect(commands[0]!.timeoutMs).toBeGreaterThanOrEqual(30 * 60_000)
      expect(bundleCommand(FILE, how)).toBe(`"${FILE}" /${how} /quiet /norestart`)
    },
  )

  it.each([
    [0, false],
    [3010, true],
    [1641, true],
    [1638, false],
  ])('ends well with %i, a restart needed: %s', async (exitCode, restartNeeded) => {
    expect(await run({ answer: { exitCode } })).toEqual({ restartNeeded })
  })

  it.each([
    [1602, 'bundle.cancelled'],
    [1618, 'bundle.busy'],
    [1603, 'bundle.failed'],
    [-2147023293, 'bundle.failed'],
    [null, 'bundle.failed'],
  ])('ends badly with %s', async (exitCode, code) => {
    await expect(run({ answer: { exitCode } })).rejects.toMatchObject({
      problem: {
        code,
        where: { file: FILE },
        details: expect.arrayContaining([`exit code ${exitCode ?? 'unknown'}`]) as string[],
      },
    })
  })

  it('is refused when the file is another one by now', async () => {
    await expect(run({ answer: { changed: true } })).rejects.toMatchObject({
      problem: { code: 'bundle.changed', untouched: 'Nothing was installed.' },
    })
  })

  it.each([
    ['it is not trusted', { status: 'HashMismatch' }, /no valid signature/],
    ['it is another product', { product: 'Microsoft .NET SDK' }, /not a hosting bundle/],
  ])('is refused when %s, without asking PowerShell', async (_, more, cause) => {
    const { machine, asked } = scriptedPowerShell(() => ({ answer: { exitCode: 0 } }))
    await expect(runBundle(machine, await look(more), 'install')).rejects.toMatchObject({
      problem: { code: 'bundle.not-trusted', cause: expect.stringMatching(cause) as string },
    })
    expect(asked).toEqual([])
  })

  it('that does not end is a matter of time', async () => {
    await expect(run({ rejects: 'process.timeout' })).rejects.toMatchObject({
      problem: { code: 'process.timeout' },
    })
  })
})
