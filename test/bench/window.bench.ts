import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { alternate, figure, leaveOut, median, note } from './support/figures.ts'

const NAME = 'window-interactive'
const TARGET = 1.3
const ROUNDS = 12
/** Starts until Chromium keeps compiled code, as it does for whoever uses the program a second day. */
const WARM_UP = 3
const LONGEST_MS = 60_000

const root = resolve(import.meta.dirname, '../..')
const entry = join(import.meta.dirname, 'window', 'entry.cjs')

/** Milliseconds from the start of the process until its window is interactive. */
async function start(electron: string, main: string, env: Record<string, string>): Promise<number> {
  const started = performance.timeOrigin + performance.now()
  const child = spawn(electron, ['--no-sandbox', '--disable-gpu', entry, root, main], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LONGEST_MS,
  })
  const [printed, complaints] = await Promise.all([text(child.stdout), text(child.stderr)])
  const interactive = /^interactive ([\d.]+)$/m.exec(printed)?.[1]
  if (interactive === undefined) throw new Error(`${main} did not become interactive:\n${complaints}`)
  return Number(interactive) - started
}

function electronPath(): string | undefined {
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  const path = folder && join(folder, process.platform === 'win32' ? 'electron.exe' : 'electron')
  return path !== undefined && existsSync(path) ? path : undefined
}

const electron = electronPath()
const hasDisplay =
  process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'])
if (!electron) leaveOut([NAME], 'Electron could not be fetched')
else if (!hasDisplay) leaveOut([NAME], 'no display and no xvfb-run')
else {
  const state = await mkdtemp(join(tmpdir(), 'bench-window-'))
  const product = () =>
    start(electron, join(root, 'out/main/desktop.cjs'), { IDENTITY_SETUP_STATE: join(state, 'product') })
  const empty = () =>
    start(electron, join(import.meta.dirname, 'window/empty.cjs'), {
      EMPTY_WINDOW_STATE: join(state, 'empty'),
    })
  try {
    await alternate(WARM_UP, product, empty)
    const times = await alternate(ROUNDS, product, empty)
    note(NAME, { wizard: times.product, 'empty window': times.baseline })
    figure(NAME, median(times.product) / median(times.baseline), TARGET)
  } finally {
    await rm(state, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}
