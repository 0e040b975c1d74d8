import { SCRIPT_NAME, scriptOf } from '../session/script.ts'
import { preparedOrThrow } from './run.ts'
import { handOver } from './saving.ts'
import type { WizardState } from './state.ts'
import type { Handlers } from './types.ts'

/** The plan of the review page as a script that prompts for secrets. */
export function scriptHandlers(state: WizardState): Pick<Handlers, 'script.make' | 'script.save'> {
  const make = () => scriptOf(preparedOrThrow(state), state.session.redactor)
  return {
    'script.make': async () => ({ name: SCRIPT_NAME, text: await make() }),
    'script.save': async () => handOver(state, SCRIPT_NAME, 'ps1', Buffer.from(await make())),
  }
}
