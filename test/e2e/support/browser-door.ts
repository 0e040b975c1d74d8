import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { chromium } from '@playwright/test'
import type { DoorOptions, OpenWizard } from './door.ts'

const root = resolve(import.meta.dirname, '../../..')

/** Keeps Debian's Chromium quiet: tests reach loopback only. */
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Starts the loopback host on a free port and opens its address in a real Chromium. */
export async function openBrowser({ stateFolder, watch }: DoorOptions): Promise<OpenWizard> {
  const host = spawn(process.execPath, ['electron/hosts/cli.ts', 'serve'], {
    cwd: root,
    env: { ...process.env, IDENTITY_SETUP_STATE: stateFolder },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  try {
    const address = await addressOf(host)
    const browser = await chromium.launch({ executablePath: chromiumPath(), args: quiet })
    const context = await browser.newContext({
      viewport: { width: 1024, height: 720 },
      acceptDownloads: true,
    })
    watch(context)
    const page = await context.newPage()
    await page.goto(address)
    return {
      page,
      async saved(press) {
        const [download] = await Promise.all([page.waitForEvent('download'), press()])
        return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
      },
      async clipboard() {
        await context.grantPermissions(['clipboard-read'])
        return page.evaluate(() => navigator.clipboard.readText())
      },
      async close() {
        await browser.close()
        await end(host)
      },
      async kill() {
        // That the host is gone is what this is for; the page may complain of it until it is gone, too.
        context.removeAllListeners('console')
        host.kill('SIGKILL')
        await browser.close()
        await end(host)
      },
    }
  } catch (error) {
    await end(host)
    throw error
  }
}

/** The address stands in what the host prints first. */
function addressOf(host: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    let printed = ''
    const hear = (chunk: Buffer) => {
      printed += chunk.toString()
      const address = /http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+/.exec(printed)?.[0]
      if (address) found(address)
    }
    host.stdout?.on('data', hear)
    host.stderr?.on('data', hear)
    host.on('error', failed)
    host.on('exit', (code) => failed(new Error(`The host ended with ${code}:\n${printed}`)))
  })
}

async function end(host: ChildProcess): Promise<void> {
  if (host.exitCode !== null || host.signalCode !== null) return
  const ended = once(host, 'exit')
  host.kill('SIGTERM')
  const late = setTimeout(() => host.kill('SIGKILL'), 30_000)
  await ended
  clearTimeout(late)
}

function chromiumPath(): string {
  return (
    process.env['CHROMIUM_PATH'] ??
    (process.platform === 'linux' ? '/usr/bin/chromium' : chromium.executablePath())
  )
}
