import { spawn } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { access, cp, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'

const SOURCES = fileURLToPath(new URL('../../doubles/identity-service/', import.meta.url))
const CACHE = fileURLToPath(new URL('../../../.cache/identity-service/', import.meta.url))

/** No questions, no telemetry, and no build server that outlives the build. */
const QUIET = {
  DOTNET_CLI_TELEMETRY_OPTOUT: '1',
  DOTNET_NOLOGO: '1',
  DOTNET_GENERATE_ASPNET_CERTIFICATE: 'false',
  DOTNET_CLI_USE_MSBUILD_SERVER: '0',
  MSBUILDDISABLENODEREUSE: '1',
}

/** A fixed moment, so that the same sources give the same archive. */
const PACKED = new Date(2025, 0, 15, 12, 0, 0)

interface PublishedService {
  /** The published program, as it lies in the archive. Shared between tests: read it, never write into it. */
  readonly folder: string
  /** `IdentityService.zip`. */
  readonly archive: string
}

/**
 * The double of the vendor's service as an `IdentityService.zip`. Built at the first call, then kept below
 * `.cache/` under a hash of its sources; tests that run at the same time may ask for it together.
 * @returns the path of the archive.
 * @throws Error with the reason when `dotnet` is missing or the build fails.
 */
export async function buildIdentityServiceArchive(): Promise<string> {
  return (await buildIdentityService()).archive
}

/**
 * The same, with the folder that was packed.
 * @param properties of the project, such as `SqlServer=true`.
 */
export async function buildIdentityService(properties: readonly string[] = []): Promise<PublishedService> {
  const files = await filesBelow(SOURCES)
  const home = join(CACHE, [await hashOf(files), ...properties].join('-'))
  const built = { folder: join(home, 'published'), archive: join(home, 'IdentityService.zip') }
  if (!(await exists(built.archive))) await buildInto(home, files, properties)
  return built
}

/** Builds beside the place and moves the whole there; when another process was faster, its result stays. */
async function buildInto(
  home: string,
  files: readonly string[],
  properties: readonly string[],
): Promise<void> {
  const staging = `${home}.${randomUUID()}`
  const [sources, result] = [join(staging, 'sources'), join(staging, 'result')]
  try {
    for (const file of files) await cp(join(SOURCES, file), join(sources, file))
    const folders = { sources, artifacts: join(staging, 'artifacts'), result: join(result, 'published') }
    await publish(folders, properties)
    await pack(join(result, 'published'), join(result, 'IdentityService.zip'))
    await rename(result, home).catch(async (error: unknown) => {
      if (!(await exists(join(home, 'IdentityService.zip')))) throw error
    })
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

async function publish(
  { sources, artifacts, result }: Readonly<Record<'sources' | 'artifacts' | 'result', string>>,
  properties: readonly string[],
): Promise<void> {
  const args = ['publish', 'IdentityService.csproj', '--configuration', 'Release', '--output', result]
  const tidy = ['--artifacts-path', artifacts, '-nodeReuse:false', '-p:UseSharedCompilation=false']
  const chosen = properties.map((property) => `-p:${property}`)
  const { code, output } = await run('dotnet', [...args, ...tidy, ...chosen], sources)
  if (code !== 0) throw new Error(`dotnet publish of the service double ended with ${code}:\n${output}`)
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
      reject(new Error(`The service double needs the .NET SDK: ${command} does not start.`, { cause })),
    )
  })
}

async function pack(folder: string, archive: string): Promise<void> {
  const { ZipFile } = await import('yazl')
  const zip = new ZipFile()
  for (const name of await filesBelow(folder))
    zip.addBuffer(await readFile(join(folder, name)), name, { mtime: PACKED, mode: 0o100644 })
  zip.end()
  await mkdir(join(archive, '..'), { recursive: true })
  await pipeline(zip.outputStream, createWriteStream(archive))
}

/** Paths of all files below, with forward slashes and sorted; what a build in place leaves there is no source. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !/^(bin|obj)\//.test(path) && path !== 'README.md')
    .sort()
}

async function hashOf(files: readonly string[]): Promise<string> {
  const hash = createHash('sha256')
  for (const file of files) {
    const bytes = await readFile(join(SOURCES, file))
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
