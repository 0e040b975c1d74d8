import { invalidArguments } from './arguments.ts'

/** A secret comes as a reference: what stands on a command line can be read by others. @throws SetupError `arguments.invalid` */
export function referenceOf(option: string, reference: string): string {
  if (/^(env:.+|file:.+|stdin)$/s.test(reference)) return reference
  // Whatever was typed may be the secret: it is not repeated.
  throw invalidArguments(`${option} is followed by a reference: env:NAME, file:PATH or stdin.`)
}

/** One of the known words, in any case; undefined where none was given. @throws SetupError `arguments.invalid` */
export function oneOf<T extends string>(
  option: string,
  known: readonly T[],
  text: string | undefined,
): T | undefined {
  if (text === undefined) return undefined
  const found = known.find((each) => each.toLowerCase() === text.toLowerCase())
  if (found !== undefined) return found
  throw invalidArguments(`${option} “${text}” is not known. Known are: ${known.join(', ')}.`)
}
