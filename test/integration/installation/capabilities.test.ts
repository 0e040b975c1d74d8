import { join } from 'node:path'
import { expect, test } from 'vitest'
import { realMachine } from '../../../electron/machine/real.ts'
import { makePracticeArchive } from '../../../electron/practice/archive.ts'
import { ecdsaEvidence, windowsBuild } from '../../../electron/scenarios/installation/capabilities.ts'
import { makePlace } from './place.ts'

test('the runtime that the service needs, from its folder and from the archive', async () => {
  const place = await makePlace()
  const machine = place.plain()
  expect(await ecdsaEvidence(machine, { service: place.target })).toEqual({ runtimeVersion: '8.0.10' })
  const archive = join(place.root, 'IdentityService.zip')
  await makePracticeArchive(realMachine(), archive)
  expect(await ecdsaEvidence(machine, { service: archive })).toEqual({ runtimeVersion: '8.0.10' })
  await place.write('IdentityService.runtimeconfig.json', '{')
  for (const service of [place.target, join(place.root, 'gone'), await place.write('x.zip', 'damaged')])
    expect(await ecdsaEvidence(machine, { service })).toEqual({})
})

test('the build of Windows', async () => {
  const [old, plain] = [await makePlace(), await makePlace()]
  expect(await windowsBuild(old.windows({ build: 14_393 }))).toBe(14_393)
  expect(await windowsBuild(plain.plain())).toBeUndefined()
})
