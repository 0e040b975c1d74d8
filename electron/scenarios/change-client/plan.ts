import type { ChangeClientAnswers } from '../../contract/answers.ts'
import { HIDDEN, Secret } from '../../secrets/secret.ts'
import type { ClientChange } from '../../service/clients-change.ts'
import type { Installation } from '../../service/installation.ts'
import type { Plan } from '../../setup/plan.ts'
import { planned, type PlannedStep } from '../../setup/step.ts'
import { recordInstallation } from '../../steps/record-installation.ts'
import { placeOf } from '../../steps/service-place.ts'
import { filesOf } from '../../steps/service-settings.ts'
import { setFileRights } from '../../steps/set-rights.ts'
import { takeUpClient } from '../../steps/take-up-client.ts'
import { writeSettings } from '../../steps/write-settings.ts'
import { scratchFolder, secretFileRights } from '../file-rights.ts'
import { trustSteps } from '../installation/trust.ts'
import type { ClientChangeFacts } from './facts.ts'
import { clientRemoval } from './removal.ts'
import { changeWarnings } from './warnings.ts'

/** IIS gives an application 120 s to start; a container on a busy machine deserves no less. */
const PATIENCE_MS = 120_000

/** A change of the client as steps. Pure: the same answers and facts give the same plan. */
export function planClientChange(answers: ChangeClientAnswers, facts: ClientChangeFacts): Plan {
  const { found, elevated } = facts
  const { installation } = found
  const removal = removalSteps(answers, facts)
  return {
    title: `Change the client of ${installation.name}`,
    practice: installation.practice === true,
    elevation: installation.hosting === 'iis' ? (elevated ? 'present' : 'asked') : 'none',
    steps: [
      ...trustSteps(found),
      // Kept first: from the moment the settings name the new client, the service may make it whenever it starts.
      ...removal.slice(0, 1),
      settingsStep(answers, facts),
      ...rightsSteps(facts),
      ...removal.slice(1),
      takeUp(answers, facts, removal),
      recordStep(facts),
    ],
    warnings: [...found.notes, ...changeWarnings(answers, facts)],
    untouched: untouched(facts),
  }
}

/** What the entry of the settings becomes. Where the settings were not seen, only what the answers say. */
function changeOf(
  { client: asked }: ChangeClientAnswers,
  { former, wanted, seen }: ClientChangeFacts,
): ClientChange {
  const { id, name, secret, scopes, grantTypes } = wanted
  return {
    formerId: former.id,
    id,
    ...(seen || asked.name !== undefined ? { name } : {}),
    ...(secret ? { secret } : {}),
    ...(seen || asked.scopes ? { scopes } : {}),
    ...(seen || asked.grantTypes ? { grantTypes } : {}),
  }
}

function settingsStep(answers: ChangeClientAnswers, facts: ClientChangeFacts): PlannedStep {
  const { settings, found } = facts
  const clientChange = changeOf(answers, facts)
  return planned(
    writeSettings,
    { id: 'write-settings', title: 'Write the client into the settings', group: 'files' },
    {
      path: settings.path,
      edits: { clientChange },
      shown: {
        clientChange: { ...clientChange, ...(clientChange.secret ? { secret: new Secret(HIDDEN) } : {}) },
      },
      before: settings.before,
      ...(found.installation.hosting === 'iis' ? { access: 'private' as const } : {}),
    },
  )
}

function rightsSteps({ found, settings, stateFolder }: ClientChangeFacts): PlannedStep[] {
  const { website } = found.installation
  if (!website) return []
  return [
    planned(
      setFileRights,
      {
        id: 'set-rights',
        title: 'Set the rights of the file',
        group: 'website',
        follows: ['write-settings'],
      },
      {
        wanted: [secretFileRights(settings.path, website.account)],
        folders: [],
        scratch: scratchFolder(stateFolder),
      },
    ),
  ]
}

/** Left out where the database holds no such client; of an unseen database nobody knows. */
function removalSteps({ row }: ChangeClientAnswers, facts: ClientChangeFacts): readonly PlannedStep[] {
  const { toGo, former, wanted, tables, database, found, seen } = facts
  const known = toGo?.key ?? row
  if (known === undefined && seen) return []
  return clientRemoval({
    service: filesOf(found.installation),
    clientId: former.id,
    ...(known === undefined ? {} : { row: known }),
    instead: wanted.id,
    tables,
    ...(database ? { provider: database.provider } : {}),
  })
}

function takeUp(
  { row }: ChangeClientAnswers,
  { found, former, wanted, settings, toGo, database }: ClientChangeFacts,
  removal: readonly PlannedStep[],
): PlannedStep {
  const { installation } = found
  const { localUrl, tlsCertificate, container } = installation
  const { id, secret, scopes, grantTypes } = wanted
  const goes = toGo?.key ?? row
  return planned(
    takeUpClient,
    {
      id: 'take-up-client',
      title: 'Restart the service with the new client',
      group: 'service',
      weight: 6,
      follows: ['write-settings', ...removal.slice(1).map((step) => step.id)],
    },
    {
      place: placeOf(installation),
      restart: container === undefined ? { how: 'recycle-pool' } : { how: 'restart-container' },
      localUrl,
      ...(tlsCertificate === undefined ? {} : { trust: tlsCertificate }),
      service: filesOf(installation),
      settings: settings.path,
      client: { id, ...(secret ? { secret } : {}), scopes, grantTypes },
      former,
      ...(goes === undefined ? {} : { row: goes }),
      known: { client: id, ...(database ? { database: database.database } : {}) },
      patienceMs: PATIENCE_MS,
    },
  )
}

/** Known from now on by its new client, so that its proof asks with that. */
function recordStep({ found, wanted, stateFolder }: ClientChangeFacts): PlannedStep {
  const { installedAt: _installedAt, ...installation }: Installation = {
    ...found.installation,
    clientId: wanted.id,
  }
  return planned(
    recordInstallation,
    { id: 'record-installation', title: 'Record the installation', group: 'service' },
    { stateFolder, installation },
  )
}

function untouched({ found, others }: ClientChangeFacts): string[] {
  const few = others.slice(0, 5).join(', ')
  const more = others.length > 5 ? ` and ${others.length - 5} more` : ''
  return [
    'Creatio’s files and system settings: you change them by hand, or when you connect Creatio.',
    others.length === 0
      ? 'Every other client in the same database, also those that Creatio makes there.'
      : `Every other client in the same database: ${few}${more}.`,
    'The certificate that signs the tokens, and the tables themselves.',
    `Every other setting in ${found.settings}.`,
  ]
}
