import { subcommands } from '../subcommands.ts'
import { completeCommand } from './complete.ts'
import { createCommand } from './create.ts'
import { passwordCommand } from './password.ts'
import { replaceCommand } from './replace.ts'
import { forgetCommand, requestCommand, requestsCommand } from './request.ts'
import { showCommand } from './show.ts'

/** `certificate`: the certificate that signs the tokens. */
export const certificateCommand = subcommands('certificate', {
  create: createCommand,
  show: showCommand,
  request: requestCommand,
  requests: requestsCommand,
  complete: completeCommand,
  forget: forgetCommand,
  replace: replaceCommand,
  password: passwordCommand,
})
