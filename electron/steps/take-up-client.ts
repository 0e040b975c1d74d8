import { SetupError } from '../contract/problem.ts'
import { secretMatches } from '../database/secret-matches.ts'
import type { Machine } from '../machine/machine.ts'
import type { Secret } from '../secrets/secret.ts'
import { readClients, type ClientEntry } from '../service/clients.ts'
import type { Found, Step } from '../setup/step.ts'
import { seenByAdministrator } from './administrator-view.ts'
import { awaitClient } from './await-client.ts'
import { type ClientService, lookAtClient, proveRow, type WantedRow } from './client-look.ts'
import type { AskedService } from './explain-failure.ts'
import {
  type Restart,
  restartCommands,
  type RestartedService,
  restartService,
  type ServiceBefore,
  serviceBefore,
  startAgain,
  stopService,
} from './service-control.ts'
import { withDatabase } from './service-database.ts'
import { nameOf } from './service-place.ts'
import type { ServiceFiles } from './service-settings.ts'
import { inSeconds } from './token-account.ts'

export interface TakeUpClientInput extends RestartedService, AskedService {
  readonly restart: Exclude<Restart, { readonly how: 'recreate-container' }>
  /** PEM file of an HTTPS certificate to trust. */
  readonly trust?: string
  readonly service: ServiceFiles
  /** The file that the service has its clients from. */
  readonly settings: string
  readonly client: {
    readonly id: string
    /** Missing where it was not seen; then nothing can be carried out. */
    readonly secret?: Secret
    readonly scopes: readonly string[]
    readonly grantTypes: readonly string[]
  }
  /** The client that goes. Its secret is missing where it is not known, or the client keeps it. */
  readonly former: { readonly id: string; readonly secret?: Secret }
  /** `Clients.Id` of the row that has to go. */
  readonly row?: number
  /** Milliseconds to wait at most, after the restart and, when it is taken back, after that one. */
  readonly patienceMs: number
}

interface TakeUpUndo {
  readonly before: ServiceBefore
  readonly service: AskedService & { readonly trust?: string }
  readonly files: ServiceFiles
  /** Where the former client’s secret stands when everything is taken back. */
  readonly settings: string
  readonly formerId: string
  readonly patienceMs: number
}

/**
 * Restarts the service so that it makes the client anew from its settings, and proves that it accepts the new one and
 * no longer the former.
 */
export const takeUpClient: Step<TakeUpClientInput, TakeUpUndo> = {
  kind: 'take-up-client',

  inspect: (input, { machine }) => seenByAdministrator(() => compare(machine, input)),

  preview: (input) => ({
    detail: 'restart',
    commands: restartCommands(input),
    notes: [
      `The service makes the client ${input.client.id} from its settings when it starts.`,
      'Tokens that were issued before stay valid until they run out, AccessTokenLifetime: 3600 s unless it was changed.',
      'The summary says how long after the restart a token could be fetched again.',
    ],
  }),

  async apply(input, context) {
    const { machine } = context
    const { patienceMs, settings, former, place, localUrl, known, trust, service: files } = input
    const asked = serviceOf(input)
    const before = await serviceBefore(machine, input)
    const service = {
      place,
      localUrl,
      ...(known === undefined ? {} : { known }),
      ...(trust === undefined ? {} : { trust }),
    }
    await context.willUndo({ before, service, files, settings, formerId: former.id, patienceMs })
    context.progress(0, 'restarting the service')
    const started = machine.clock.monotonic()
    await restartService(machine, input.restart, before)
    const proven = await awaitClient(context, asked, patienceMs)
    const took = inSeconds(machine.clock.monotonic() - started)
    return proven.token
      ? `The client ${input.client.id} gets a token, ${took} after the restart began${input.former.secret ? '; the former ID and secret get invalid_client' : ''}.`
      : `The service knows the client ${input.client.id}, ${took} after the restart began; it may not have a token for itself.`
  },

  async verify(input, { machine }) {
    const look = await lookAtClient(machine, serviceOf(input))
    if (look.state === 'former-works') throw formerWorks(input.former.id)
    if (look.state !== 'proven') throw new SetupError(look.problem)
    const key = await proveRow(machine, rowOf(input))
    return `the client is row ${key} of Clients, its secret fits, ${look.token ? 'and it gets a token' : 'and the service knows it'}`
  },

  /** A service that starts while its files and rows change would make the wrong client. */
  async undo({ before, service }, { machine }) {
    await stopService(machine, before)
    return `${nameOf(service.place)} is stopped until its former client is back.`
  },

  /** Only now: the former rows and settings are back. */
  async settle({ before, service, files, settings, formerId, patienceMs }, context) {
    const { machine } = context
    const name = nameOf(service.place)
    if (!(await startAgain(machine, before))) return `${name} did not run and stays stopped.`
    const bytes = await machine.files.read(settings)
    const former = bytes && readClients(bytes, settings).find(({ id }) => id === formerId)
    if (!former || former.secrets.length === 0)
      return `${name} runs again; the settings hold no secret of ${formerId}.`
    const secret = await secretInUse(machine, files, former)
    if (!secret)
      return `${name} runs again; the settings hold another secret of ${formerId} than the database, as before, so it was not asked for a token.`
    const mayAsk = former.grantTypes.includes('client_credentials')
    await awaitClient(context, { ...service, client: { id: formerId, secret, mayAsk } }, patienceMs)
    return `${name} runs again, and ${mayAsk ? `${formerId} gets a token` : `knows ${formerId}`} as before.`
  },
}

