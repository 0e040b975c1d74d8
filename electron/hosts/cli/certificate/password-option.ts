import type { Secret } from '../../../secrets/secret.ts'
import type { Session } from '../../session/session.ts'
import { referenceOf } from '../values.ts'

/** Opens the password that `--password` refers to. @throws SetupError `arguments.invalid`, `secret.*` */
export async function openPassword(
  reference: string | undefined,
  { references }: Session,
): Promise<Secret | undefined> {
  return reference === undefined
    ? undefined
    : references.open(referenceOf('--password', reference), '--password')
}
