import { subcommands } from '../subcommands.ts'
import { changeCommand } from './change.ts'
import { showCommand } from './show.ts'

/** `client`: the client by which Creatio talks to the service. */
export const clientCommand = subcommands('client', { show: showCommand, change: changeCommand })
