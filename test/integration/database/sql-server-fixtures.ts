import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { withParts } from '../../../electron/database/connection/connection-string.ts'
import type { DatabaseTarget } from '../../../electron/database/target.ts'
import { testConnection } from '../../../electron/database/connection-test/test-connection.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { startIdentityResponder } from '../../doubles/sql-server/identity/responder.ts'
import { installedState, type IdentityState } from '../../doubles/sql-server/identity/state.ts'
import type { Responder } from '../../doubles/sql-server/server.ts'

const run = promisify(execFile)

/** An administrator's connection string of a real server, such as `Data Source=…;User ID=sa;Password=…;…`. */
export const REAL_SERVER = process.env['TEST_SQLSERVER_URL']

/** The name of tests that only a real server can pass; none where there is no such server. */
export const onReal = (name: string): readonly string[] => (REAL_SERVER === undefined ? [] : [name])

export type IdentityResponder = Responder<IdentityState>

/** Where a responder is to be found; keywords given win. */
export function at({ port }: { readonly port: number }, more = '', password = 'canary'): DatabaseTarget {
  const text = `Data Source=127.0.0.1,${port};Initial Catalog=creatio;User ID=identity;Password=${password};Encrypt=False;${more}`
  return { provider: 'MsSqlServer', connectionString: new Secret(text) }
}

/** The real server's administrator in one of its databases. */
export function real(database: string): DatabaseTarget {
  const connectionString = withParts(new Secret(REAL_SERVER ?? ''), { database }, 'MsSqlServer')
  return { provider: 'MsSqlServer', connectionString }
}

/**
 * Lets the grammar read what a connection test sends, so that no time-out under test counts it: the first statement of a
 * kind takes some hundred milliseconds.
 */
export async function readConnectionTest(): Promise<void> {
  const responder = await startIdentityResponder(installedState())
  await testConnection(realMachine(), at(responder), { timeoutMs: 50_000 })
  await responder.close()
}

export interface Certificates {
  readonly folder: string
  readonly caFile: string
  /** Issued by the authority, to `localhost` and nobody else. */
  readonly issued: { readonly key: string; readonly cert: string }
  readonly selfSigned: { readonly key: string; readonly cert: string }
  remove(): Promise<void>
}

export async function makeCertificates(): Promise<Certificates> {
  const folder = await mkdtemp(join(tmpdir(), 'sql-server-tls-'))
  const file = (name: string): string => join(folder, name)
  const openssl = (...args: readonly string[]): Promise<unknown> => run('openssl', [...args])
  const request = ['req', '-newkey', 'rsa:2048', '-nodes', '-days', '30']
  await writeFile(file('names'), 'subjectAltName=DNS:localhost')
  await openssl(
    ...request,
    '-x509',
    '-keyout',
    file('ca.key'),
    '-out',
    file('ca.pem'),
    '-subj',
    '/CN=Test Authority',
  )
  await openssl(...request, '-keyout', file('key.pem'), '-out', file('csr.pem'), '-subj', '/CN=localhost')
  const issuer = [
    '-CA',
    file('ca.pem'),
    '-CAkey',
    file('ca.key'),
    '-CAcreateserial',
    '-extfile',
    file('names'),
  ]
  await openssl('x509', '-req', '-days', '30', '-in', file('csr.pem'), ...issuer, '-out', file('cert.pem'))
  const self = ['-addext', 'subjectAltName=DNS:localhost', '-subj', '/CN=localhost']
  await openssl(...request, '-x509', ...self, '-keyout', file('self.key'), '-out', file('self.pem'))
  const pair = async (key: string, cert: string): Promise<Certificates['issued']> => ({
    key: await readFile(file(key), 'utf8'),
    cert: await readFile(file(cert), 'utf8'),
  })
  return {
    folder,
    caFile: file('ca.pem'),
    issued: await pair('key.pem', 'cert.pem'),
    selfSigned: await pair('self.key', 'self.pem'),
    remove: () => rm(folder, { recursive: true }),
  }
}
