import { clientIn } from '../session/prepared.ts'
import { installationOf } from '../session/scenarios.ts'
import { installationView } from './look.ts'
import { preparedOrThrow } from './run.ts'
import type { WizardState } from './state.ts'
import type { Handlers } from './types.ts'

/** What Creatio has to be told: its three system settings. */
export function handOverHandlers(state: WizardState): Pick<Handlers, 'handover.look'> {
  const { machine, session } = state
  return {
    'handover.look': async () => {
      const prepared = preparedOrThrow(state)
      const record = await installationOf(session, prepared)
      const secret = clientIn(prepared)?.secret
      if (secret) session.vault.put('client.secret', secret.open())
      const written = state.run?.writtenFiles ?? []
      return {
        identityServiceUrl: record.publicUrl,
        clientId: record.clientId,
        ...(secret ? { clientSecret: 'vault:client.secret' } : {}),
        installation: await installationView(machine, record),
        report: {
          seconds: Math.round((state.run?.view.elapsedMs ?? 0) / 1000),
          writtenFiles: written.length,
          backups: written.filter(({ backup }) => backup !== undefined).length,
        },
      }
    },
  }
}
