import { colonOf, parsePath, type PathPart } from '../../configuration/path.ts'
import { AppcmdFailure } from './failure.ts'

/** One `/path:value`; `+` adds an entry to a collection, `-` removes one. */
export interface Parameter {
  readonly sign: '' | '+' | '-'
  /** As typed, without sign and colon. */
  readonly name: string
  readonly path: readonly PathPart[]
  /** Undefined where there was no colon. */
  readonly value: string | undefined
}

export interface AppcmdCall {
  readonly verb: string
  /** Upper case, singular. */
  readonly object: string
  readonly identifier: string | undefined
  readonly parameters: readonly Parameter[]
  /** General parameters by their lower-case names; no value: the empty string. */
  readonly general: ReadonlyMap<string, string>
}

const GENERAL = new Set(['text', 'xml', 'in', 'config', 'metadata', 'commit', 'apphostconfig', 'debug', '?'])
const OBJECTS = new Set(['SITE', 'APP', 'VDIR', 'APPPOOL', 'CONFIG', 'WP', 'MODULE', 'BACKUP'])

/**
 * Reads a call of appcmd: `<command> <object> [identifier] [/parameter:value …]`.
 * @param bracketsInQuotes see `UnverifiedBehaviour`.
 */
export function parseCall(args: readonly string[], bracketsInQuotes: boolean): AppcmdCall {
  const [verb = '', objectName = '', ...rest] = args
  const object = singular(objectName.toUpperCase())
  if (!OBJECTS.has(object)) throw new AppcmdFailure(87, 'badObject', [objectName.toUpperCase()])
  const general = new Map<string, string>()
  const parameters: Parameter[] = []
  let identifier: string | undefined
  for (const [index, text] of rest.entries()) {
    if (text === '-') general.set('in', '')
    else if (isParameter(text)) {
      const parameter = parseParameter(text.slice(1), bracketsInQuotes)
      const lower = parameter.name.toLowerCase()
      const identifies = lower === `${object.toLowerCase()}.name`
      if (identifies) identifier = parameter.value
      else if (parameter.sign === '' && (GENERAL.has(lower) || (object === 'CONFIG' && lower === 'section')))
        general.set(lower, parameter.value ?? '')
      else parameters.push(parameter)
    } else if (index === 0) identifier = text
    else throw new AppcmdFailure(87, 'notProcessed', [text])
  }
  return { verb: verb.toLowerCase(), object, identifier, parameters, general }
}

function isParameter(text: string): boolean {
  return text.startsWith('/') || text.startsWith('-')
}

function singular(object: string): string {
  return OBJECTS.has(object) ? object : object.replace(/S$/, '')
}

function parseParameter(text: string, bracketsInQuotes: boolean): Parameter {
  const sign = text.startsWith('+') ? '+' : text.startsWith('-') ? '-' : ''
  // An exclamation mark tells an attribute from a general parameter of the same name.
  const body = text.slice(sign.length).replace(/^!/, '')
  const colon = colonOf(body, bracketsInQuotes)
  const name = colon < 0 ? body : body.slice(0, colon)
  const value = colon < 0 ? undefined : body.slice(colon + 1)
  if (name === '?') return { sign: '', name, path: [], value }
  const path = parsePath(name, bracketsInQuotes)
  if (path === undefined) throw new AppcmdFailure(87, 'badPath', [name])
  return { sign, name, path, value }
}
