import { spawn } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { access, cp, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const DOUBLES = fileURLToPath(new URL('../../doubles/', import.meta.url))
const CACHE = fileURLToPath(new URL('../../../.cache/', import.meta.url))

/** No questions, no telemetry, and no build server that outlives the build. */
const QUIET = {
  DOTNET_CLI_TELEMETRY_OPTOUT: '1',
  DOTNET_NOLOGO: '1',
  DOTNET_GENERATE_ASPNET_CERTIFICATE: 'false',
  DOTNET_CLI_USE_MSBUILD_SERVER: '0',
  MSBUILDDISABLENODEREUSE: '1',
}

interface DotnetProject {
  /** Its folder below `test/doubles/`. */
  readonly name: string
  /** Its project file. */
  readonly project: string
  /** What else is made of the published program, once; gets the folder that holds it and is kept. */
  readonly after?: (result: string) => Promise<void>
}

/**
 * Publishes one of the .NET doubles. Built at the first call, then kept below `.cache/` under a hash of its sources;
 * tests that run at the same time may ask for it together.
 * @returns the folder that holds the program in `published`. Shared between tests: read it, never write into it.
 * @throws Error with the reason when `dotnet` is missing or the build fails.
 */
export async function buildDotnet(wanted: DotnetProject): Promise<string> {
  const files = await filesBelow(join(DOUBLES, wanted.name))
  const hash = await hashOf(join(DOUBLES, wanted.name), files)
  const home = join(CACHE, wanted.name, hash)
  if (!(await exists(home))) await buildInto(home, files, wanted)
  return home
}

/** Builds beside the place and moves the whole there; when another process was faster, its result stays. */
async function buildInto(home: string, files: readonly string[], wanted: DotnetProject): Promise<void> {
  const staging = `${home}.${randomUUID()}`
  const [sources, result] = [join(staging, 'sources'), join(staging, 'result')]
  try {
    for (const file of files) await cp(join(DOUBLES, wanted.name, file), join(sources, file))
    await publish(
      { sources, artifacts: join(staging, 'artifacts'), result: join(result, 'published') },
      wanted,
    )
    await wanted.after?.(result)
    await rename(result, home).catch(async (error: unknown) => {
      if (!(await exists(home))) throw error
    })
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

async function publish(
  { sources, artifacts, result }: Readonly<Record<'sources' | 'artifacts' | 'result', string>>,
  { name, project }: DotnetProject,
): Promise<void> {
  const args = ['publish', project, '--configuration', 'Release', '--output', result]
  const tidy = ['--artifacts-path', artifacts, '-nodeReuse:false', '-p:UseSharedCompilation=false']
  const { code, output } = await run('dotnet', [...args, ...tidy], sources)
  if (code !== 0) throw new Error(`dotnet publish of ${name} ended with ${code}:\n${output}`)
}

async function run(
  command: string,
  args: readonly string[],
  cwd: string,
): Promise<{ code: number | null; output: string }> {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...QUIET },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  return new Promise((resolve, reject) => {
    child.once('close', (code) => resolve({ code, output }))
    child.once('error', (cause) =>
      reject(new Error(`The doubles in C# need the .NET SDK: ${command} does not start.`, { cause })),
    )
  })
}

/** Paths of all files below, with forward slashes and sorted; what a build in place leaves there is no source. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !/^(bin|obj)\//.test(path) && path !== 'README.md')
    .sort()
}

async function hashOf(folder: string, files: readonly string[]): Promise<string> {
  const hash = createHash('sha256')
  for (const file of files) {
    const bytes = await readFile(join(folder, file))
    hash.update(`${file}\0${bytes.length}\0`).update(bytes)
  }
  return hash.digest('hex').slice(0, 16)
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
