import { fileURLToPath } from 'node:url'
import { Language, type Node, Parser } from 'web-tree-sitter'

/** What a script is made of, as far as it matters for the Windows PowerShell that will run it. */
export interface PowerShellReading {
  /** Places that are no PowerShell, such as `line 3, column 7: missing "}"`. */
  readonly errors: readonly string[]
  /** Commands as written, in order; what is started by the call operator begins with `& `. */
  readonly commands: readonly PowerShellCommand[]
  /** .NET types by name: of literals such as `[Convert]`, and of New-Object. */
  readonly types: readonly string[]
  /** Functions that the script defines. */
  readonly functions: readonly string[]
}

interface PowerShellCommand {
  readonly name: string
  /** With the hyphen: `-LiteralPath`. */
  readonly parameters: readonly string[]
  /** 1-based. */
  readonly line: number
}

export interface Allowed {
  /** Parameters by command. Compared without regard to case, never by their beginnings. */
  readonly commands: Readonly<Record<string, readonly string[]>>
  readonly types: readonly string[]
}

let parser: Promise<Parser> | undefined

async function loadParser(): Promise<Parser> {
  await Parser.init()
  const wasm = import.meta.resolve('tree-sitter-powershell/tree-sitter-powershell.wasm')
  const loaded = new Parser()
  loaded.setLanguage(await Language.load(fileURLToPath(wasm)))
  return loaded
}

/** Reads a script by the grammar, without running it. */
export async function readPowerShell(script: string): Promise<PowerShellReading> {
  parser ??= loadParser()
  const tree = (await parser).parse(script)
  if (tree === null) throw new Error('The parser gave up.')
  try {
    const nodes = [...walk(tree.rootNode)]
    const commands = nodes.filter(({ type }) => type === 'command').map(readCommand)
    return {
      errors: nodes.filter((node) => node.isError || node.isMissing).map(describeError),
      commands,
      types: nodes.flatMap(typeNames),
      functions: nodes.filter(({ type }) => type === 'function_name').map(({ text }) => text),
    }
  } finally {
    tree.delete()
  }
}

/** What keeps a script from being trusted to run: broken syntax, and whatever nobody has allowed. */
export async function objectionsTo(script: string, allowed: Allowed): Promise<readonly string[]> {
  const { errors, commands, types, functions } = await readPowerShell(script)
  const known = new Map(Object.entries(allowed.commands).map(([name, list]) => [name.toLowerCase(), list]))
  const own = lowerCase(functions)
  const allowedTypes = lowerCase(allowed.types)
  const foreign = commands.flatMap(({ name, parameters, line }) => {
    if (own.has(name.toLowerCase())) return []
    const list = known.get(name.toLowerCase())
    if (list === undefined) return [`line ${line}: the command ${name} is not allowed`]
    const rest = parameters.filter((one) => !lowerCase(list).has(one.toLowerCase()))
    return rest.map((one) => `line ${line}: the parameter ${one} of ${name} is not allowed`)
  })
  const strangers = types.filter((type) => !allowedTypes.has(type.toLowerCase()))
  return [...errors, ...foreign, ...strangers.map((type) => `the type ${type} is not allowed`)]
}

function lowerCase(words: readonly string[]): ReadonlySet<string> {
  return new Set(words.map((word) => word.toLowerCase()))
}

function* walk(node: Node): Generator<Node> {
  yield node
  for (const one of node.children) if (one !== null) yield* walk(one)
}

function readCommand(command: Node): PowerShellCommand {
  const operator = child(command, 'command_invokation_operator')
  const name = child(command, 'command_name') ?? child(command, 'command_name_expr')
  const parts = child(command, 'command_elements')?.children ?? []
  return {
    name: [operator?.text, name?.text].filter((text) => text !== undefined).join(' '),
    parameters: parts.flatMap((part) => (part?.type === 'command_parameter' ? [part.text] : [])),
    line: command.startPosition.row + 1,
  }
}

/** `[Convert]` as a literal; the first argument of New-Object, which names a type without brackets. */
function typeNames(node: Node): readonly string[] {
  if (node.type === 'type_spec') return [node.text]
  if (node.type !== 'command' || child(node, 'command_name')?.text.toLowerCase() !== 'new-object') return []
  const first = child(node, 'command_elements')?.children.find(
    (part) => part?.type !== 'command_argument_sep',
  )
  return [first?.text ?? '(none)']
}

function child(node: Node, type: string): Node | undefined {
  return node.children.find((one) => one?.type === type) ?? undefined
}

function describeError(node: Node): string {
  const { row, column } = node.startPosition
  const what = node.isMissing ? `missing ${node.type}` : `not PowerShell: ${node.text.slice(0, 40)}`
  return `line ${row + 1}, column ${column + 1}: ${what}`
}
