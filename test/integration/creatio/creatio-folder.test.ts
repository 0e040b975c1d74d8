import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { findInCreatioFolder } from '../../../electron/creatio/creatio-folder.ts'
import { realMachine } from '../../../electron/machine/real.ts'

async function creatio(...files: string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'creatio-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await mkdir(join(folder, 'Terrasoft.WebApp'))
  for (const file of files) await writeFile(join(folder, file), 'x')
  return folder
}

it('finds both files at the root, in any case', async () => {
  const folder = await creatio(
    'connectionstrings.config',
    'IdentityService.zip',
    'Terrasoft.WebApp/ConnectionStrings.config',
  )
  expect(await findInCreatioFolder(realMachine(), folder)).toEqual({
    connectionStrings: join(folder, 'connectionstrings.config'),
    archive: join(folder, 'IdentityService.zip'),
  })
})

it('looks outside when the inner application was chosen, and inside when the root has none', async () => {
  const outer = await creatio('ConnectionStrings.config')
  expect(await findInCreatioFolder(realMachine(), join(outer, 'Terrasoft.WebApp'))).toEqual({
    connectionStrings: join(outer, 'ConnectionStrings.config'),
  })
  const inner = await creatio('Terrasoft.WebApp/ConnectionStrings.config')
  expect(await findInCreatioFolder(realMachine(), inner)).toEqual({
    connectionStrings: join(inner, 'Terrasoft.WebApp', 'ConnectionStrings.config'),
  })
})

it('finds nothing in a missing folder', async () => {
  expect(await findInCreatioFolder(realMachine(), join(await creatio(), 'none'))).toEqual({})
})
