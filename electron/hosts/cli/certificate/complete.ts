import { resolve } from 'node:path'
import { readIssued } from '../../../certificate/issued.ts'
import { judgeForSigning } from '../../../certificate/judge.ts'
import { thumbprintOf } from '../../../certificate/self-signed.ts'
import { parseCommand } from '../arguments.ts'
import type { CommandContext } from '../context.ts'
import { EXIT } from '../exit.ts'
import { refuse } from '../read-answers.ts'
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
  const destination = await destinationOf(values, context)
  const material = await readIssued(machine, session.stateFolder, { file, privateKey, password })
  const { problems, warnings } = judgeForSigning(material, { now: machine.clock.now() })
  if (problems.length > 0) {
    const told = problems.map((problem) => ({
      ...problem,
      where: { file, ...problem.where },
      untouched: 'Nothing was written.',
    }))
    return refuse(session.redactor.redactData(told), context)
  }
  for (const { what, next } of warnings) output.line(`! ${what} ${next}`)
  const thumbprint = thumbprintOf(material.certificate!)
  await makeFiles({ from: 'file', file, privateKey, password, thumbprint }, destination, context)
  if (material.keyFrom === 'pending-request')
    output.line('The request and its key are kept; “identity-setup certificate requests” names them.')
  return EXIT.done
}
