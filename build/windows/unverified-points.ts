import { SQL_TYPES } from './sql-types.ts'

/** What the code marks as `Unverified on a real server:` in one file, and what would settle it. */
export interface Point {
  readonly file: string
  /** Names of recordings. */
  readonly settledBy: readonly string[]
  /** Scripts of this workflow that fail when it is otherwise. */
  readonly provenBy?: readonly string[]
  /** Why neither settles all of it. */
  readonly open?: string
}

const ENGLISH_ONLY = 'The images of GitHub are English.'
const ELEVATED_ONLY = 'Jobs on the images of GitHub are elevated.'
const IIS = 'electron/iis'
const WINDOWS = 'electron/windows'
const TOOLS = 'electron/practice/windows/tools'

/** By file, so that a point which is added to the code is missed here. */
export const POINTS: readonly Point[] = [
  at('electron/client/limits.ts', [], 'It takes the vendor’s service, which nobody may hand to GitHub.'),
  at('electron/creatio/creatio-version.ts', [], 'It takes a Creatio, which nobody may hand to GitHub.'),
  at(
    'electron/database/sql-server/columns.ts',
    SQL_TYPES.map(({ name }) => name),
  ),
  {
    file: 'electron/database/sql-server/create.ts',
    settledBy: [],
    provenBy: ['change-client.ts', 'sql-server-tests.ts'],
  },
  at('electron/database/sql-server/server-finding.ts', [], 'Express has no availability groups.'),
  at(
    'electron/docker/host-path.ts',
    [],
    'The images of GitHub run Windows containers, without Docker Desktop.',
  ),
  at(`${IIS}/appcmd-xml.ts`, ['pools-none']),
  at(`${IIS}/binding.ts`, ['site-ipv6-added', 'site-ipv6-removed']),
  at(`${IIS}/module.ts`, ['modules']),
  at(`${IIS}/pool.ts`, ['pool']),
  at(`${IIS}/pools.ts`, ['pool-letters', 'pool-letters-as-text']),
  at(`${IIS}/redirect.ts`, ['redirect']),
  at(`${IIS}/run-state.ts`, ['twin-started', 'twin-started-on-a-taken-port']),
  at(`${IIS}/site-change.ts`, ['site-bindings-set', 'site-bindings']),
  at(`${WINDOWS}/acl-file.ts`, ['rights-saved']),
  at(`${WINDOWS}/batch-logon.ts`, ['user-rights-export'], ELEVATED_ONLY),
  at(`${WINDOWS}/bundle.ts`, ['hosting-bundle']),
  at(`${WINDOWS}/certificates.ts`, ['pfx-wrong-password'], ELEVATED_ONLY),
  at(`${WINDOWS}/elevate.ts`, [], 'It takes a policy, and somebody at the prompt.'),
  at(`${WINDOWS}/features.ts`, ['feature-unknown']),
  at(`${WINDOWS}/reading.ts`, ['json-of-lists']),
  at(`${WINDOWS}/sids.ts`, ['account-beyond-ascii', 'account-beyond-ascii-saved']),
  at(`${WINDOWS}/ssl-binding-list.ts`, ['sslcert', 'sslcert-missing']),
  at(`${WINDOWS}/ssl-bindings.ts`, [], 'It takes a binding whose certificate can be lost.'),
  at(`${WINDOWS}/tool.ts`, ['event', 'events-none']),
  at(
    'electron/scenarios/change-client/warnings.ts',
    [],
    'It takes a Creatio, which nobody may hand to GitHub.',
  ),
  at('electron/steps/client-look.ts', [], 'It takes the vendor’s service, which nobody may hand to GitHub.'),
  at('electron/practice/windows/site/events.ts', ['site-whose-pool-cannot-log-on', 'events-of-was']),
  at('electron/practice/windows/site/tls.ts', [], 'It takes one port with two certificates.'),
  at(
    'electron/practice/windows/state.ts',
    [
      'pool-missing',
      'site-ipv6-added',
      'pool-set-by-input',
      'site-bindings',
      'redirect-of-a-deleted-site',
      'pool-letters',
      'pool-bare',
      'pool-started-again',
      'pool-stopped-again',
    ],
    'Whether objects are added while WAS is stopped would stop every site.',
  ),
  at(`${TOOLS}/appcmd/add.ts`, ['pool-added-without-config', 'pool-bare']),
  at(`${TOOLS}/appcmd/backup.ts`, ['backup-added', 'backup-deleted']),
  at(`${TOOLS}/appcmd/failure.ts`, ['pool-unknown-attribute', 'pool-without-key', 'pool-wrong-value']),
  at(`${TOOLS}/appcmd/input.ts`, ['pool-with-letters', 'pool-letters']),
  at(`${TOOLS}/appcmd/objects.ts`, ['modules']),
  at(`${TOOLS}/appcmd/output.ts`, ['pools-none']),
  at(`${TOOLS}/appcmd/run-states.ts`, [
    'pool-started-again',
    'pool-stopped-again',
    'pool-recycled-while-stopped',
    'twin-started-on-a-taken-port',
  ]),
  at(`${TOOLS}/appcmd/words.ts`, [], ENGLISH_ONLY),
  at(`${TOOLS}/certutil.ts`, [
    'pfx-aes-256-dump',
    'pfx-3des-dump',
    'pfx-wrong-password-dump',
    'pfx-missing-dump',
  ]),
  at(`${TOOLS}/console.ts`, ['sslcert'], 'The images of GitHub are the newer builds.'),
  at(`${TOOLS}/dism.ts`, ['feature-unknown']),
  at(`${TOOLS}/event-xml.ts`, ['event', 'events-of-was']),
  at(`${TOOLS}/fltmc.ts`, ['file-system-filters'], ELEVATED_ONLY),
  at(`${TOOLS}/icacls.ts`, ['rights-handed-down-on-a-file']),
  at(
    `${TOOLS}/netsh-sslcert.ts`,
    ['sslcert-json', 'sslcert-name-without-store'],
    'Older builds are not among the images of GitHub.',
  ),
  at(`${TOOLS}/registry-view.ts`, ['sslcert-registry'], 'Names stand there only with a binding by name.'),
  at(`${TOOLS}/scripts/import-certificate.ts`, ['pfx-wrong-password']),
  at(`${TOOLS}/secedit.ts`, ['user-rights-export'], ELEVATED_ONLY),
  at(`${TOOLS}/wevtutil.ts`, ['event', 'events-none', 'events-none-with-root']),
  at('resources/windows/script-functions.ps1', ['pfx-ecdsa-made-by-windows']),
]

/** The points with the recordings that are there. */
export function pointsWith(recordings: readonly { readonly name: string }[]): readonly Point[] {
  const names = recordings.map(({ name }) => name)
  return POINTS.map((point) => ({
    ...point,
    settledBy: point.settledBy.filter((name) => names.includes(name)),
  }))
}

function at(file: string, settledBy: readonly string[], open?: string): Point {
  return { file, settledBy, ...(open === undefined ? {} : { open }) }
}
