import { expect, test } from 'vitest'
import { testServer } from './server.ts'

test('a site is made with its root, which uses the default pool until it is told otherwise', async () => {
  const { appcmd } = await testServer()
  await appcmd(['add', 'apppool', '/name:P', '/managedRuntimeVersion:'])

  const added = await appcmd(['add', 'site', '/name:S', '/bindings:http/*:48090:', '/physicalPath:C:\\s'])
  expect(added.stdout).toBe('SITE object "S" added\r\nAPP object "S/" added\r\nVDIR object "S/" added\r\n')
  expect((await appcmd(['list', 'app', 'S/', '/text:apppool.name'])).stdout).toBe('DefaultAppPool\r\n')
  expect((await appcmd(['set', 'app', 'S/', '/applicationPool:P'])).stdout).toBe(
    'APP object "S/" changed\r\n',
  )
  expect((await appcmd(['list', 'app', 'S/', '/text:apppool.name'])).stdout).toBe('P\r\n')
  await appcmd(['set', 'site', 'S', "/[path='/'].applicationPool:DefaultAppPool"])
  expect((await appcmd(['list', 'app', 'S/', '/text:apppool.name'])).stdout).toBe('DefaultAppPool\r\n')
  expect((await appcmd(['list', 'site', 'S', '/text:id'])).stdout).toBe('3\r\n')
})

test('quotes in an argument are part of the value', async () => {
  const { appcmd } = await testServer()
  await appcmd(['add', 'apppool', '/name:P', '/managedRuntimeVersion:""'])

  expect((await appcmd(['list', 'apppool', 'P'])).stdout).toContain('MgdVersion:"",')
})

test('bindings are replaced whole, or one at a time', async () => {
  const { appcmd } = await testServer()
  await appcmd([
    'add',
    'site',
    '/name:S',
    '/bindings:http/*:48090:,http/*:48091:a.example',
    '/physicalPath:C:\\s',
  ])
  const bindings = async () => (await appcmd(['list', 'site', 'S', '/text:bindings'])).stdout.trim()

  await appcmd(['set', 'site', 'S', '/bindings:http/*:48092:'])
  expect(await bindings()).toBe('http/*:48092:')
  const https = "protocol='https',bindingInformation='*:48443:s.example'"
  await appcmd(['set', 'site', 'S', `/+bindings.[${https},sslFlags='1']`])
  expect(await bindings()).toBe('http/*:48092:,https/*:48443:s.example')
  await appcmd(['set', 'site', 'S', `/bindings.[${https}].sslFlags:0`])
  expect((await appcmd(['list', 'site', 'S', '/config', '/xml'])).stdout).not.toContain('sslFlags')
  await appcmd(['set', 'site', 'S', "/-bindings.[protocol='http',bindingInformation='*:48092:']"])
  expect(await bindings()).toBe('https/*:48443:s.example')
})

test('bindings may also be added to those there are', async () => {
  const { appcmd } = await testServer({ unverified: { bindingsReplaced: false } })
  await appcmd(['set', 'site', 'Default Web Site', '/bindings:http/*:48092:'])

  expect((await appcmd(['list', 'site', 'Default Web Site', '/text:bindings'])).stdout).toBe(
    'http/*:80:,http/*:48092:\r\n',
  )
})

test.each([
  [true, 0],
  [false, 87],
])('an IPv6 address in a selector, where quotes protect brackets: %s', async (bracketsInQuotes, code) => {
  const { appcmd } = await testServer({ unverified: { bracketsInQuotes } })
  await appcmd(['add', 'site', '/name:S', '/bindings:http/[::1]:48090:', '/physicalPath:C:\\s'])

  const removal = "/-bindings.[protocol='http',bindingInformation='[::1]:48090:']"
  expect(await appcmd(['set', 'site', 'S', removal])).toMatchObject({ code })
})

