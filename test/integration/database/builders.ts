import { join } from 'node:path'
import type { Provider } from '../../../electron/contract/database.ts'
import { SetupError } from '../../../electron/contract/problem.ts'
import { parseConnectionString } from '../../../electron/database/connection/connection-string.ts'
import { notesOn } from '../../../electron/database/connection/notes.ts'
import { problemsIn } from '../../../electron/database/connection/problems.ts'
import { serviceForm } from '../../../electron/database/connection/service-form.ts'
import { realProcesses } from '../../../electron/machine/processes.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { buildDotnet } from '../../system/support/dotnet-build.ts'

const processes = realProcesses()

export interface BuilderRequest {
  /** `Ado`: the rules of quoting alone, with any keywords. */
  readonly provider: Provider | 'Ado'
  readonly text: string
}

/** What the driver's own class reads; see `test/doubles/connection-builders`. */
export interface Reading {
  /** The class that would open the connection takes the text too. */
  readonly ok: boolean
  /** By the driver's name of the keyword; missing when the class that reads connection strings refuses the text. */
  readonly values?: Readonly<Record<string, string>>
  readonly defaults?: Readonly<Record<string, string>>
  readonly goesTo?: string
  readonly error?: string
}

/** The first question builds the program; a busy machine takes minutes for it. Milliseconds. */
export const BUILDING_MS = 300_000

/** Has the drivers' own classes read all of these, in one process. */
export async function askBuilders(requests: readonly BuilderRequest[]): Promise<readonly Reading[]> {
  const home = await buildDotnet({ name: 'connection-builders', project: 'connection-builders.csproj' })
  const { stdout, stderr, exitCode } = await processes.run({
    command: 'dotnet',
    args: [join(home, 'published', 'connection-builders.dll')],
    stdin: requests.map((request, id) => `${JSON.stringify({ id, ...request })}\n`).join(''),
  })
  if (exitCode !== 0) throw new Error(`connection-builders ended with ${exitCode}: ${stderr}`)
  const answers = stdout.trimEnd().split('\n')
  if (answers.length !== requests.length)
    throw new Error(`connection-builders gave ${answers.length} answers to ${requests.length} requests.`)
  return answers.map((line) => JSON.parse(line) as Reading)
}

export interface Judged {
  readonly verdict: 'good' | 'changed' | 'refused'
  /** What would be written for the service; missing when the text cannot be read at all. */
  readonly written?: string
  /** What the refusal says. */
  readonly why?: string
}

/** What this program makes of a connection string before anything is connected. */
export function judge(text: string, provider: Provider): Judged {
  try {
    const written = serviceForm(new Secret(text), provider).connectionString.open()
    const problem =
      problemsIn(parseConnectionString(written, provider))[0]?.what ??
      notesOn(new Secret(text), provider).find(({ level }) => level === 'error')?.text
    if (problem !== undefined) return { verdict: 'refused', written, why: problem }
    return { verdict: written === text ? 'good' : 'changed', written }
  } catch (error) {
    if (error instanceof SetupError) return { verdict: 'refused', why: error.message }
    throw error
  }
}
