import { scopeViews } from '../../client/scopes.ts'
import { lookAtClients } from '../../scenarios/change-client/look.ts'
import { readClients } from '../../service/clients.ts'
import { MANUAL_SCOPES, NEWER_SCOPES } from '../../service/scope-names.ts'
import { describeSource } from '../../service/describe.ts'
import { textAt, type Draft } from './draft.ts'
import { refusedDraft } from './refused-draft.ts'
import type { WizardState } from './state.ts'
import type { Handlers } from './types.ts'

/** The client's scopes, and the clients of a service that is there. */
export function clientHandlers(state: WizardState): Pick<Handlers, 'client.scopes' | 'client.look'> {
  const { session } = state
  return {
    'client.scopes': async ({ draft }) =>
      scopeViews({
        manual: MANUAL_SCOPES,
        newer: NEWER_SCOPES,
        shipped: await shippedScopes(state, draft),
        added: addedScopes(draft),
      }),

    'client.look': ({ operation, draft }) =>
      state.operation(operation, async () => {
        const target = textAt(draft, 'installation', 'target')
        if (target === undefined) throw refusedDraft()
        const practice = draft['practice'] === true
        const view = await lookAtClients(
          {
            installation: {
              target,
              container: textAt(draft, 'installation', 'container'),
              site: textAt(draft, 'installation', 'site'),
            },
            current: textAt(draft, 'client', 'current'),
            databaseServer: serverIn(draft),
          },
          {
            machine: session.machineOf({ practice }),
            stateFolder: session.stateFolder,
            redactor: session.redactor,
            practice,
          },
        )
        return session.redactor.redactData(view)
      }),
  }
}

/** Of the archive's own clients; none while there is no archive yet. */
async function shippedScopes(state: WizardState, draft: Draft): Promise<readonly string[]> {
  const practice = await state.practiceFor({ practice: draft['practice'] === true })
  const source = textAt(draft, 'service', 'source') ?? practice?.facts.archive
  if (source === undefined) return []
  try {
    return readClients((await describeSource(state.machine, source)).settings).flatMap(({ scopes }) => scopes)
  } catch {
    return []
  }
}

function serverIn({ databaseServer }: Draft): string | undefined {
  return typeof databaseServer === 'string' && databaseServer !== '' ? databaseServer : undefined
}

function addedScopes(draft: Draft): readonly string[] {
  const { scopes } = (draft['client'] ?? {}) as { readonly scopes?: unknown }
  return Array.isArray(scopes) ? scopes.filter((each) => typeof each === 'string') : []
}
