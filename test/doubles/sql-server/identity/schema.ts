import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A column as `sys.columns` tells it. */
export interface ScriptedColumn {
  readonly name: string
  readonly type: 'int' | 'bit' | 'nvarchar' | 'datetime2'
  readonly nullable: boolean
  readonly identity: boolean
}

export type ScriptedRow = Record<string, string | number | boolean | null>

export interface ScriptedTable {
  readonly columns: readonly ScriptedColumn[]
  /** The column that refers to `Clients`. */
  readonly client?: string
  rows: ScriptedRow[]
}

const SCHEMA = fileURLToPath(new URL('../../identity-service/Data/schema.sql', import.meta.url))

/** The tables of IdentityServer4 as the double of the service makes them, in SQL Server's types; empty. */
export function identityTables(): Record<string, ScriptedTable> {
  const tables: Record<string, ScriptedTable> = {}
  for (const [, name = '', body = ''] of readFileSync(SCHEMA, 'utf8').matchAll(
    /CREATE TABLE "(\w+)" \(\n(.+?)\n\);/gs,
  )) {
    const columns = [...body.matchAll(/^\s*"(\w+)" (.+?),?$/gm)].map(([, column = '', type = '']) =>
      columnOf(column, type),
    )
    const client = /FOREIGN KEY \("(\w+)"\) REFERENCES "Clients"/.exec(body)?.[1]
    tables[name] = { columns, rows: [], ...(client ? { client } : {}) }
  }
  return tables
}

function columnOf(name: string, declared: string): ScriptedColumn {
  return {
    name,
    type: typeOf(declared),
    nullable: !/NOT NULL|AS IDENTITY/.test(declared),
    identity: declared.includes('AS IDENTITY'),
  }
}

function typeOf(declared: string): ScriptedColumn['type'] {
  if (declared.startsWith('boolean')) return 'bit'
  if (declared.startsWith('timestamp')) return 'datetime2'
  return declared.startsWith('integer') ? 'int' : 'nvarchar'
}
