import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testServer } from './server.ts'

/** A change of the server and what takes it back. */
interface Change {
  readonly apply: readonly string[]
  readonly undo: readonly string[]
}

const name = fc.constantFrom('Alpha', 'Beta', 'Gamma')
const port = fc.integer({ min: 50_000, max: 50_020 })

const poolChange = name.map((pool): Change => ({
  apply: ['add', 'apppool', `/name:${pool}`, '/managedRuntimeVersion:', '/processModel.loadUserProfile:true'],
  undo: ['delete', 'apppool', pool],
}))
const siteChange = fc.tuple(name, port).map(([site, number]): Change => ({
  apply: ['add', 'site', `/name:${site}`, `/bindings:http/*:${number}:`, '/physicalPath:C:\\s'],
  undo: ['delete', 'site', site],
}))
const settingChange = fc
  .constantFrom(
    ['autoStart', 'false', 'true'],
    ['managedRuntimeVersion', '', 'v4.0'],
    ['processModel.idleTimeout', '00:00:00', '00:20:00'],
    ['processModel.identityType', 'NetworkService', 'ApplicationPoolIdentity'],
    ['recycling.periodicRestart.time', '00:00:00', '1.05:00:00'],
  )
  .map(([path, value, old]): Change => ({
    apply: ['set', 'apppool', 'DefaultAppPool', `/${path}:${value}`],
    undo: ['set', 'apppool', 'DefaultAppPool', `/${path}:${old}`],
  }))
const bindingChange = port.map((number): Change => {
  const entry = `bindings.[protocol='https',bindingInformation='*:${number}:a.example']`
  return {
    apply: ['set', 'site', 'Default Web Site', `/+${entry}`],
    undo: ['set', 'site', 'Default Web Site', `/-${entry}`],
  }
})
const redirectChange = fc.constant<Change>({
  apply: [
    'set',
    'config',
    'Creatio',
    '/section:httpRedirect',
    '/enabled:true',
    '/destination:https://a.example',
    '/commit:apphost',
  ],
  undo: ['clear', 'config', 'Creatio', '/section:httpRedirect', '/commit:apphost'],
})
const runChange = fc.constant<Change>({
  apply: ['stop', 'apppool', 'DefaultAppPool'],
  undo: ['start', 'apppool', 'DefaultAppPool'],
})

test('what is applied and taken back leaves the configuration byte for byte as it was', async () => {
  const { appcmd, configuration } = await testServer()
  const before = await configuration()
  const change = fc.oneof(poolChange, siteChange, settingChange, bindingChange, redirectChange, runChange)

  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 8 }), async (changes) => {
      const done: Change[] = []
      for (const each of changes) {
        const was = await configuration()
        const { code } = await appcmd(each.apply)
        // What was refused, or was so already, is not to be taken back.
        if (code !== 0) expect(await configuration()).toBe(was)
        else if ((await configuration()) !== was) done.push(each)
      }
      for (const each of done.reverse()) expect((await appcmd(each.undo)).code).toBe(0)
      expect(await configuration()).toBe(before)
    }),
    { numRuns: 25 },
  )
}, 60_000)
