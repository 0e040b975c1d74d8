import { SetupError } from '../contract/problem.ts'
import { Secret } from '../secrets/secret.ts'
import { readDockerfile } from './dockerfile.ts'

const BEGIN = '# Identity Service Setup: settings of this installation'
const END = '# Identity Service Setup: end of settings'

/**
 * A Dockerfile with variables set in its last stage, the second of the vendor's three ways to hand over settings.
 * The lines stand between two comments, by which a later call finds and replaces them; the rest stays as it is.
 * A secret put here can be read by everybody who has the image. Rejects a value with a line break, which ENV
 * cannot hold, with `docker.env-value`, and a name that is none with `docker.env-name`.
 */
export function addEnvironment(text: string, variables: Readonly<Record<string, string | Secret>>): string {
  const { escape } = readDockerfile(text)
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n'
  const lines = Object.entries(variables).map(([name, value]) => {
    if (!/^[A-Za-z_][\w.-]*$/.test(name)) throw badName(name)
    return `ENV ${name}="${quoted(name, value instanceof Secret ? value.open() : value, escape)}"`
  })
  const block = [BEGIN, ...lines, END].join(lineEnd)
  const start = text.indexOf(BEGIN)
  const end = text.indexOf(END, start)
  if (start >= 0 && end >= 0) return text.slice(0, start) + block + text.slice(end + END.length)
  // What stands last belongs to the last stage.
  const separator = text === '' || text.endsWith('\n') ? '' : lineEnd
  return `${text}${separator}${block}${lineEnd}`
}

function quoted(name: string, value: string, escape: string): string {
  if (/[\r\n\0]/.test(value)) throw badValue(name)
  // In double quotes the escape character, the quote and the dollar sign mean something.
  return value.replace(/[\\`"$]/g, (sign) =>
    sign === '"' || sign === '$' || sign === escape ? escape + sign : sign,
  )
}

function badValue(name: string): SetupError {
  return new SetupError({
    code: 'docker.env-value',
    what: `The value of “${name}” has a line break, which a Dockerfile cannot hold.`,
    next: 'Hand the settings over as a mounted file, or remove the line break.',
  })
}

function badName(name: string): SetupError {
  return new SetupError({
    code: 'docker.env-name',
    what: `“${name.slice(0, 80)}” cannot be the name of a variable.`,
    next: 'Use letters, digits and underscores; a colon becomes two underscores.',
  })
}
