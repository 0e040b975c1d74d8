import { refuseHash } from '../../../certificate/keys.ts'
import { parseSubject } from '../../../certificate/subject.ts'
import { validity } from '../../../certificate/validity.ts'
import { parseCommand } from '../arguments.ts'
import type { CommandContext } from '../context.ts'
import { EXIT } from '../exit.ts'
import { destinationOf, makeFiles } from './make.ts'
import { daysOf, FILE_OPTIONS, KEY_OPTIONS, keyWishes } from './wishes.ts'

/** `certificate create`: what the vendor's script `generate_pfx` does, without OpenSSL. */
export async function createCommand(args: readonly string[], context: CommandContext): Promise<number> {
  const { values } = parseCommand(args, {
    out: { type: 'string' },
    ...KEY_OPTIONS,
    days: { type: 'string' },
    ...FILE_OPTIONS,
    force: { type: 'boolean', default: false },
  })
  const wishes = { from: 'new', ...keyWishes(values), days: daysOf(values.days) } as const
  // Before a secret is asked for: none of them can be met, whatever follows.
  parseSubject(wishes.subject)
  validity(wishes.days, context.machine.clock.now())
  refuseHash(wishes.key, wishes.hash)
  await makeFiles(wishes, await destinationOf(values, context), context)
  return EXIT.done
}
