import iconv from 'iconv-lite'
import type { ArmedFault, ServerState } from './state.ts'
import type { ToolAnswer } from './tool.ts'

/** Counts a call, and takes the fault that was armed for it. */
export function takeFault(
  { runtime }: ServerState,
  tool: string,
  args: readonly string[],
): ArmedFault['how'] | undefined {
  runtime.calls[tool] = (runtime.calls[tool] ?? 0) + 1
  const line = args.join(' ')
  const meant = runtime.faults.filter(
    (fault) =>
      fault.tool === tool && fault.how.kind !== 'not-picked-up' && line.includes(fault.matching ?? ''),
  )
  for (const fault of meant) fault.at--
  const due = meant.find(({ at }) => at === 0)
  runtime.faults = runtime.faults.filter((fault) => fault !== due)
  return due?.how
}

/** What a fault makes of the answer of a tool that did its work; undefined: the tool does not get to work. */
export function faultyAnswer(how: ArmedFault['how'], right: ToolAnswer, { system }: ServerState): ToolAnswer {
  if (how.kind === 'half') {
    const half = (bytes: Uint8Array) => bytes.subarray(0, Math.floor(bytes.length / 2))
    return { code: 0, stdout: half(right.stdout), stderr: half(right.stderr) }
  }
  if (how.kind !== 'exit') return right
  const bytes = (text = '') => iconv.encode(text, `cp${system.oemPage}`)
  return { code: how.code, stdout: bytes(how.stdout), stderr: bytes(how.stderr) }
}
