import { join, resolve } from 'node:path'
import { parseSubject } from '../../certificate/subject.ts'
import { validity } from '../../certificate/validity.ts'
import { checkClientId, checkClientName, checkClientSecret, type Verdict } from '../../client/check.ts'
import { generateClientId, generateClientSecret } from '../../client/generate.ts'
import type { FieldNote } from '../../contract/views.ts'
import { problemOf } from '../../contract/problem.ts'
import { parseConnectionString } from '../../database/connection/connection-string.ts'
import { lookAtEngine } from '../../docker/engine.ts'
import { hostSeenFromContainer } from '../../docker/host-in-container.ts'
import { lookAtPort } from '../../docker/ports.ts'
import { looksGenerated, ownClients } from '../../scenarios/new-installation/client-facts.ts'
import { Secret } from '../../secrets/secret.ts'
import { describeSource } from '../../service/describe.ts'
import { lenient, type Draft } from './draft.ts'
import type { WizardState } from './state.ts'
import type { Handlers } from './types.ts'

type FieldCalls =
  'client.generate' | 'client.check' | 'certificate.check' | 'container.check' | 'ports.suggest'

const FIRST_HTTP = 8090
const FIRST_HTTPS = 8443

/** What is said beside fields while they are filled in. */
export function fieldHandlers(state: WizardState): Pick<Handlers, FieldCalls> {
  const { machine, session } = state
  return {
    'client.generate': async ({ which, keep }) => {
      const kept = keep ? await keptClient(state) : undefined
      const id = kept?.id ?? generateClientId(machine.random)
      if (which === 'id') return { id }
      // Only now: a secret that was typed or copied stays when another ID is made.
      const secret = kept?.secret ?? generateClientSecret(machine.random)
      session.vault.put('client.secret', secret.open())
      return { secret: 'vault:client.secret', ...(which === 'both' ? { id } : {}) }
    },

    'client.check': async ({ id, name, secret }) => [
      ...noteOf('client.id', checkClientId(id)),
      ...noteOf('client.name', checkClientName(name)),
      ...(secret === undefined ? [] : noteOf('client.secret', checkClientSecret(new Secret(secret)))),
    ],

    'certificate.check': async ({ subject, days }) => {
      const notes: FieldNote[] = []
      const tried = <T>(field: string, work: () => T): T | undefined => {
        try {
          return work()
        } catch (error) {
          const { what, next } = problemOf(error)
          notes.push({ field, level: 'error', text: `${what} ${next}` })
          return undefined
        }
      }
      const parsed = tried('certificate.subject', () => parseSubject(subject))
      const dates =
        days === undefined ? undefined : tried('certificate.days', () => validity(days, machine.clock.now()))
      return { subject: parsed?.text ?? subject, notAfter: dates?.notAfter.toISOString() ?? '', notes }
    },

    'container.check': ({ draft }) => containerNotes(state, draft),

    'ports.suggest': async () => {
      const { engine } = await lookAtEngine(machine)
      const free = async (port: number) =>
        engine ? (await lookAtPort(machine, port)).free : machine.network.portFree(port)
      const first = async (from: number) => {
        for (let port = from; port < from + 100; port++) if (await free(port)) return port
        return from
      }
      return { http: await first(FIRST_HTTP), https: await first(FIRST_HTTPS) }
    },
  }
}

function noteOf(field: string, verdict: Verdict): FieldNote[] {
  if (verdict.verdict === 'ok') return []
  const level = verdict.verdict === 'warning' ? 'warning' : 'error'
  return [{ field, level, text: `${verdict.what} ${verdict.next}` }]
}

/** A service that stands in the target already has a client: a new one made silently would lock Creatio out. */
async function keptClient({
  machine,
  looked,
  session,
}: WizardState): Promise<{ id: string; secret: Secret } | undefined> {
  const current =
    looked && (await machine.files.read(join(looked.target, 'appsettings.json')).catch(() => undefined))
  if (!looked || !current) return undefined
  // Installed from where it stands, the source's clients are no longer only the vendor's.
  const own =
    resolve(looked.source) === resolve(looked.target)
      ? ownClients(current, undefined).find(looksGenerated)
      : ownClients(current, (await describeSource(machine, looked.source)).settings)[0]
  const secret = own?.secrets[0]
  if (!own || !secret) return undefined
  session.redactor.register(secret)
  return { id: own.id, secret }
}

async function containerNotes(state: WizardState, draft: Draft): Promise<FieldNote[]> {
  const { machine } = state
  const answers = lenient(draft, machine.platform)
  const { container } = answers
  const { engine } = await lookAtEngine(machine)
  if (!container || !engine) return []
  const notes: FieldNote[] = []
  for (const [field, port] of [
    ['container.httpPort', container.httpPort],
    ['container.https.port', container.https?.port],
  ] as const) {
    if (port === undefined) continue
    const { free, container: holder } = await lookAtPort(machine, port)
    if (free || holder === container.name) continue
    notes.push({
      field,
      level: 'error',
      text: `Port ${port} is used by ${holder ? `the container ${holder}` : 'another program'}.`,
    })
  }
  const database = await state.databaseOf(answers).catch(() => undefined)
  if (!database) return notes
  const { server } = parseConnectionString(database.connectionString, database.provider)
  const { network } = container
  const seen = hostSeenFromContainer(
    container.databaseServer ?? server,
    network === undefined ? {} : { network },
    engine,
  )
  if (seen.suggestion === undefined) return notes
  const level = seen.reachable ? 'info' : 'error'
  const text = `${seen.why ?? ''} Use “${seen.suggestion}”, and let the database listen there.`.trim()
  return [...notes, { field: 'container.databaseServer', level, text, suggestion: seen.suggestion }]
}
