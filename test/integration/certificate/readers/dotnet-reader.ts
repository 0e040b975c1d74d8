import { join } from 'node:path'
import { expect } from 'vitest'
import { realProcesses } from '../../../../electron/machine/processes.ts'
import { buildDotnet } from '../../../system/support/dotnet-build.ts'
import { type Expected, expectFound } from './found.ts'

const processes = realProcesses()

export interface DotnetRequest {
  readonly file: string
  /** The service opens its file with null; the empty one is another spelling of “none” in PKCS#12. */
  readonly password: string | null
  /** `constructor` is what hosts of IdentityServer4 call, `loader` its successor since .NET 9. */
  readonly loader: 'constructor' | 'loader'
  /** Writes it again as .NET does. */
  readonly export?: {
    readonly file: string
    readonly password: string | null
    readonly kind: 'Pkcs12TripleDesSha1' | 'Pbes2Aes256Sha256'
  }
}

export type DotnetAnswer =
  | { readonly error: string }
  | {
      readonly error: null
      readonly thumbprint: string
      readonly subject: string
      readonly hasPrivateKey: boolean
      readonly key: string | null
      /** Base64. */
      readonly signature: string | null
    }

/** Has .NET open all of these files, in one process. */
export async function askDotnet(requests: readonly DotnetRequest[]): Promise<readonly DotnetAnswer[]> {
  const program = join(await buildDotnet({ name: 'pfx-reader', project: 'pfx-reader.csproj' }), 'published')
  const { stdout, stderr, exitCode } = await processes.run({
    command: 'dotnet',
    args: [join(program, 'pfx-reader.dll')],
    stdin: JSON.stringify(requests),
  })
  if (exitCode !== 0) throw new Error(`pfx-reader ended with ${exitCode}: ${stderr}`)
  return JSON.parse(stdout) as DotnetAnswer[]
}

/** .NET opens each file in both of its ways, with no password and with an empty one, and signs with its key. */
export async function dotnetOpens(
  files: readonly { readonly file: string; readonly expected: Expected }[],
): Promise<void> {
  const ways = [null, ''].flatMap((password) =>
    (['constructor', 'loader'] as const).map((loader) => ({ password, loader })),
  )
  const asked = files.flatMap(({ file, expected }) => ways.map((way) => ({ file, expected, ...way })))
  const answers = await askDotnet(asked.map(({ file, password, loader }) => ({ file, password, loader })))
  expect(answers).toHaveLength(asked.length)
  for (const [at, { file, expected, loader, password }] of asked.entries())
    expectAnswer(`.NET, ${loader}, ${JSON.stringify(password)}: ${file}`, answers[at]!, expected)
}

/** Fails unless .NET found this certificate with its key and signed with it. */
function expectAnswer(about: string, answer: DotnetAnswer, expected: Expected): void {
  expect(answer, about).toMatchObject({ error: null, hasPrivateKey: true })
  if (answer.error !== null || answer.signature === null) throw new Error(`${about}: no signature`)
  const found = { thumbprint: answer.thumbprint, signature: Buffer.from(answer.signature, 'base64') }
  expectFound(about, found, expected, 'ieee-p1363')
}
