import { generateClientSecret } from '../../client/generate.ts'
import type { Answers } from '../../contract/answers.ts'
import { parseConnectionString, printConnectionString } from '../../database/connection/connection-string.ts'
import type { Made, NewDatabase } from '../../database/new-database.ts'
import type { DatabaseTarget } from '../../database/target.ts'
import { Secret } from '../../secrets/secret.ts'
import { connectionNamed } from '../../service/connection-named.ts'
import { readSettings } from '../../service/settings-read.ts'
import type { DatabaseSources } from './database-sources.ts'
import { partsOfFields } from './database-fields.ts'

/** A database that this setup is going to make, and what earlier setups into the same folder have made of it. */
export interface NewDatabaseFacts extends NewDatabaseWish {
  readonly made: Made
}

/** A database that is wanted, and who makes it. */
export interface NewDatabaseWish {
  readonly wanted: NewDatabase
  readonly password: Secret
  /** The password, where this program has made it just now. */
  readonly generated?: Secret
  /** What the service will use. */
  readonly target: DatabaseTarget
  /** The database that is always there, by the login of who may make others. For the time of the run only. */
  readonly administrator: DatabaseTarget
}

type FromNew = Extract<Answers['database'], { readonly from: 'new' }>

const MAINTENANCE = { PostgreSQL: 'postgres', MsSqlServer: 'master' } as const

/**
 * What answers with `from: "new"` ask for. `generate` keeps the password that the settings in the target folder hold for
 * that login: the service that stands there logs in by it.
 * @throws SetupError with the answer's path: `secret.*`, `database.*`
 */
export async function newDatabaseOf(database: FromNew, sources: DatabaseSources): Promise<NewDatabaseWish> {
  const { references, hide, settings, drivers } = sources
  const { provider, server, port, user, options = '' } = database
  const wanted: NewDatabase = {
    provider,
    server,
    ...(port === undefined ? {} : { port }),
    database: database.database,
    user,
    options,
  }
  const given =
    database.password === 'generate'
      ? undefined
      : await references.open(database.password, 'database.password')
  const kept = given ? undefined : settings && keptPassword(settings, wanted)
  const generated = given || kept ? undefined : generatedFor(wanted, sources)
  const password = (given ?? kept ?? generated)!
  hide(password)
  const administrator = await references.open(
    database.administrator.password,
    'database.administrator.password',
  )
  const own = partsOfFields(wanted, password, 'database')
  const admin = partsOfFields(
    { ...wanted, database: MAINTENANCE[provider], user: database.administrator.user },
    administrator,
    'database.administrator',
  )
  const more = drivers ? { drivers } : {}
  return {
    wanted,
    password,
    ...(generated ? { generated } : {}),
    target: { provider, connectionString: printConnectionString(own), ...more },
    administrator: { provider, connectionString: printConnectionString(admin), ...more },
  }
}

/**
 * A password of the length and the kinds of characters that SQL Server's policy asks for, too. The same for as long as
 * this program runs: plans that are made again are the same, and a login that is made already keeps it.
 * https://learn.microsoft.com/sql/relational-databases/security/password-policy
 */
function generatedFor(
  { server, database, user }: NewDatabase,
  { machine, references, vault }: DatabaseSources,
): Secret {
  // Not the name of a password that was typed: that one has to be there when the installer changes back to it.
  const name = `database.generated ${JSON.stringify([server, database, user])}`
  const held = references.held(`vault:${name}`, 'database.password')
  if (held) return held
  const made = generateClientSecret(machine.random)
  return vault?.put(name, made.open()) ?? made
}

/** The password in settings for the same login and database; undefined where they name others or cannot be read. */
function keptPassword(settings: Uint8Array, { provider, database, user }: NewDatabase): Secret | undefined {
  try {
    const named = connectionNamed((key) => readSettings(settings).value(key))
    if (named.provider !== provider) return undefined
    const parts = parseConnectionString(new Secret(named.connectionString), provider)
    return parts.user === user && parts.database === database ? parts.password : undefined
  } catch {
    return undefined
  }
}
