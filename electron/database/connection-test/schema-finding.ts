import type { IdentityTables } from '../identity-tables.ts'
import type { Finding } from './layers.ts'

/** Layer "schema": judges which tables of the service are already there. */
export function judgeTables(tables: IdentityTables): Finding {
  if (tables.version === 'none')
    return { state: 'passed', summary: 'No tables of the service yet; it creates them at its first start' }
  const found = foundTables(tables)
  if (tables.version === 'partly')
    return {
      state: 'warning',
      summary: `${found}, but not all it needs`,
      cause: `Missing: ${tables.missing.join(', ')}. An earlier installation stopped half-way, or something else uses these names.`,
      remedy: { text: 'Check where these tables come from before the service is started on them.' },
    }
  if (tables.version === 'v3')
    return {
      state: 'warning',
      summary: `${found}, of an older version`,
      cause: 'They have the names of IdentityServer4 version 3; the service changes them at its first start.',
      remedy: { text: 'Back up the database before the service is started on it.' },
    }
  return { state: 'passed', summary: `${found}, from an earlier installation` }
}

/** What is there in a few words, such as `23 tables of the service, 1 client`. */
export function foundTables({ present, clients }: IdentityTables): string {
  return `${count(present.length, 'table')} of the service${clients === undefined ? '' : `, ${count(clients, 'client')}`}`
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
