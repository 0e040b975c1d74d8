import { readFileSync } from 'node:fs'
import type { Provider } from '../../../electron/contract/database.ts'

/** A connection string as it is met, and what is to be read in it. Passwords are throw-away. */
export interface ConnectionFixture {
  readonly name: string
  readonly text: string
  /** The public page that it comes from, or why it is here. */
  readonly source: string
  readonly provider: Provider | 'Oracle' | 'unknown'
  /** `good`: written as it is; `changed`: written as `written`; `refused`: the service cannot use it. */
  readonly verdict: 'good' | 'changed' | 'refused'
  readonly expect: {
    readonly server: string
    readonly port?: number
    readonly database: string
    readonly user: string
    readonly windowsLogin?: boolean
    /** By the driver's own name of the keyword. */
    readonly options?: Readonly<Record<string, string>>
  }
  readonly written?: string
}

const folder = new URL('../../fixtures/connection-strings/', import.meta.url)

/** All of them, in the order of the files. */
export const connectionFixtures: readonly ConnectionFixture[] = ['postgresql', 'sql-server', 'other'].flatMap(
  (name) => JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as ConnectionFixture[],
)