/** The secret of the settings by which the service knows a client: they may have been edited since it was made. */
async function secretInUse(
  machine: Machine,
  files: ServiceFiles,
  { id, secrets }: ClientEntry,
): Promise<Secret | undefined> {
  const row = await withDatabase(machine, files, (database) => database.client(id)).catch(() => undefined)
  // One that is missing is made from the settings; of one that cannot be read the service itself tells.
  if (!row) return secrets[0]
  return secrets.find((secret) => row.secrets.some(({ value }) => secretMatches(secret, value)))
}

async function compare(machine: Machine, input: TakeUpClientInput): Promise<Found> {
  if (!input.client.secret)
    return {
      state: 'unknown',
      evidence: ['Only an administrator can look; it is looked at before anything is changed.'],
    }
  const key = await proveRow(machine, rowOf(input)).catch((error: unknown) => {
    if (error instanceof SetupError && error.problem.code.startsWith('client.')) return error.problem.what
    throw error
  })
  if (typeof key === 'string') return { state: 'differs', evidence: [key] }
  const look = await lookAtClient(machine, serviceOf(input))
  if (look.state === 'proven')
    return { state: 'as-wanted', evidence: [`The service accepts the client ${input.client.id}.`] }
  return {
    state: 'differs',
    evidence: ['problem' in look ? look.problem.what : formerWorks(input.former.id).problem.what],
  }
}

function serviceOf({ client, former, localUrl, place, trust, known }: TakeUpClientInput): ClientService {
  const { id, secret, grantTypes } = client
  return {
    localUrl,
    place,
    ...(trust === undefined ? {} : { trust }),
    ...(known === undefined ? {} : { known }),
    client: { id, secret: secretOf(secret, id), mayAsk: grantTypes.includes('client_credentials') },
    ...(former.secret ? { former: { id: former.id, secret: former.secret } } : {}),
  }
}

function rowOf({ service, client, former, row }: TakeUpClientInput): WantedRow {
  const { id, scopes, grantTypes } = client
  return {
    service,
    id,
    secret: secretOf(client.secret, id),
    scopes,
    grantTypes,
    formerId: former.id,
    ...(row === undefined ? {} : { row }),
  }
}

function secretOf(secret: Secret | undefined, id: string): Secret {
  if (secret) return secret
  throw new SetupError({
    code: 'step.unknown',
    what: `The secret of the client ${id} was not seen.`,
    next: 'Start the setup with administrator rights.',
    untouched: 'Nothing was restarted.',
  })
}

function formerWorks(id: string): SetupError {
  return new SetupError({
    code: 'client.former-works',
    what: `The service still gives tokens to the former client ${id}.`,
    next: 'Restart the service, and check that it uses this database.',
  })
}
