import { secretMatches } from '../../database/secret-matches.ts'
import type { Machine } from '../../machine/machine.ts'
import type { Secret } from '../../secrets/secret.ts'
import { readClients } from '../../service/clients.ts'
import { interruptedRuns, type Journal } from '../../setup/journal.ts'
import { readKeptRows } from '../../steps/kept-rows.ts'
import { BACK_UP_CLIENT } from './removal.ts'

/** A client that an interrupted run was to change. */
interface FormerClientOfRun {
  /** The settings file that the run has written. */
  readonly settings: string
  readonly id: string
  /** `Clients.Id`. */
  readonly row: number
}

/**
 * The secret that an interrupted run has written over: out of its copy of the settings, where it opens the rows that the
 * run has kept. By it the service is asked whether it still knows the former client. Undefined where there is none;
 * never rejects, as nothing but that proof depends on it.
 */
export async function formerSecret(
  machine: Machine,
  stateFolder: string,
  client: FormerClientOfRun,
): Promise<Secret | undefined> {
  const { journals } = await interruptedRuns(machine, stateFolder).catch(() => ({ journals: [] }))
  for (const journal of journals) {
    const found = await secretIn(machine, journal, client).catch(() => undefined)
    if (found) return found
  }
  return undefined
}

async function secretIn(
  machine: Machine,
  { lines }: Journal,
  { settings, id, row }: FormerClientOfRun,
): Promise<Secret | undefined> {
  const written = lines.flatMap((line) => (line.type === 'wrote' ? [line] : []))
  const hashes: unknown[] = []
  for (const { file } of written.filter(({ step }) => step === BACK_UP_CLIENT)) {
    const kept = await readKeptRows(machine, file.path)
    if (kept.clientId === id && kept.key === row)
      hashes.push(...(kept.tables.find(isSecrets)?.rows ?? []).map((each) => each['Value']))
  }
  for (const { file } of written) {
    if (file.path !== settings || file.backup === undefined) continue
    const bytes = await machine.files.read(file.backup)
    const former = bytes && readClients(bytes, file.backup).find((entry) => entry.id === id)
    const fitting = former?.secrets.find((secret) =>
      hashes.some((hash) => typeof hash === 'string' && secretMatches(secret, hash)),
    )
    if (fitting) return fitting
  }
  return undefined
}

function isSecrets({ table }: { readonly table: string }): boolean {
  return table === 'ClientSecrets'
}
