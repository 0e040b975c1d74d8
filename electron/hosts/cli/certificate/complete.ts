import { resolve } from 'node:path'
import { readIssued } from '../../../certificate/issued.ts'
import { judgeForSigning, type Judged, type JudgedAgainst } from '../../../certificate/judge.ts'
import type { Material } from '../../../certificate/material.ts'
import { thumbprintOf } from '../../../certificate/self-signed.ts'
import type { Problem } from '../../../contract/problem.ts'
import { otherCertificates } from '../../../scenarios/installation/known-certificates.ts'
import { parseCommand } from '../arguments.ts'
import type { CommandContext } from '../context.ts'
import { EXIT } from '../exit.ts'
import { refuse } from '../read-answers.ts'
import { warningLines } from './lines.ts'
import { destinationOf, makeFiles } from './make.ts'
import { openPassword } from './password-option.ts'
import { FILE_OPTIONS } from './wishes.ts'

/** `certificate complete`: the answer of an authority and its private key become the PFX that the service opens. */
export async function completeCommand(args: readonly string[], context: CommandContext): Promise<number> {
  const { values, positionals } = parseCommand(
    args,
    {
      out: { type: 'string' },
      key: { type: 'string' },
      password: { type: 'string' },
      ...FILE_OPTIONS,
      force: { type: 'boolean', default: false },
    },
    { least: 1, most: 1 },
  )
  const { machine, session, output } = context
  const file = resolve(positionals[0]!)
  const privateKey = values.key === undefined ? undefined : resolve(values.key)
  const password = await openPassword(values.password, session)
  const originals = [file, ...(privateKey === undefined ? [] : [privateKey])]
  const destination = await destinationOf(values, context, originals)
  const { stateFolder } = session
  const material = await readIssued(machine, stateFolder, { file, privateKey, password })
  const { certificates: others } = await otherCertificates(machine, stateFolder, destination.pfxPath)
  const { problems, warnings } = judged(material, { now: machine.clock.now(), others })
  if (problems.length > 0) {
    const told = problems.map((problem) => ({
      ...problem,
      where: { file, ...problem.where },
      untouched: 'Nothing was written.',
    }))
    return refuse(session.redactor.redactData(told), context)
  }
  for (const line of warnings.flatMap(warningLines)) output.line(line)
  const thumbprint = thumbprintOf(material.certificate!)
  await makeFiles({ from: 'file', file, privateKey, password, thumbprint }, destination, context)
  if (material.keyFrom === 'pending-request')
    output.line(
      'The request and its key are kept until “identity-setup certificate forget ID”; “certificate requests” lists the IDs.',
    )
  return EXIT.done
}

/** Which service the PFX is for is not known here: one with the same key may be the very one that it renews. */
function judged(material: Material, about: JudgedAgainst): Judged {
  const { problems, warnings } = judgeForSigning(material, about)
  const isTwin = ({ code }: Problem) => /^certificate\.same-(certificate|key)$/.test(code)
  return {
    problems: problems.filter((problem) => !isTwin(problem)),
    warnings: [...warnings, ...problems.filter(isTwin)],
  }
}
