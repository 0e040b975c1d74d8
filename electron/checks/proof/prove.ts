import type { CheckReport } from '../../contract/check.ts'
import { runChecks, type CheckRun } from '../check.ts'
import { clientCheck } from './client.ts'
import { discoveryCheck } from './discovery.ts'
import { keysCheck } from './keys.ts'
import { ProofSubject, type ProofTarget } from './subject.ts'
import { tablesCheck } from './tables.ts'
import { tokenCheck } from './token.ts'
import { withCause } from './why.ts'

const proofs = [withCause(discoveryCheck), keysCheck, tablesCheck, clientCheck, withCause(tokenCheck)]

/** Proves an installation by what the running service and its database say. Reads only. Never rejects. */
export async function prove(
  target: ProofTarget,
  run: Omit<CheckRun, 'clock'>,
): Promise<readonly CheckReport[]> {
  const subject = new ProofSubject(target)
  try {
    return await runChecks(proofs, subject, { ...run, clock: target.machine.clock })
  } finally {
    await subject.close()
  }
}
