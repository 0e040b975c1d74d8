import type { ConnectionPool } from 'mssql'
import type { Finding } from '../connection-test/layers.ts'

/** Which server answers, by what every version and every service in the cloud can tell. */
export interface Engine {
  /** Such as `16.0.4175.1`. In the cloud it counts otherwise and says nothing. */
  readonly version: string
  /** https://learn.microsoft.com/sql/t-sql/functions/serverproperty-transact-sql, EngineEdition */
  readonly engine_edition: number
}

const ENGINE = `
  select cast(serverproperty('ProductVersion') as nvarchar(128)) as version,
         cast(serverproperty('EngineEdition') as int) as engine_edition`

/** SQL Server 2012, the oldest that the .NET driver takes. https://learn.microsoft.com/sql/connect/ado-net/sqlclient-driver-support-lifecycle */
const OLDEST = 11

const RELEASES: Readonly<Record<number, string>> = {
  9: '2005',
  10: '2008',
  11: '2012',
  12: '2014',
  13: '2016',
  14: '2017',
  15: '2019',
  16: '2022',
  17: '2025',
}

/** By EngineEdition. */
const IN_THE_CLOUD: Readonly<Record<number, string>> = {
  5: 'Azure SQL Database',
  6: 'Azure Synapse Analytics',
  8: 'Azure SQL Managed Instance',
  11: 'Azure Synapse Analytics (serverless)',
  12: 'SQL database in Microsoft Fabric',
}
/** Each database is by itself: no USE, no statements about another one, no settings of the server. */
const SINGLE_DATABASES = [5, 12]
/** For analysis: no foreign keys that hold, and no application’s tables. */
const WAREHOUSES = [6, 11]

/** Asks before anything that one of them may not know, such as a column of a catalog. */
export async function engineOf(pool: ConnectionPool): Promise<Engine> {
  return (await pool.query<Engine>(ENGINE)).recordset[0]!
}

/** Such as `SQL Server 2022`. */
export function engineName({ version, engine_edition }: Engine): string {
  return IN_THE_CLOUD[engine_edition] ?? `SQL Server ${RELEASES[releaseNumber({ version })] ?? version}`
}

/** Whether SQL Server of a release, such as 13 for 2016, or a later one answers. */
export function isRelease(engine: Engine, least: number): boolean {
  return IN_THE_CLOUD[engine.engine_edition] !== undefined || releaseNumber(engine) >= least
}

/** Whether one database is all that there is to see of the server. */
export function isSingleDatabase({ engine_edition }: Engine): boolean {
  return SINGLE_DATABASES.includes(engine_edition)
}

/** Why the service cannot use any database there; undefined where it can. */
export function engineRefusal(engine: Engine): Omit<Finding, 'state' | 'facts'> | undefined {
  if (WAREHOUSES.includes(engine.engine_edition))
    return {
      summary: `${engineName(engine)} is no database for an application’s tables`,
      remedy: { text: 'Use SQL Server 2016 or later, or Azure SQL Managed Instance.' },
    }
  if (!isRelease(engine, OLDEST))
    return {
      summary: `${engineName(engine)} is older than what the service’s driver takes`,
      cause: 'It takes SQL Server 2012 and later; newer builds of the service want SQL Server 2016.',
      remedy: { text: 'Use SQL Server 2016 or later.' },
    }
  return undefined
}

function releaseNumber({ version }: Pick<Engine, 'version'>): number {
  return Number.parseInt(version, 10)
}
