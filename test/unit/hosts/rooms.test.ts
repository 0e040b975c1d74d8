import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../../..')

/** File → what it imports → the rules that this breaks. */
const cases: readonly [file: string, imported: string, ...broken: string[]][] = [
  ['electron/service/a.ts', '../machine/target.ts'],
  ['electron/service/b.ts', '../contract/problem.ts'],
  ['electron/service/c.ts', '../contract/calls.ts', 'room-service'],
  ['electron/service/d.ts', '../database/target.ts', 'room-service'],
  ['electron/steps/a.ts', '../service/a.ts'],
  ['electron/setup/a.ts', '../contract/plan.ts'],
  ['electron/setup/b.ts', '../contract/answers.ts', 'room-setup'],
  ['electron/setup/c.ts', '../service/a.ts', 'room-setup'],
  ['electron/secrets/a.ts', '../machine/target.ts', 'room-secrets'],
  ['electron/machine/a.ts', '../secrets/a.ts', 'room-machine'],
  ['electron/contract/a.ts', '../setup/a.ts', 'room-contract'],
  ['electron/practice/a.ts', '../scenarios/target.ts', 'room-practice'],
  ['electron/kitchen/a.ts', '../machine/target.ts', 'room-unknown'],
  ['electron/steps/b.ts', '../hosts/target.ts', 'doors-are-entered-from-outside', 'room-steps'],
  ['electron/steps/c.ts', '../../test/doubles/target.ts', 'product-without-tests', 'room-steps'],
  ['electron/hosts/a.ts', '../../test/doubles/target.ts', 'product-without-tests'],
  ['electron/hosts/b.ts', 'electron', 'electron-at-its-doors', 'product-without-development-packages'],
  ['electron/hosts/desktop/a.ts', 'electron'],
  ['electron/hosts/preload.ts', 'electron'],
  ['electron/hosts/c.ts', '../../renderer/target.ts', 'back-end-without-page'],
  ['renderer/a.ts', '../electron/service/a.ts', 'page-knows-contract-types', 'page-knows-types-only'],
  ['renderer/b.ts', '../electron/contract/calls.ts', 'page-knows-types-only'],
  ['renderer/c.ts', 'type ../electron/contract/calls.ts'],
  ['renderer/d.ts', 'electron', 'electron-at-its-doors'],
  ['electron/oidc/one.ts', './two.ts', 'no-cycle'],
]

const targets = [
  'electron/machine/target.ts',
  'electron/database/target.ts',
  'electron/scenarios/target.ts',
  'electron/hosts/target.ts',
  'electron/contract/problem.ts',
  'electron/contract/calls.ts',
  'electron/contract/plan.ts',
  'electron/contract/answers.ts',
  'renderer/target.ts',
  'test/doubles/target.ts',
  'node_modules/electron/index.js',
]

it(
  'the check of the rooms fails on every forbidden import and on no other',
  { timeout: 30_000 },
  async () => {
    const house = await mkdtemp(join(tmpdir(), 'rooms-'))
    try {
      for (const file of targets) await put(join(house, file), 'export const thing = 1\n')
      await put(
        join(house, 'node_modules/electron/package.json'),
        '{ "name": "electron", "main": "index.js" }',
      )
      for (const [file, imported] of cases) await put(join(house, file), importing(imported))
      await put(join(house, 'electron/oidc/two.ts'), importing('./one.ts'))
      const found = await violations(house)
      for (const [file, imported, ...broken] of cases)
        expect(found.get(file) ?? [], `${file} imports ${imported}`).toEqual(broken)
    } finally {
      await rm(house, { recursive: true })
    }
  },
)

function importing(imported: string): string {
  const type = imported.startsWith('type ')
  const from = imported.replace('type ', '')
  return type
    ? `import type { thing } from '${from}'\nexport type Thing = typeof thing\n`
    : `import { thing } from '${from}'\nexport const used = thing\n`
}

async function put(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text)
}

/** The rules that each file breaks, sorted, by the project's own configuration. */
async function violations(house: string): Promise<Map<string, string[]>> {
  const script = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const config = join(root, '.dependency-cruiser.cjs')
  const args = [script, '--config', config, '--output-type', 'json', 'electron', 'renderer', 'test']
  // It exits with the number of violations; the report is on standard output either way.
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: house }).catch(
    (failed: { stdout: string }) => failed,
  )
  const report = JSON.parse(stdout) as {
    summary: { violations: { from: string; rule: { name: string } }[] }
  }
  const found = new Map<string, string[]>()
  for (const { from, rule } of report.summary.violations)
    found.set(from, [...new Set([...(found.get(from) ?? []), rule.name])].sort())
  return found
}
