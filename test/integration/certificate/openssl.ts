import { realProcesses } from '../../../electron/machine/processes.ts'

const processes = realProcesses()

/** Runs the openssl command, whose absence fails the test. Returns standard output. */
export async function openssl(args: readonly string[], stdin?: Uint8Array | string): Promise<string> {
  return (await opensslStreams(args, stdin)).stdout
}

/** The same with both streams: openssl describes a PFX on standard error. */
export async function opensslStreams(args: readonly string[], stdin?: Uint8Array | string) {
  const result = await processes.run({ command: 'openssl', args, ...(stdin !== undefined && { stdin }) })
  if (result.exitCode !== 0) throw new Error(`openssl ${args[0]}: ${result.stderr}`)
  return result
}
