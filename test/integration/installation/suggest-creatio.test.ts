import { join } from 'node:path'
import { expect, test } from 'vitest'
import { realMachine } from '../../../electron/machine/real.ts'
import { practiceState } from '../../../electron/practice/windows/machine.ts'
import { findInstallation } from '../../../electron/scenarios/installation/find.ts'
import { suggestCreatio } from '../../../electron/scenarios/installation/suggest-creatio.ts'
import { addSite, bind, inspected, makePlace, type Place, SECRET } from './place.ts'

const connections = (database: string, server = 'DB.example.com') =>
  `<connectionStrings><add name="db" connectionString="Pooling=True;Database=${database};Server=${server};Port=5432;User ID=u;password=${SECRET}" /></connectionStrings>`

async function folders(place: Place) {
  const at = (name: string, file: string) => join(place.drive, 'inetpub', name, file)
  // For .NET, for .NET Framework with another database, one by its Web.config only, one that is only likely.
  await place.write(at('net', 'Terrasoft.WebHost.dll'), 'MZ')
  await place.write(at('net', 'ConnectionStrings.config'), connections('Creatio'))
  await place.write(at('framework/Terrasoft.WebApp', 'Web.config'), '<configuration />')
  await place.write(at('framework', 'ConnectionStrings.config'), connections('other'))
  await place.write(at('old', 'Web.config'), '<configuration><!-- Terrasoft.Core --></configuration>')
  await place.write(at('likely', 'connectionstrings.config'), connections('creatio', 'elsewhere'))
  await place.write(at('shop', 'web.config'), '<configuration />')
  return (name: string) => join(place.drive, 'inetpub', name)
}

test('pools of websites that show Creatio, the likeliest first', async () => {
  const place = await makePlace()
  const folder = await folders(place)
  const machine = place.windows({
    creatioFolder: 'C:\\nowhere',
    adjust: (state) => {
      addSite(state, { name: 'Identity', folder: place.target, pool: 'Own' })
      addSite(state, { name: 'Likely', folder: folder('likely') })
      addSite(state, { name: 'Old', folder: folder('old') })
      addSite(state, { name: 'Shop', folder: folder('shop') })
      addSite(state, {
        name: 'Framework',
        folder: folder('framework'),
        applications: { '/0': { folder: folder('framework/Terrasoft.WebApp'), pool: 'Framework pool' } },
      })
      addSite(state, { name: 'Net', folder: folder('net') })
      // Whatever it shows, it is the service's own.
      addSite(state, { name: 'Same pool', folder: folder('net'), pool: 'own' })
      state.iis.siteStates['Old'] = 'Stopped'
    },
  })
  const found = await findInstallation(machine, place.stateFolder, { target: place.target })
  const suggestions = await suggestCreatio(machine, found)
  expect(suggestions.map(({ kind, name, why }) => [kind, name, why])).toEqual([
    ['pool', 'Net pool', 'The website “Net” uses the same database as the Identity Service.'],
    ['pool', 'Framework pool', 'The website “Framework” shows a folder that holds Terrasoft.WebApp.'],
    ['pool', 'Old pool', 'The website “Old” shows a folder that holds Web.config.'],
    ['pool', 'Likely pool', 'The website “Likely” shows a folder that holds ConnectionStrings.config.'],
  ])
  expect(suggestions[0]!.folder).toBe(folder('net'))
  expect(JSON.stringify(suggestions)).not.toContain(SECRET)

  await practiceState(realMachine(), join(place.root, 'server')).change(async (state) => {
    state.token = { ...state.token, elevated: false }
  })
  expect(await suggestCreatio(machine, found)).toEqual([])
})

test('containers that are called like Creatio or are given its files', async () => {
  const place = await makePlace()
  const folder = await folders(place)
  place.containers = [
    inspected({ name: 'creatio-stopped', image: 'x', state: 'exited' }),
    inspected({ name: 'app', image: 'registry.example.com/creatio:8.3' }),
    inspected({ name: 'creatio-identity', mounts: [bind(place.target, '/app')] }),
    inspected({ name: 'creatio-identity-2', state: 'exited' }),
    inspected({ name: 'net', image: 'aspnet', mounts: [bind(folder('net'), '/app')] }),
    inspected({ name: 'postgres', image: 'postgres:16' }),
  ]
  const machine = place.plain()
  const found = await findInstallation(machine, place.stateFolder, { target: place.target })
  expect(found.installation.container).toBe('creatio-identity')
  expect((await suggestCreatio(machine, found)).map(({ kind, name }) => [kind, name])).toEqual([
    ['container', 'net'],
    ['container', 'app'],
    ['container', 'creatio-stopped'],
  ])
  place.containers = undefined
  expect(await suggestCreatio(machine, found)).toEqual([])
})
