import { join } from 'node:path'
import { generatePassword } from '../../certificate/generate-password.ts'
import { passwordStrength } from '../../certificate/password-strength.ts'
import { forgetRequest, keepRequest, refuseTaken } from '../../certificate/requests/pending-requests.ts'
import { createRequest } from '../../certificate/requests/request.ts'
import { Secret } from '../../secrets/secret.ts'
import { currentCertificate } from '../session/current-certificate.ts'
import { refusePartPaths } from './full-path.ts'
import { installationOrThrow } from './installations.ts'
import { certificateOptions, lookAtFile } from './certificate-look.ts'
import type { WizardState } from './state.ts'
import type { Handlers } from './types.ts'

type CertificateCalls =
  | 'certificate.options'
  | 'certificate.look'
  | 'certificate.current'
  | 'certificate.request'
  | 'certificate.forget-request'
  | 'password.check'
  | 'password.generate'

/** Before this nobody wonders whether something is going on. */
const TELL_AFTER_MS = 300
const REQUEST_FILE = 'identity-service.csr'

/** Certificates as files: looked at, asked for at an authority, protected by a password. */
export function certificateHandlers(state: WizardState): Pick<Handlers, CertificateCalls> {
  const { machine, session } = state
  const { stateFolder, vault } = session
  return {
    'certificate.options': ({ draft }) => certificateOptions(session, draft),

    'certificate.look': (input) => lookAtFile(session, input),

    'certificate.current': async ({ installation }) => {
      const record = await installationOrThrow(machine, stateFolder, installation)
      return currentCertificate(session.machineOf(record), record)
    },

    'certificate.request': ({ operation, key, hash, subject, folder }) =>
      state.operation(operation, async (signal) => {
        refusePartPaths(folder)
        const file = join(folder, REQUEST_FILE)
        await refuseTaken(machine, file)
        const telling = setTimeout(
          () => state.emit({ topic: 'working', operation, text: `Making an ${key} key` }),
          TELL_AFTER_MS,
        )
        try {
          const made = await createRequest({ key, ...(hash === undefined ? {} : { hash }), subject, signal })
          const { publicKeyHash: _hash, ...view } = await keepRequest(machine, stateFolder, made, file)
          return view
        } finally {
          clearTimeout(telling)
        }
      }),

    'certificate.forget-request': async ({ id }) => {
      await forgetRequest(machine, stateFolder, id)
      return null
    },

    'password.check': ({ value }) => passwordStrength(new Secret(value)),

    'password.generate': async ({ name }) => {
      const password = generatePassword(machine.random)
      vault.put(name, password.open())
      return {
        secret: `vault:${name}`,
        length: password.open().length,
        strength: await passwordStrength(password),
      }
    },
  }
}
