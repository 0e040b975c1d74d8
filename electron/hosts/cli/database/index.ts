import { subcommands } from '../subcommands.ts'
import { grantsCommand } from './grants.ts'
import { lookCommand } from './look.ts'
import { testCommand } from './test.ts'

/** `database`: the database of the service. */
export const databaseCommand = subcommands('database', {
  test: testCommand,
  look: lookCommand,
  grants: grantsCommand,
})
