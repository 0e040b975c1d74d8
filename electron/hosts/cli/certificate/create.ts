import { parseCommand } from '../arguments.ts'
import type { CommandContext } from '../context.ts'
import { EXIT } from '../exit.ts'
import { destinationOf, makeFiles } from './make.ts'
import { daysOf, FILE_OPTIONS, KEY_OPTIONS, keyWishes, refuseWishes } from './wishes.ts'

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
  refuseWishes(wishes, context.machine.clock.now())
  await makeFiles(wishes, await destinationOf(values, context), context)
  return EXIT.done
}
