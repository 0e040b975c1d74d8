import { generatePassword } from '../../../certificate/generate-password.ts'
import { passwordStrength } from '../../../certificate/password-strength.ts'
import { parseCommand } from '../arguments.ts'
import type { CommandContext } from '../context.ts'
import { EXIT } from '../exit.ts'
import { referenceOf } from '../values.ts'

/** `certificate password`: makes one for a private key, or says how good one is. */
export async function passwordCommand(
  args: readonly string[],
  { machine, session, output }: CommandContext,
): Promise<number> {
  const { values } = parseCommand(args, { check: { type: 'string' } })
  if (values.check === undefined) {
    output.line(generatePassword(machine.random).open())
    return EXIT.done
  }
  const password = await session.references.open(referenceOf('--check', values.check), '--check')
  const { acceptable, score, summary, wanted } = await passwordStrength(password)
  output.line(`${acceptable ? '✔ Good enough' : '✖ Too weak'} (${score} of 4). ${summary}`)
  for (const line of wanted) output.line(`  ${line}`)
  return acceptable ? EXIT.done : EXIT.failed
}