test('a call that fails changes nothing, not even what stood before the mistake', async () => {
  const { appcmd, configuration } = await testServer()
  await appcmd(['add', 'apppool', '/name:P'])
  const before = await configuration()

  const { code } = await appcmd(['set', 'apppool', 'P', '/autoStart:false', '/ghost:1'])
  expect(code).toBe(87)
  expect(await configuration()).toBe(before)
})

test('a section of a site lies in applicationHost.config, and outlives the site', async () => {
  const { appcmd, configuration } = await testServer()
  const before = await configuration()
  await appcmd(['add', 'site', '/name:R', '/bindings:http/*:48080:', '/physicalPath:C:\\r'])
  const section = '/section:system.webServer/httpRedirect'
  const where = ['R', section, '/commit:apphost']

  const set = await appcmd(['set', 'config', ...where, '/enabled:true', '/destination:https://s.example'])
  expect(set.stdout).toBe(
    'Applied configuration changes to section "system.webServer/httpRedirect" for "MACHINE/WEBROOT/APPHOST/R" at configuration commit path "MACHINE/WEBROOT/APPHOST"\r\n',
  )
  expect((await appcmd(['list', 'config', 'R', section])).stdout).toContain(
    '<httpRedirect enabled="true" destination="https://s.example" />',
  )
  await appcmd(['delete', 'site', 'R'])
  expect(await configuration()).not.toBe(before)
  await appcmd(['add', 'site', '/name:R', '/bindings:http/*:48080:', '/physicalPath:C:\\r'])
  await appcmd(['clear', 'config', ...where])
  await appcmd(['delete', 'site', 'R'])
  expect(await configuration()).toBe(before)
})

test('without /commit:apphost a section of a site would go elsewhere, and is refused', async () => {
  const { appcmd } = await testServer()

  const { code } = await appcmd(['set', 'config', 'Creatio', '/section:httpRedirect', '/enabled:true'])
  expect(code).not.toBe(0)
})

test('pools are also changed as entries of their section', async () => {
  const { appcmd } = await testServer()
  await appcmd(['add', 'apppool', '/name:P'])
  const edit = "/[name='P'].processModel.shutdownTimeLimit:00:00:30"

  const section = '-section:system.applicationHost/applicationPools'
  expect((await appcmd(['set', 'config', section, edit, '/commit:apphost'])).code).toBe(0)
  expect((await appcmd(['list', 'apppool', 'P', '/text:processModel.shutdownTimeLimit'])).stdout).toBe(
    '00:00:30\r\n',
  )
})

test('a backup brings back what was deleted', async () => {
  const { appcmd } = await testServer()

  expect((await appcmd(['add', 'backup', 'before'])).stdout).toBe('BACKUP object "before" added\r\n')
  await appcmd(['delete', 'site', 'Creatio'])
  expect((await appcmd(['restore', 'backup', 'before'])).stdout).toBe(
    'Restored configuration from backup "before"\r\n',
  )
  expect((await appcmd(['list', 'site', 'Creatio'])).code).toBe(0)
  expect((await appcmd(['list', 'backup'])).stdout).toBe('BACKUP "before"\r\n')
})

test('a section may also go with its site', async () => {
  const { appcmd, configuration } = await testServer({ unverified: { locationsOutliveSites: false } })
  const before = await configuration()
  await appcmd(['add', 'site', '/name:R', '/bindings:http/*:48080:', '/physicalPath:C:\\r'])
  await appcmd(['set', 'config', 'R', '/section:httpRedirect', '/enabled:true', '/commit:apphost'])
  await appcmd(['delete', 'site', 'R'])

  expect(await configuration()).toBe(before)
})

test.each([true, false])('the user profile is loaded unless told otherwise: %s', async (loadUserProfile) => {
  const { appcmd } = await testServer({ unverified: { loadUserProfile } })

  expect((await appcmd(['list', 'apppool', 'Creatio', '/text:processModel.loadUserProfile'])).stdout).toBe(
    `${loadUserProfile}\r\n`,
  )
})
