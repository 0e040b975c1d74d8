import { parseConnectionString } from '../../database/connection/connection-string.ts'

/** A database as a connection string names it. */
export interface NamedDatabase {
  /** For SQL Server possibly with `\instance`. */
  readonly server: string
  readonly database: string
}

/** What connection strings call the machine they are used on, and containers the one they run on. */
const THIS_MACHINE =
  /^(localhost|127(\.\d{1,3}){3}|::1|\.|\(local\)|(host|gateway)\.docker\.internal|host\.containers\.internal)$/i

/** Server and database of a connection string; undefined where it is none. */
export function databaseNamed(connectionString: string): NamedDatabase | undefined {
  try {
    const { server, database } = parseConnectionString(connectionString)
    return { server, database }
  } catch {
    return undefined
  }
}

/** Whether two connection strings mean the same database, as far as the names tell. */
export function sameDatabase(a: NamedDatabase, b: NamedDatabase): boolean {
  return a.database !== '' && a.database.toLowerCase() === b.database.toLowerCase() && host(a) === host(b)
}

function host({ server }: NamedDatabase): string {
  const [name = '', instance = ''] = server.toLowerCase().split('\\')
  return `${THIS_MACHINE.test(name) ? 'localhost' : name}\\${instance}`
}

/** Whether this is how a container calls the machine it runs on: a name that this machine itself does not know. */
export function isHostOfContainer({ server }: NamedDatabase): boolean {
  return /\.internal$/i.test(server) && THIS_MACHINE.test(server)
}
