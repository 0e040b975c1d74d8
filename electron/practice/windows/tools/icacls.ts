import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { SimulatedServer, SimulatedTool, ToolAnswer } from '../tool.ts'
import { nameOfSid } from './accounts.ts'
import { type Dacl, rightsLetters } from './acl.ts'
import { readDacl, writeDacl } from './acl-store.ts'
import { says } from './console.ts'
import { type IcaclsRequest, parseIcacls } from './icacls-arguments.ts'
import { changed, type ResolvedAction, resolveAction } from './icacls-change.ts'
import { icaclsTexts } from './icacls-texts.ts'
import { parseSddl, printSddl } from './sddl.ts'
import { win32Text } from './win32-errors.ts'

/** What one run has said and counted so far. */
interface Tally {
  code: number
  out: string
  err: string
  done: number
  failed: number
}

/**
 * icacls: lists, changes, saves and restores access lists of the files that really lie on the simulated drive.
 * Errors go to standard error, the summary to standard output, lines end in LF.
 */
export const icacls: SimulatedTool = async (call, server) => {
  const texts = icaclsTexts[server.state.system.language]
  const request = parseIcacls(call.args)
  if (request === 'no-path')
    return says(server, call.args.length === 0 ? 3 : 87, { err: `${texts.noPath}\n` })
  if ('invalid' in request) return says(server, 87, { err: texts.invalid(request.invalid) })
  const path = resolve(request.path)
  const tally: Tally = { code: 0, out: '', err: '', done: 0, failed: 0 }
  if (/[*?<>|"]/.test(request.path)) fail(server, tally, request.path, 123)
  else if ((await kindOf(path)) === undefined)
    fail(server, tally, request.path, (await kindOf(dirname(path))) === undefined ? 3 : 2)
  else await serve(server, request, path, tally)
  return finish(server, request, tally)
}

async function serve(
  server: SimulatedServer,
  request: IcaclsRequest,
  path: string,
  tally: Tally,
): Promise<void> {
  if (request.restore !== undefined) return restore(server, request, path, tally)
  const actions: ResolvedAction[] = []
  for (const action of request.actions) {
    const resolved = resolveAction(server.state, action)
    if ('do' in resolved) actions.push(resolved)
    else return refuse(server, tally, resolved.code, resolved.text)
  }
  const paths = request.recursive ? await tree(path) : [path]
  if (request.save !== undefined) return save(server, request.save, path, paths, tally)
  for (const each of paths) {
    const stopped = await serveOne(server, actions, { path: each, named: each === path }, tally)
    if (stopped && !request.goOn) return
  }
}

/** Changes or lists one file; true when it was refused. */
async function serveOne(
  server: SimulatedServer,
  actions: readonly ResolvedAction[],
  { path, named }: { path: string; named: boolean },
  tally: Tally,
): Promise<boolean> {
  const kind = (await kindOf(path))!
  let dacl = await readDacl(server.state, path)
  if (actions.length > 0 ? !server.state.token.elevated : !mayRead(server, dacl)) {
    fail(server, tally, path, 5)
    return true
  }
  if (actions.length === 0) {
    tally.out += listing(server, path, dacl)
    tally.done++
    return false
  }
  // Unverified on a real server: entries to be handed down, set on a file itself. The simulation refuses them.
  if (named && kind === 'file' && actions.some((action) => 'flags' in action && action.flags.length > 0)) {
    fail(server, tally, path, 87)
    return true
  }
  for (const action of actions) dacl = changed(dacl, action, kind)
  await writeDacl(server.state, path, dacl)
  note(server, tally, path)
  return false
}

/** UTF-16LE without a mark: a line with the name, a line with the list. */
async function save(
  server: SimulatedServer,
  file: string,
  top: string,
  paths: readonly string[],
  tally: Tally,
): Promise<void> {
  if ((await kindOf(dirname(resolve(file)))) === undefined) return refuse(server, tally, 87, file)
  let text = ''
  for (const path of paths) {
    const dacl = await readDacl(server.state, path)
    if (!mayRead(server, dacl)) return fail(server, tally, path, 5)
    text += `${path
      .slice(dirname(top).length)
      .replace(/^[\\/]/, '')
      .replaceAll('/', '\\')}\r\n${printSddl(dacl)}\r\n`
    note(server, tally, path)
  }
  await writeFile(file, Buffer.from(text, 'utf16le'))
}

async function restore(
  server: SimulatedServer,
  request: IcaclsRequest,
  folder: string,
  tally: Tally,
): Promise<void> {
  if (!server.state.token.elevated) return fail(server, tally, request.path, 1300)
  const bytes = await readFile(request.restore!).catch(() => undefined)
  if (bytes === undefined) return fail(server, tally, request.restore!, 2)
  const lines = bytes.toString('utf16le').split('\r\n')
  for (let at = 0; at + 1 < lines.length; at += 2) {
    const path = join(folder, ...lines[at]!.split('\\'))
    const dacl = parseSddl(lines[at + 1]!)
    if (dacl === undefined) return fail(server, tally, request.restore!, 87)
    if ((await kindOf(path)) === undefined) {
      fail(server, tally, path, 2)
      if (!request.goOn) return
      continue
    }
    await writeDacl(server.state, path, dacl)
    note(server, tally, path)
  }
}

function listing(server: SimulatedServer, path: string, { aces }: Dacl): string {
  const lines = aces.map(({ type, flags, mask, sid }) => {
    const marks = flags.map((flag) => `(${flag === 'ID' ? 'I' : flag})`).toSorted(inheritedFirst)
    return `${nameOfSid(server.state, sid)}:${marks.join('')}${type === 'D' ? '(DENY)' : ''}${rightsLetters(mask)}`
  })
  return `${path} ${lines.join(`\n${' '.repeat(path.length + 1)}`)}\n\n`
}

function inheritedFirst(one: string, other: string): number {
  return Number(other === '(I)') - Number(one === '(I)')
}

/** Without full rights, what counts is granted to everyone, to users, or to the user. */
function mayRead({ state }: SimulatedServer, { aces }: Dacl): boolean {
  const mine = ['S-1-1-0', 'S-1-5-11', 'S-1-5-32-545', state.token.sid]
  return (
    state.token.elevated ||
    aces.some(
      ({ type, mask, sid, flags }) =>
        type === 'A' && !flags.includes('IO') && (mask & 0x20000) !== 0 && mine.includes(sid),
    )
  )
}

async function tree(path: string): Promise<string[]> {
  if ((await kindOf(path)) === 'file') return [path]
  const below = await Promise.all((await readdir(path)).sort().map((name) => tree(join(path, name))))
  return [path, ...below.flat()]
}

async function kindOf(path: string): Promise<'file' | 'folder' | undefined> {
  const found = await stat(path).catch(() => undefined)
  return found && (found.isDirectory() ? 'folder' : 'file')
}

function note(server: SimulatedServer, tally: Tally, path: string): void {
  tally.out += icaclsTexts[server.state.system.language].processed(path)
  tally.done++
}

function fail(server: SimulatedServer, tally: Tally, path: string, code: number): void {
  tally.failed++
  refuse(server, tally, code, path)
}

function refuse(server: SimulatedServer, tally: Tally, code: number, about: string): void {
  tally.code = code
  const { language } = server.state.system
  if (about === '') return
  tally.err += code === 87 ? icaclsTexts[language].invalid(about) : `${about}: ${win32Text(code, language)}\n`
}

/** With /C a partial failure shows in the summary only. */
function finish(server: SimulatedServer, request: IcaclsRequest, tally: Tally): ToolAnswer {
  const texts = icaclsTexts[server.state.system.language]
  const out = request.quiet ? tally.out.replaceAll(processedLines(server), '') : tally.out
  const code = request.goOn && tally.done > 0 ? 0 : tally.code
  return says(server, code, { out: out + texts.summary(tally.done, tally.failed), err: tally.err })
}

function processedLines(server: SimulatedServer): RegExp {
  const prefix = icaclsTexts[server.state.system.language].processed('').trimEnd()
  return new RegExp(`^${prefix}.*\\n`, 'gm')
}
