import { besidePfx } from '../../certificate/write-files.ts'
import type { SigningCertificateAnswers } from '../../contract/certificate.ts'
import type { WantedRights } from '../../windows/rights.ts'
import { administratorsFile, secretFileRights, type PoolAccount } from '../file-rights.ts'
import type { Layout } from './layout.ts'

/** The rights of the pool's account on the service's files. */
export function wantedRights(
  account: PoolAccount,
  layout: Layout,
  { pem }: SigningCertificateAnswers,
): WantedRights[] {
  const grant = (rights: 'R' | 'RX' | 'M') => [{ ...account, rights }]
  return [
    { path: layout.target, kind: 'folder', exact: false, grants: grant('RX') },
    { path: layout.logs, kind: 'folder', exact: false, grants: grant('M') },
    secretFileRights(layout.pfx, account),
    secretFileRights(layout.settings, account),
    ...(pem ? [administratorsFile(besidePfx(layout.pfx).key)] : []),
  ]
}
