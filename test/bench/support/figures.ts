/** How the time of one work compares with that of another: the milliseconds of each run, alternating. */
export interface Comparison {
  readonly product: readonly number[]
  readonly baseline: readonly number[]
}

/** One work to be timed; resolves to its milliseconds where not all of it counts. */
type Work = (round: number) => Promise<number | void>

/**
 * Times two works in turn, so that what else the machine does falls on both. They change places from round to
 * round: whoever comes first finds colder caches.
 */
export async function alternate(rounds: number, product: Work, baseline: Work): Promise<Comparison> {
  const times: { product: number[]; baseline: number[] } = { product: [], baseline: [] }
  for (let round = 0; round < rounds; round++) {
    const first = round % 2 === 0 ? 'product' : 'baseline'
    for (const which of [first, first === 'product' ? 'baseline' : 'product'] as const)
      times[which].push(await timed(() => (which === 'product' ? product : baseline)(round)))
  }
  return times
}

/** Milliseconds that a work takes, or says that it took. */
export async function timed(work: () => Promise<number | void>): Promise<number> {
  const started = performance.now()
  const own = await work()
  return own ?? performance.now() - started
}

/** Prints a figure as `name ratio target`, with `missed` behind it when it is. */
export function figure(name: string, ratio: number, target: number): void {
  const missed = Number(ratio.toFixed(2)) > target ? ' missed' : ''
  process.stdout.write(`${name} ${ratio.toFixed(2)} ${target}${missed}\n`)
}

/** The milliseconds behind a figure, for whoever wonders about it; standard output stays a list of figures. */
export function note(name: string, times: Readonly<Record<string, readonly number[]>>): void {
  const parts = Object.entries(times).map(([what, list]) => {
    const [least, most] = [Math.min(...list), Math.max(...list)].map(Math.round)
    return `${what} ${Math.round(median(list))} ms (${least}–${most}, ${list.length} runs)`
  })
  process.stderr.write(`  ${name}: ${parts.join(', ')}\n`)
}

/** Says which figures cannot be had on this machine, and why. */
export function leaveOut(names: readonly string[], why: string): void {
  for (const name of names) process.stdout.write(`left out: ${name}: ${why}\n`)
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const upper = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[upper]! : (sorted[upper - 1]! + sorted[upper]!) / 2
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
