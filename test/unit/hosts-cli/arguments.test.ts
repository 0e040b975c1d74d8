import { expect, it } from 'vitest'
import { parseCommand } from '../../../electron/hosts/cli/arguments.ts'

const options = {
  scopes: { type: 'string' },
  plan: { type: 'boolean' },
  also: { type: 'string', multiple: true },
} as const

it.each([
  [['--scopes', 'a', '--scopes', 'b'], '--scopes is given twice.'],
  [['--scopes=a', '--plan', '--scopes=a'], '--scopes is given twice.'],
  [['--plan', '--plan'], '--plan is given twice.'],
  [['--scope', 'a'], `Unknown option '--scope'`],
  [['a'], '“a” is one argument too many.'],
])('%j is refused', (args, what) => {
  expect(() => parseCommand(args, options)).toThrow(what)
})

it('what may be given several times, and what stands behind --, is taken as it is', () => {
  const { values, positionals } = parseCommand(['--also', 'a', '--also', 'b', '--', '--plan'], options, { least: 0, most: 1 }) // prettier-ignore
  expect([values.also, positionals]).toEqual([['a', 'b'], ['--plan']])
})
