import { join, resolve } from 'node:path'
import { keyKinds } from '../../../certificate/keys.ts'
import {
  forgetRequest,
  keepRequest,
  pendingRequests,
  refuseTaken,
} from '../../../certificate/requests/pending-requests.ts'
import { createRequest } from '../../../certificate/requests/request.ts'
import { SetupError } from '../../../contract/problem.ts'
import { invalidArguments, parseCommand } from '../arguments.ts'
import type { CommandContext } from '../context.ts'
import { EXIT } from '../exit.ts'
import { dayOf } from './lines.ts'
import { KEY_OPTIONS, keyWishes, refuseWishes } from './wishes.ts'
import { whileWorking } from './working.ts'

const REQUEST_NAME = 'request.csr'

/** `certificate request`: a request for an authority; its key waits in the program's own folder. */
export async function requestCommand(args: readonly string[], context: CommandContext): Promise<number> {
  const { values } = parseCommand(args, { out: { type: 'string' }, ...KEY_OPTIONS })
  if (values.out === undefined) throw invalidArguments('Name the folder for the request (--out).')
  const { machine, session, output } = context
  const wishes = keyWishes(values)
  refuseWishes(wishes, machine.clock.now())
  const folder = resolve(values.out)
  if ((await machine.files.info(folder))?.kind !== 'folder')
    throw invalidArguments('The folder for the request (--out) is not there.')
  const copy = join(folder, REQUEST_NAME)
  await refuseTaken(machine, copy)
  const kept = await whileWorking(context, `Making an ${wishes.key} key`, async (signal) => {
    const made = await createRequest({ ...wishes, signal })
    return keepRequest(machine, session.stateFolder, made, copy)
  })
  output.line(`${kept.file} asks for a certificate for ${kept.subject}, ${keyKinds[kept.key].name}.`)
  output.line(`Its private key waits on this machine, for this user alone (request ${kept.id}).`)
  output.line('Send the file to the certificate authority. With what comes back, on this machine:')
  output.line('  identity-setup certificate complete FILE --out FOLDER')
  return EXIT.done
}

/** `certificate requests`: those whose answer has not come yet. */
export async function requestsCommand(args: readonly string[], context: CommandContext): Promise<number> {
  const { values } = parseCommand(args, { json: { type: 'boolean', default: false } })
  const { machine, session, output } = context
  const requests = await pendingRequests(machine, session.stateFolder)
  if (values.json)
    output.json(
      requests.map(({ id, subject, key, createdAt, file }) => ({ id, subject, key, createdAt, file })),
      2,
    )
  else if (requests.length === 0) output.line('No certificate request waits for its answer.')
  else
    for (const { id, subject, key, createdAt, file } of requests)
      output.line(`${id}  ${dayOf(createdAt)}  ${keyKinds[key].name}  ${subject}  ${file}`)
  return EXIT.done
}

/** `certificate forget`: removes a request with its private key. */
export async function forgetCommand(args: readonly string[], context: CommandContext): Promise<number> {
  const { positionals } = parseCommand(args, {}, { least: 1, most: 1 })
  const { machine, session, output } = context
  const known = await pendingRequests(machine, session.stateFolder)
  const request = known.find(({ id }) => id === positionals[0])
  if (!request)
    throw new SetupError({
      code: 'arguments.request',
      what: 'There is no certificate request of this name.',
      next: 'Name one that “identity-setup certificate requests” lists.',
      untouched: 'Nothing was changed.',
    })
  await forgetRequest(machine, session.stateFolder, request.id)
  output.line(`The request for ${request.subject} and its private key are removed.`)
  return EXIT.done
}
