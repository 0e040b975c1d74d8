import { installationIn } from '../../service/installation.ts'
import { installationView } from './look.ts'
import { preparedOrThrow } from './run.ts'
import type { WizardState } from './state.ts'
import type { Handlers } from './types.ts'

/** What Creatio has to be told: its three system settings. */
export function handOverHandlers(state: WizardState): Pick<Handlers, 'handover.look'> {
  const { machine, session } = state
  return {
    'handover.look': async () => {
      const { answers, facts } = preparedOrThrow(state)
      const record = await installationIn(machine, session.stateFolder, answers.service.target)
      session.vault.put('client.secret', facts.client.secret.open())
      const written = state.run?.writtenFiles ?? []
      return {
        identityServiceUrl: record.publicUrl,
        clientId: facts.client.id,
        clientSecret: 'vault:client.secret',
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
