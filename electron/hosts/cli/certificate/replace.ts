import { resolve } from 'node:path'
import { ANSWERS_VERSION, type ReplaceCertificateAnswers } from '../../../contract/answers.ts'
import type { SigningCertificateAnswers } from '../../../contract/certificate.ts'
import { invalidArguments, parseCommand } from '../arguments.ts'
import type { CommandContext } from '../context.ts'
import { INSTALLATION_OPTIONS, installationIn } from '../installation-options.ts'
import { OWN_ANSWERS_OPTIONS, planOrSetUp } from '../set-up.ts'
import { referenceOf } from '../values.ts'
import { daysOf, FILE_OPTIONS, keyWishes, profileOf } from './wishes.ts'
import { DEFAULT_SUBJECT } from '../../../certificate/subject.ts'

const CERTIFICATE_OPTIONS = {
  // Of a new key its kind, of a certificate from a file the file of its key.
  key: { type: 'string' },
  hash: { type: 'string' },
  subject: { type: 'string' },
  days: { type: 'string' },
  file: { type: 'string' },
  password: { type: 'string' },
  ...FILE_OPTIONS,
} as const

type CertificateValues = ReturnType<typeof parseCommand<typeof CERTIFICATE_OPTIONS>>['values']

/** `certificate replace`: another certificate for a service that is there, the way `apply` goes. */
export async function replaceCommand(args: readonly string[], context: CommandContext): Promise<number> {
  const { values } = parseCommand(args, {
    ...INSTALLATION_OPTIONS,
    path: { type: 'string' },
    'creatio-pool': { type: 'string' },
    'creatio-container': { type: 'string' },
    ...CERTIFICATE_OPTIONS,
    ...OWN_ANSWERS_OPTIONS,
  })
  const { path } = values
  const answers: ReplaceCertificateAnswers = {
    version: ANSWERS_VERSION,
    scenario: 'replace-certificate',
    ...(await installationIn(values, context)),
    certificate: certificateOf(values),
    ...(path === undefined ? {} : { path: resolve(path) }),
    ...creatioOf(values['creatio-pool'], values['creatio-container']),
  }
  return planOrSetUp(answers, values, context)
}

/** @throws SetupError `arguments.invalid` */
function certificateOf(values: CertificateValues): SigningCertificateAnswers {
  const { file, key, hash, subject, days, password, cer } = values
  const profile = profileOf(values.profile)
  const pem = values['pem-password']
  const around = {
    ...(profile === undefined ? {} : { profile }),
    ...(cer ? { cer } : {}),
    ...(pem === undefined ? {} : { pem: { password: referenceOf('--pem-password', pem) } }),
  }
  if (file === undefined) {
    if (password !== undefined) throw invalidArguments('--password goes with --file.')
    return {
      from: 'new',
      ...keyWishes({ key: key ?? 'RSA-2048', hash, subject: subject ?? DEFAULT_SUBJECT }),
      days: daysOf(days),
      ...around,
    }
  }
  for (const [option, value] of Object.entries({ hash, subject, days }))
    if (value !== undefined)
      throw invalidArguments(`--${option} goes with a new certificate, not with --file.`)
  return {
    from: 'file',
    file: resolve(file),
    ...(key === undefined ? {} : { privateKey: resolve(key) }),
    ...(password === undefined ? {} : { password: referenceOf('--password', password) }),
    ...around,
  }
}

/** @throws SetupError `arguments.invalid` */
function creatioOf(
  pool: string | undefined,
  container: string | undefined,
): Pick<ReplaceCertificateAnswers, 'creatio'> {
  if (pool !== undefined && container !== undefined)
    throw invalidArguments('Creatio runs in a pool or in a container: name one of them.')
  if (pool !== undefined) return { creatio: { pool } }
  return container === undefined ? {} : { creatio: { container } }
}
