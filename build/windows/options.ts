import { parseArgs } from 'node:util'

type Options<Needed extends string, More extends string> = Readonly<
  Record<Needed, string> & Partial<Record<More, string>> & { practice: boolean }
>

/**
 * Reads `--name value` and `--practice`. All of `needed` have to be there, `more` may be.
 * @throws Error that names what is missing or unknown.
 */
export function readOptions<Needed extends string, More extends string = never>(
  args: readonly string[],
  needed: readonly Needed[],
  more: readonly More[] = [],
): Options<Needed, More> {
  const names = [...needed, ...more].map((name) => [name, { type: 'string' as const }] as const)
  const options = { ...Object.fromEntries(names), practice: { type: 'boolean' as const } }
  const values: Record<string, unknown> = parseArgs({ args: [...args], options, strict: true }).values
  const missing = needed.filter((name) => values[name] === undefined)
  if (missing.length > 0) throw new Error(`Missing: ${missing.map((name) => `--${name}`).join(', ')}.`)
  return { ...values, practice: values['practice'] === true } as Options<Needed, More>
}

/** A port from an option. @throws Error when it is none. */
export function portOf(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new Error(`“${text}” is no port.`)
}
