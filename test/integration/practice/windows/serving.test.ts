import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Machine } from '../../../../electron/machine/machine.ts'
import { realMachine } from '../../../../electron/machine/real.ts'
import { practiceWindows, stopPracticeSites } from '../../../../electron/practice/windows/machine.ts'
import { readProcesses } from '../../../../electron/practice/windows/processes.ts'
import { freePort } from '../../../free-port.ts'

const siteScript = new URL('../../../../electron/practice/windows/site/main.ts', import.meta.url).pathname
const real = realMachine()
let folder: string
let machine: Machine
let port: number

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'practice-serving-'))
  machine = practiceWindows(real, folder, { siteScript })
  port = await freePort()
  await appcmd('add', 'apppool', '/name:P', '/managedRuntimeVersion:')
  await appcmd('add', 'site', '/name:S', `/bindings:http/*:${port}:`, `/physicalPath:${join(folder, 'site')}`)
  await appcmd('set', 'app', 'S/', '/applicationPool:P')
})

afterEach(async () => {
  await stopPracticeSites(real, folder)
  await rm(folder, { recursive: true, force: true })
})

async function appcmd(...args: string[]): Promise<number> {
  const command = join(machine.windows!.windows, 'System32', 'inetsrv', 'appcmd.exe')
  return (await machine.processes.run({ command, args })).exitCode
}

const answer = () => real.network.http(`http://127.0.0.1:${port}/`, { timeoutMs: 30_000 })
const pids = async () => Object.values(await readProcesses(real, folder))

test('a site that is added is served by a process of its own, sites of others are not', async () => {
  const { headers } = await answer()

  expect(await pids()).toEqual([Number(headers['x-practice-process'])])
})

test('a stopped site closes its port, and opens it again', async () => {
  expect(await appcmd('stop', 'site', 'S')).toBe(0)
  expect(await real.network.portFree(port)).toBe(true)
  await expect(answer()).rejects.toMatchObject({ problem: { code: 'http.refused' } })

  expect(await appcmd('start', 'site', 'S')).toBe(0)
  expect((await answer()).headers['x-practice-process']).toBe(String((await pids())[0]))
})

test('a site whose pool is stopped is unavailable', async () => {
  await appcmd('stop', 'apppool', 'P')

  await expect.poll(async () => (await answer()).status).toBe(503)
})

test('the process of a site that is deleted ends', async () => {
  const [pid] = await pids()
  await appcmd('delete', 'site', 'S')

  expect(await real.network.portFree(port)).toBe(true)
  await expect.poll(() => real.processes.alive(pid!)).toBe(false)
  expect(await pids()).toEqual([])
})

test('a binding that is changed is served where it is now', async () => {
  const old = port
  port = await freePort()
  await appcmd('set', 'site', 'S', `/bindings:http/*:${port}:`)

  expect((await answer()).status).toBeGreaterThan(0)
  expect(await real.network.portFree(old)).toBe(true)
})

test('stopping all ends the processes, stopped sites too, and the next program starts them again', async () => {
  const before = await pids()
  await stopPracticeSites(real, folder)
  expect(before.map((pid) => real.processes.alive(pid))).toEqual([false])
  expect(await real.network.portFree(port)).toBe(true)

  machine = practiceWindows(real, folder, { siteScript })
  expect(await appcmd('list', 'site', 'S')).toBe(0)
  expect((await answer()).status).toBeGreaterThan(0)
})

test('a second program takes over the processes of the first', async () => {
  const before = await pids()
  machine = practiceWindows(real, folder, { siteScript })
  await appcmd('stop', 'apppool', 'P')

  expect(await pids()).toEqual(before)
})

test('a process id that belongs to somebody else now is left alone', async () => {
  await stopPracticeSites(real, folder)
  await real.files.write(join(folder, 'processes.json'), JSON.stringify({ S: process.pid }))
  machine = practiceWindows(real, folder, { siteScript })
  await appcmd('list', 'site')

  expect(await pids()).not.toEqual([process.pid])
  expect((await answer()).headers['x-practice-process']).toBe(String((await pids())[0]))
})
