import type { WantedRights } from '../../windows/rights.ts'
import { WELL_KNOWN } from '../../windows/sids.ts'
import type { Layout } from './layout.ts'
import type { WebsiteFacts } from './website-facts.ts'

type Account = WebsiteFacts['account']

/** A file with secrets: for the account that needs it, and otherwise for administrators and Windows alone. */
export function secretFileRights(path: string, account: Account): WantedRights {
  return {
    path,
    kind: 'file',
    exact: true,
    grants: [
      { sid: WELL_KNOWN.system, name: 'SYSTEM', rights: 'F' },
      { sid: WELL_KNOWN.administrators, name: 'Administrators', rights: 'F' },
      { ...account, rights: 'R' },
    ],
  }
}

/** The rights of the pool's account on the service's files. */
export function wantedRights(account: Account, layout: Layout): WantedRights[] {
  const grant = (rights: 'R' | 'RX' | 'M') => [{ ...account, rights }]
  return [
    { path: layout.target, kind: 'folder', exact: false, grants: grant('RX') },
    { path: layout.logs, kind: 'folder', exact: false, grants: grant('M') },
    secretFileRights(layout.pfx, account),
    secretFileRights(layout.settings, account),
  ]
}
