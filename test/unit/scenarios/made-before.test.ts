import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { realMachine } from '../../../electron/machine/real.ts'
import { madeBefore } from '../../../electron/scenarios/new-installation/made-before.ts'
import { installationFile } from '../../../electron/service/installation.ts'
import { Journal } from '../../../electron/setup/journal.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'made-before-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const target = String.raw`C:\Creatio\IdentityService`
const machine = realMachine()

/** The journal of a run into a folder that added a site and the rest, and changed a pool that was there. */
async function beginRun(into: string): Promise<Journal> {
  const answers = { service: { target: into } }
  const at = new Date(0).toISOString()
  const journal = await Journal.create(machine, folder, {
    type: 'run',
    id: 'one',
    title: 'A run',
    practice: false,
    at,
    answers,
    steps: [],
  })
  const undo = (kind: string, record: unknown) => journal.add({ type: 'undo', step: kind, kind, record })
  await undo('configure-pool', { name: 'Theirs', former: { name: 'Theirs' } })
  await undo('configure-site', { name: 'New Site' })
  await undo('redirect-http', { name: 'New Site redirect', madeFolder: 'C:\\somewhere' })
  await undo('bind-certificate', { endpoint: 'identity.example.com:443' })
  await undo('set-file-rights', { name: 'something else' })
  return journal
}

test('an interrupted run has made what its journal would remove, not what it would change back', async () => {
  await beginRun(target)
  const made = await madeBefore(machine, folder, target)
  expect([...made].toSorted()).toEqual([
    'certificate:identity.example.com:443',
    'site:new site',
    'site:new site redirect',
  ])
})

test('what was taken back, belongs to another folder or to a discarded run was not made', async () => {
  const journal = await beginRun(target)
  expect(await madeBefore(machine, folder, String.raw`C:\Elsewhere`)).toEqual(new Set())
  const site = journal.undoEntries().find(({ kind }) => kind === 'configure-site')!
  await journal.add({ type: 'undone', at: '', index: site.index })
  expect((await madeBefore(machine, folder, target)).has('site:new site')).toBe(false)
  await journal.add({ type: 'end', at: '', outcome: 'discarded' })
  expect(await madeBefore(machine, folder, target)).toEqual(new Set())
})

test('a finished setup is known by its record', async () => {
  const file = installationFile(folder, 'one')
  await mkdir(dirname(file), { recursive: true })
  const website = { site: 'S', pool: 'P', redirectSite: 'R', endpoint: '0.0.0.0:443' }
  await writeFile(file, JSON.stringify({ version: 1, id: 'one', target, website }))
  const made = await madeBefore(machine, folder, target)
  expect([...made].toSorted()).toEqual(['certificate:0.0.0.0:443', 'pool:p', 'site:r', 'site:s'])
})
