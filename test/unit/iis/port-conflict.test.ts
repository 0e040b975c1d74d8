import { expect, test } from 'vitest'
import { portConflict } from '../../../electron/iis/port-conflict.ts'
import type { Site } from '../../../electron/iis/site.ts'
import type { Machine } from '../../../electron/machine/machine.ts'

const site = (name: string, port: number, host = ''): Site => ({
  name,
  id: 1,
  state: 'Started',
  bindings: [{ protocol: 'http', address: '*', port, host, sslFlags: 0 }],
  pool: 'pool',
  folder: '',
  applications: [],
  autoStart: true,
  otherBindings: [],
  physicalPath: '',
  connectAs: '',
})

const OWN = ['IDServiceWebsite', 'IDServiceWebsite redirect']
const wanted = { port: 8090, host: '', own: OWN }

/** A machine on which something listens on 8090: `System`, as for all of HTTP.sys, or a program. */
function machine(pid: number, process: string): Machine {
  const answers: Readonly<Record<string, string>> = {
    'netstat.exe': `  TCP    0.0.0.0:8090   0.0.0.0:0   LISTENING   ${pid}\r\n`,
    'tasklist.exe': `"${process}","${pid}","Services","0","144 K"\r\n`,
    'netsh.exe': `    Process IDs:\r\n        3248\r\n    Registered URLs:\r\n        HTTP://*:8090/\r\n`,
  }
  const run = async ({ command }: { readonly command: string }) => ({
    exitCode: 0,
    stdout: answers[command.split('/').at(-1)!.toLowerCase()] ?? '',
    stderr: '',
  })
  return {
    windows: { windows: '/windows', programFiles: '/programs', programFilesX86: '/programs86' },
    processes: { run },
    files: { info: async () => ({ kind: 'file', size: 1, mode: 0 }) },
    network: { portFree: async (port: number) => port !== 8090 },
  } as unknown as Machine
}

test('a website of the same host header is in the way, its name in any case; one of another host header is not', async () => {
  const sites = [site('Shop', 8090, 'Shop.example')]
  const taken = await portConflict(machine(4, 'System'), { ...wanted, host: 'shop.EXAMPLE' }, sites)
  expect(taken).toBe('Port 8090 is a binding of the website Shop.')
  expect(await portConflict(machine(4, 'System'), { ...wanted, host: 'id.example' }, sites)).toBeUndefined()
})

test('the own website and its redirect are not in their own way', async () => {
  for (const name of OWN)
    expect(await portConflict(machine(4, 'System'), wanted, [site(name.toLowerCase(), 8090)])).toBeUndefined()
})

test('another program is named; a free port is free', async () => {
  expect(await portConflict(machine(77, 'nginx.exe'), wanted, [])).toBe('Port 8090 is used by nginx.exe.')
  expect(await portConflict(machine(77, 'nginx.exe'), { ...wanted, port: 8091 }, [])).toBeUndefined()
})

test('where websites cannot be looked at, what HTTP.sys holds may be shared, and a program still is in the way', async () => {
  expect(await portConflict(machine(4, 'System'), wanted, undefined)).toBeUndefined()
  expect(await portConflict(machine(77, 'nginx.exe'), wanted, undefined)).toBe(
    'Port 8090 is used by nginx.exe.',
  )
})
