import type { Problem } from '../electron/contract/problem.ts'
import type { CertificateData } from './store/certificate-data.ts'

/** Whether a problem of a certificate file says that a password has to be entered, or another one. */
export const asksForPassword = ({ code }: Problem): boolean => /\bpassword\b/.test(code)

/** Whether another file may hold the private key. */
const asksForKey = ({ code }: Problem): boolean => /\.(no-private-key|no-key-in-file|other-key)$/.test(code)

type FileField = 'certificate.file' | 'certificate.privateKey' | 'certificate.password'

/** The field that answers a problem of the files: the password, the private key's file, or the certificate's. */
export function fieldOf(problem: Problem, { privateKey }: Pick<CertificateData, 'privateKey'>): FileField {
  if (asksForPassword(problem)) return 'certificate.password'
  const inKeyFile = privateKey !== '' && problem.where?.file === privateKey
  return inKeyFile || asksForKey(problem) ? 'certificate.privateKey' : 'certificate.file'
}

/** Whether a field asks for what a problem misses: nothing is wrong yet. */
export function isAskedFor(data: CertificateData, problem: Problem): boolean {
  if (asksForPassword(problem)) return data.password.ref === ''
  return problem.code.endsWith('.no-private-key') && data.privateKey === ''
}

/** Whether a field says a problem already: what it asks for, and that a password is another one. */
export const saidByField = (data: CertificateData, problem: Problem): boolean =>
  asksForPassword(problem) || isAskedFor(data, problem)

/** What is wrong and what to do about it, as a field says it. */
export const sentence = ({ what, next }: Problem): string => `${what} ${next}`
