interface Instruction {
  /** In capitals, such as `FROM`. */
  readonly name: string
  /** What follows, continuation lines joined, as written otherwise. */
  readonly rest: string
  /** 1-based. */
  readonly line: number
}

export interface Dockerfile {
  readonly instructions: readonly Instruction[]
  /** The FROM lines: image as written (it may name an ARG or an earlier stage) and the stage's name. */
  readonly stages: readonly { readonly image: string; readonly name?: string; readonly line: number }[]
  /** Of the last stage, which is the one that becomes the image. */
  readonly workingFolder?: string
  readonly user?: string
  readonly ports: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  readonly entrypoint?: string
  /** `\`, or the backtick where the file says so. */
  readonly escape: '\\' | '`'
}

/**
 * Reads a Dockerfile: BOM, either line end, comments between continued lines, `# escape=`, here-documents.
 * What it does not know it keeps as an instruction. https://docs.docker.com/reference/dockerfile/
 */
export function readDockerfile(text: string): Dockerfile {
  const escape = escapeOf(text)
  const instructions = instructionsOf(text, escape)
  const stages = instructions
    .filter(({ name }) => name === 'FROM')
    .map(({ rest, line }) => {
      const words = rest.split(/\s+/).filter((word) => !word.startsWith('--'))
      const name = words[1]?.toUpperCase() === 'AS' ? words[2] : undefined
      return { image: words[0] ?? '', line, ...(name === undefined ? {} : { name }) }
    })
  const lastFrom = stages.at(-1)?.line ?? 0
  const last = instructions.filter(({ line }) => line > lastFrom)
  const rests = (wanted: string) => last.filter(({ name }) => name === wanted).map(({ rest }) => rest)
  const optional = (key: string, value: string | undefined) => (value === undefined ? {} : { [key]: value })
  return {
    instructions,
    stages,
    ...optional('workingFolder', rests('WORKDIR').at(-1)),
    ...optional('user', rests('USER').at(-1)),
    ...optional('entrypoint', rests('ENTRYPOINT').at(-1)),
    ports: rests('EXPOSE').flatMap((rest) => rest.split(/\s+/)),
    environment: Object.fromEntries(rests('ENV').flatMap((rest) => pairsOf(rest, escape))),
    escape,
  }
}

function escapeOf(text: string): '\\' | '`' {
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    // Directives stand at the very top; the first other line ends them.
    const directive = /^#\s*(\w+)\s*=\s*(\S+)\s*$/.exec(line)
    if (directive === null) break
    if (directive[1]?.toLowerCase() === 'escape') return directive[2] === '`' ? '`' : '\\'
  }
  return '\\'
}

function instructionsOf(text: string, escape: string): Instruction[] {
  const found: Instruction[] = []
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  for (let index = 0; index < lines.length; index++) {
    if (isComment(lines[index]!)) continue
    const line = index + 1
    let whole = lines[index]!.trimEnd()
    while (whole.endsWith(escape) && index + 1 < lines.length) {
      const next = lines[++index]!
      // Docker ignores comments and empty lines between continued ones.
      if (!isComment(next)) whole = whole.slice(0, -1) + next.trimEnd()
    }
    const [, name = '', rest = ''] = /^\s*(\S+)\s*([\s\S]*)$/.exec(whole) ?? []
    found.push({ name: name.toUpperCase(), rest, line })
    index = afterHereDocument(lines, index, name, rest)
  }
  return found
}

function isComment(line: string): boolean {
  return /^\s*(#|$)/.test(line)
}

/** The index of the line that ends the here-documents an instruction opens, or the same index. */
function afterHereDocument(lines: readonly string[], index: number, name: string, rest: string): number {
  if (!/^(RUN|COPY|ADD)$/i.test(name)) return index
  let at = index
  for (const [, tabs, word] of rest.matchAll(/<<(-?)["']?(\w+)["']?/g)) {
    const end = lines.findIndex((line, i) => i > at && (tabs ? line.replace(/^\t+/, '') : line) === word)
    if (end < 0) return index
    at = end
  }
  return at
}

/** `A=1 B="x y"` or the old form `A x y`, with quotes and escapes taken away. Variables stay as written. */
function pairsOf(rest: string, escape: string): [string, string][] {
  const old = /^([^\s=]+)\s+([\s\S]*)$/.exec(rest)
  if (old !== null) return [[old[1]!, old[2]!.trim()]]
  const e = escape === '`' ? '`' : '\\\\'
  const part = String.raw`"(?:${e}[\s\S]|[^"])*"|'[^']*'|${e}[\s\S]|[^\s"']`
  return [...rest.matchAll(new RegExp(`([^\\s=]+)=((?:${part})*)`, 'g'))].map(([, name, value]) => [
    name!,
    value!.replace(new RegExp(part, 'g'), (piece) => {
      if (piece.startsWith("'")) return piece.slice(1, -1)
      const inner = piece.startsWith('"') ? piece.slice(1, -1) : piece
      return piece.startsWith('"')
        ? inner.replace(new RegExp(`${e}(["$]|${e})`, 'g'), '$1')
        : inner.replace(new RegExp(`^${e}([\\s\\S])$`), '$1')
    }),
  ])
}
