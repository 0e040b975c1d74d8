import type { Machine } from '../../machine/machine.ts'
import { listInstallations, type Installation } from '../../service/installation.ts'
import { interruptedRuns, type Journal, type UndoEntry } from '../../setup/journal.ts'
import { bindCertificate } from '../../steps/bind-certificate.ts'
import { configurePool } from '../../steps/configure-pool.ts'
import { configureSite } from '../../steps/configure-site.ts'
import { redirectHttp } from '../../steps/redirect-http.ts'

/**
 * What earlier setups into the same folder made in IIS and HTTP.sys, as `site:NAME`, `pool:NAME` and
 * `certificate:ENDPOINT`, in lower case. A setup that came to its end has a record; one that was interrupted has made
 * what its journal would take away again, so that the setup which goes on with it does not take that for somebody
 * else's.
 */
export async function madeBefore(
  machine: Machine,
  stateFolder: string,
  target: string,
): Promise<ReadonlySet<string>> {
  const [installations, { journals }] = await Promise.all([
    listInstallations(machine, stateFolder),
    interruptedRuns(machine, stateFolder),
  ])
  const made = [
    ...installations.filter((each) => each.target === target).flatMap(recorded),
    ...journals.filter((journal) => targetOf(journal) === target).flatMap(journalled),
  ]
  return new Set(made.map((each) => each.toLowerCase()))
}

function recorded({ website }: Installation): readonly string[] {
  if (!website) return []
  const { pool, site, redirectSite, endpoint } = website
  return [
    `pool:${pool}`,
    `site:${site}`,
    ...(redirectSite === undefined ? [] : [`site:${redirectSite}`]),
    ...(endpoint === undefined ? [] : [`certificate:${endpoint}`]),
  ]
}

/** By the kind of the step: what its undo record names, and the word for it. */
const KINDS: Readonly<Record<string, readonly ['name' | 'endpoint', string]>> = {
  [configurePool.kind]: ['name', 'pool'],
  [configureSite.kind]: ['name', 'site'],
  [redirectHttp.kind]: ['name', 'site'],
  [bindCertificate.kind]: ['endpoint', 'certificate'],
}

function journalled(journal: Journal): readonly string[] {
  return journal.undoEntries().flatMap(addedBy)
}

/** What an undo record would remove; what it would change back was there before, and is not this setup's. */
function addedBy({ kind, record }: UndoEntry): readonly string[] {
  const known = KINDS[kind]
  if (!known) return []
  const [key, word] = known
  const entry = record as Readonly<Record<string, unknown>>
  const name = entry[key]
  return typeof name === 'string' && entry['former'] === undefined ? [`${word}:${name}`] : []
}

/** The folder of the service in answers of whatever scenario and version a journal holds. */
export function targetOf({ head }: Journal): unknown {
  const { service, installation } = (head.answers ?? {}) as Readonly<Record<string, Folder | undefined>>
  return service?.target ?? installation?.target
}

interface Folder {
  readonly target?: unknown
}
