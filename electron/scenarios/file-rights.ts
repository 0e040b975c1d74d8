import { join } from 'node:path'
import type { WantedRights } from '../windows/rights.ts'
import { WELL_KNOWN } from '../windows/sids.ts'

/** The account that worker processes run as. */
export interface PoolAccount {
  readonly sid: string
  readonly name: string
}

const KEEPERS = [
  { sid: WELL_KNOWN.system, name: 'SYSTEM', rights: 'F' },
  { sid: WELL_KNOWN.administrators, name: 'Administrators', rights: 'F' },
] as const

/** A file with secrets: for the account that needs it, and otherwise for administrators and Windows alone. */
export function secretFileRights(path: string, account: PoolAccount): WantedRights {
  return { path, kind: 'file', exact: true, grants: [...KEEPERS, { ...account, rights: 'R' }] }
}

/** A file with secrets that the service has no need of. */
export function administratorsFile(path: string): WantedRights {
  return { path, kind: 'file', exact: true, grants: KEEPERS }
}

/** A folder for files that Windows writes while it is asked; private to this user. */
export function scratchFolder(stateFolder: string): string {
  return join(stateFolder, 'scratch')
}
