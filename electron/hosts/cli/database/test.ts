import type { DatabaseLayer } from '../../../contract/check.ts'
import { testConnection } from '../../../database/connection-test/test-connection.ts'
import { parseCommand } from '../arguments.ts'
import type { CommandContext } from '../context.ts'
import { EXIT } from '../exit.ts'
import { SOURCE_OPTIONS, sourceOf } from './source.ts'

const MARKS: Readonly<Record<DatabaseLayer['state'], string>> = {
  passed: '✔ passed ',
  warning: '! warning',
  failed: '✖ failed ',
  'not-applicable': '– n/a    ',
  'not-tried': '– untried',
  running: '…',
}

/** `database test`: the connection layer by layer, as the service would use it. */
export async function testCommand(args: readonly string[], context: CommandContext): Promise<number> {
  const { values, positionals } = parseCommand(
    args,
    { ...SOURCE_OPTIONS, json: { type: 'boolean', default: false } },
    { least: 0, most: 1 },
  )
  const { machine, session, output } = context
  const { database } = await sourceOf(positionals[0], values, context)
  const over = new AbortController()
  const stop = (): void => over.abort()
  process.on('SIGINT', stop)
  try {
    const layers = await testConnection(machine, database, {
      signal: over.signal,
      ...(values.json
        ? {}
        : {
            onLayer: (layer) => {
              if (layer.state !== 'running') printLayer(session.redactor.redactData(layer), context)
            },
          }),
    })
    if (values.json) output.json(session.redactor.redactData(layers), 2)
    if (over.signal.aborted) return EXIT.stopped
    return layers.some(({ state }) => state === 'failed' || state === 'not-tried') ? EXIT.failed : EXIT.done
  } finally {
    process.off('SIGINT', stop)
  }
}

function printLayer(layer: DatabaseLayer, { output }: CommandContext): void {
  const { id, state, summary, ms, facts = [], driverMessage, cause, remedy } = layer
  output.line(`${MARKS[state]}  ${id.padEnd(7)} ${summary} (${ms} ms)`)
  const more = (text: string) => output.line(`             ${text}`)
  for (const { label, value } of facts) more(`${label}: ${value}`)
  if (state !== 'failed' && state !== 'warning' && state !== 'not-tried') return
  if (driverMessage !== undefined) more(`The driver says: ${driverMessage}`)
  if (cause !== undefined) more(`Cause: ${cause}`)
  if (remedy) more(remedy.text)
  for (const line of remedy?.sql?.split('\n') ?? []) more(line)
}
