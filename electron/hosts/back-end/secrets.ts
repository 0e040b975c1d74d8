import { SetupError } from '../../contract/problem.ts'
import { hiddenParts } from '../../database/connection/hidden-parts.ts'
import type { Secret } from '../../secrets/secret.ts'
import type { WizardState } from './state.ts'
import type { Handlers } from './types.ts'

/** Long enough to paste, short enough not to be forgotten. */
const CLEAR_AFTER_SECONDS = 60

/** Secrets come in once, stay here, and go out only when the installer asks to see or copy one. */
export function secretHandlers(
  state: WizardState,
): Pick<Handlers, 'secret.put' | 'secret.reveal' | 'secret.copy'> {
  const { vault } = state.session
  const open = (ref: string): Secret => {
    const secret = ref.startsWith('vault:') ? vault.get(ref.slice(6)) : undefined
    if (secret) return secret
    throw new SetupError({
      code: 'secret.missing',
      what: 'This secret is no longer held.',
      next: 'Type it again, or generate a new one.',
    })
  }
  return {
    'secret.put': async ({ name, value }) => {
      vault.put(name, value, /connectionString$/i.test(name) ? hiddenParts : undefined)
      return { ref: `vault:${name}`, length: value.length }
    },

    'secret.reveal': async ({ ref }) => ({ value: open(ref).open() }),

    'secret.copy': async ({ ref }) => {
      const value = open(ref).open()
      if (!(await state.shell.copy(value))) return { clearsAfterSeconds: 0 }
      setTimeout(() => void state.shell.clearCopy(value), CLEAR_AFTER_SECONDS * 1000).unref()
      return { clearsAfterSeconds: CLEAR_AFTER_SECONDS }
    },
  }
}
