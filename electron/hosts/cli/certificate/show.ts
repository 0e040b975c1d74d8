import { resolve } from 'node:path'
import { readIssued } from '../../../certificate/issued.ts'
import { judgeForSigning } from '../../../certificate/judge.ts'
import { lookAtMaterial } from '../../../certificate/look.ts'
import type { CertificateLook } from '../../../contract/certificate.ts'
import { otherCertificates } from '../../../scenarios/installation/known-certificates.ts'
import { parseCommand } from '../arguments.ts'
import type { CommandContext } from '../context.ts'
import { EXIT } from '../exit.ts'
import { certificateLines, dayOf, warningLines } from './lines.ts'
import { openPassword } from './password-option.ts'

const KEYS: Readonly<Record<CertificateLook['privateKey'], string>> = {
  'same-file': 'in this file',
  'other-file': 'in the file that was named for it',
  'pending-request': 'kept with its request on this machine',
  missing: 'not found',
}

/** `certificate show`: what a certificate file holds, and whether the service could sign with it. */
export async function showCommand(args: readonly string[], context: CommandContext): Promise<number> {
  const { values, positionals } = parseCommand(
    args,
    { key: { type: 'string' }, password: { type: 'string' }, json: { type: 'boolean', default: false } },
    { least: 1, most: 1 },
  )
  const { machine, session, output } = context
  const file = resolve(positionals[0]!)
  const privateKey = values.key === undefined ? undefined : resolve(values.key)
  const password = await openPassword(values.password, session)
  const material = await readIssued(machine, session.stateFolder, { file, privateKey, password })
  const now = machine.clock.now()
  const { certificates } = await otherCertificates(machine, session.stateFolder, file)
  const judged = judgeForSigning(material, { now, others: certificates })
  const look = session.redactor.redactData(lookAtMaterial(file, material, judged, now))
  if (values.json) output.json(look, 2)
  else printLook(look, context)
  return look.problems.length > 0 ? EXIT.failed : EXIT.done
}

function printLook(look: CertificateLook, { output }: CommandContext): void {
  const { file, format, protection, certificate, chain, problems, warnings } = look
  // What is nothing that anybody knows counts as DER; then the problem says what it is.
  const isKnown = certificate !== undefined || format !== 'DER'
  const form = [...(isKnown ? [format] : []), ...(protection === undefined ? [] : [protection])]
  output.line(form.length === 0 ? file : `${file}: ${form.join(', ')}`)
  if (certificate) {
    for (const line of certificateLines(certificate)) output.line(line)
    output.line(`  ${'Private key'.padEnd(14)} ${KEYS[look.privateKey]}`)
  }
  for (const { subject, notAfter } of chain)
    output.line(`  ${'Authority'.padEnd(14)} ${subject}, to ${dayOf(notAfter)}`)
  for (const line of warnings.flatMap(warningLines)) output.line(line)
  for (const problem of problems) output.problem(problem)
  if (problems.length > 0) return
  output.line(
    look.ready
      ? '✔ The service can sign with it.'
      : '✔ The service can sign with it, once it is a PFX without a password: “identity-setup certificate complete” writes one.',
  )
}
