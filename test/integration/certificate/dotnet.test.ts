import { appendFile, cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createSigningCertificate } from '../../../electron/certificate/signing.ts'
import { createTlsCertificate } from '../../../electron/certificate/tls.ts'
import { SetupError } from '../../../electron/contract/problem.ts'
import { realMachine } from '../../../electron/machine/real.ts'

const { processes, random } = realMachine()
const project = join(import.meta.dirname, 'dotnet-reader')

it('.NET opens the files without a password and signs with them', { timeout: 180_000 }, async (context) => {
  const missing = await dotnetMissing()
  if (missing !== undefined) {
    if (process.env['CI'] === 'true') throw new Error(missing)
    const list = process.env['LEFT_OUT_FILE']
    if (list !== undefined) await appendFile(list, `certificate/.NET: ${missing}\n`)
    context.skip(missing)
  }
  const folder = await mkdtemp(join(tmpdir(), 'certificate-dotnet-'))
  try {
    const wishes = { now: new Date(), random }
    const signing = await createSigningCertificate({
      ...wishes,
      subject: 'CN=Identity Service, O=Acme, C=CY',
    })
    const large = await createSigningCertificate({ ...wishes, key: 'RSA-3072' })
    const tls = await createTlsCertificate({ ...wishes, hosts: ['localhost'] })
    const made = { 'signing.pfx': signing, 'large.pfx': large, 'tls.pfx': tls }
    for (const [name, { pfx }] of Object.entries(made)) await writeFile(join(folder, name), pfx)
    await cp(project, join(folder, 'reader'), { recursive: true })
    const lines = await run(
      join(folder, 'reader'),
      Object.keys(made).map((name) => join(folder, name)),
    )
    expect(lines).toEqual(
      [
        `${signing.thumbprint}RS256 CN=Identity Service, O=Acme, C=CY 2048 True`,
        `${large.thumbprint}RS256 CN=Identity Service 3072 True`,
        `${tls.thumbprint}RS256 CN=localhost 2048 True`,
      ].flatMap((line) => [line, line]),
    )
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

async function dotnetMissing(): Promise<string | undefined> {
  try {
    const { exitCode, stdout } = await processes.run({ command: 'dotnet', args: ['--list-sdks'] })
    return exitCode === 0 && /^(9|\d\d)\./m.test(stdout) ? undefined : 'no .NET SDK 9 or later'
  } catch (error) {
    if (error instanceof SetupError && error.problem.code === 'process.not-found') return 'no dotnet command'
    throw error
  }
}

async function run(folder: string, files: readonly string[]): Promise<string[]> {
  // No build servers: they would stay behind after the test.
  const env = {
    DOTNET_CLI_TELEMETRY_OPTOUT: '1',
    DOTNET_NOLOGO: '1',
    MSBUILDDISABLENODEREUSE: '1',
    UseSharedCompilation: 'false',
  }
  const args = ['run', '--project', folder, '--', ...files]
  const result = await processes.run({ command: 'dotnet', args, env, cwd: folder, timeoutMs: 170_000 })
  if (result.exitCode !== 0) throw new Error(`${result.stdout}\n${result.stderr}`)
  return result.stdout.trim().split(/\r?\n/)
}
