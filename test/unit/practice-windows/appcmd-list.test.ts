import { expect, test } from 'vitest'
import { testServer } from './server.ts'

test('sites, applications, folders and pools are listed one a line', async () => {
  const { appcmd } = await testServer()

  expect((await appcmd(['list', 'site'])).stdout).toBe(
    'SITE "Default Web Site" (id:1,bindings:http/*:80:,state:Stopped)\r\nSITE "Creatio" (id:2,bindings:http/*:80:,state:Started)\r\n',
  )
  expect((await appcmd(['list', 'apps', 'Default Web Site/'])).stdout).toBe(
    'APP "Default Web Site/" (applicationPool:DefaultAppPool)\r\n',
  )
  expect((await appcmd(['list', 'vdir', 'Default Web Site/'])).stdout).toBe(
    'VDIR "Default Web Site/" (physicalPath:%SystemDrive%\\inetpub\\wwwroot)\r\n',
  )
  expect((await appcmd(['list', 'apppool', '/name:DefaultAppPool'])).stdout).toBe(
    'APPPOOL "DefaultAppPool" (MgdVersion:v4.0,MgdMode:Integrated,state:Started)\r\n',
  )
  expect((await appcmd(['LIST', 'Module', '/name:RequestFilteringModule'])).stdout).toBe(
    'MODULE "RequestFilteringModule" ( native, preCondition: )\r\n',
  )
})

test('XML has the attributes of each kind', async () => {
  const { appcmd } = await testServer()

  expect((await appcmd(['list', 'site', '/site.name:Creatio', '/xml'])).stdout).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\r\n<appcmd>\r\n    <SITE SITE.NAME="Creatio" SITE.ID="2" bindings="http/*:80:" state="Started" />\r\n</appcmd>\r\n',
  )
  expect((await appcmd(['list', 'apppool', '/xml'])).stdout).toContain(
    '<APPPOOL APPPOOL.NAME="DefaultAppPool" PipelineMode="Integrated" RuntimeVersion="v4.0" state="Started" />',
  )
  expect((await appcmd(['list', 'app', '/xml', '/apppool.name:Creatio'])).stdout).toContain(
    '<APP path="/" APP.NAME="Creatio/" APPPOOL.NAME="Creatio" SITE.NAME="Creatio" />',
  )
  expect((await appcmd(['list', 'module', '/xml'])).stdout).toContain('MODULE.NAME="AspNetCoreModuleV2"')
})

test('with its configuration, an object has a child element', async () => {
  const { appcmd } = await testServer()
  await appcmd(['add', 'apppool', '/name:P', '/managedRuntimeVersion:'])

  const { stdout } = await appcmd(['list', 'apppool', '/xml', '/config', '/name:P'])
  expect(stdout).toContain('<add name="P" managedRuntimeVersion="">')
  expect(stdout).toContain('<periodicRestart>')
  expect(stdout).not.toContain('queueLength')
  expect((await appcmd(['list', 'apppool', '/xml', '/config:*', '/name:P'])).stdout).toContain(
    'queueLength="1000"',
  )
})

test('a single value comes bare, one a line', async () => {
  const { appcmd } = await testServer()

  expect((await appcmd(['list', 'site', '/text:name'])).stdout).toBe('Default Web Site\r\nCreatio\r\n')
  expect((await appcmd(['list', 'site', 'Creatio', '/text:state'])).stdout).toBe('Started\r\n')
  expect((await appcmd(['list', 'vdir', 'Creatio/', '/text:physicalPath'])).stdout).toBe(
    'C:\\inetpub\\wwwroot\\Creatio\r\n',
  )
  expect((await appcmd(['list', 'apppool', 'Creatio', '/text:processModel.identityType'])).stdout).toBe(
    'ApplicationPoolIdentity\r\n',
  )
})

test('a filter that fits nothing is no error', async () => {
  const { appcmd } = await testServer()

  expect(await appcmd(['list', 'site', '/state:Unknown'])).toEqual({ code: 0, stdout: '', stderr: '' })
  expect((await appcmd(['list', 'site', '/id:77', '/xml'])).stdout).toContain('<appcmd></appcmd>')
})

test.each([1, 1168] as const)('a missing object that is named ends with %i in silence', async (code) => {
  const { appcmd } = await testServer({ unverified: { missingListed: code } })

  expect(await appcmd(['list', 'site', 'ghost'])).toEqual({ code, stdout: '', stderr: '' })
})

test('without its services nobody knows the states, and workers cannot be listed', async () => {
  const { appcmd } = await testServer({ wasStopped: true })

  const { code, stdout } = await appcmd(['list', 'site', '/text:state'])
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'Unknown\r\nUnknown\r\n' })
  expect(await appcmd(['list', 'wp'])).toMatchObject({
    code: 50,
    stdout: 'ERROR ( message:The WAS service is not available - try starting the service first. )\r\n',
  })
})

test.each([
  ['utf-8', 'Büro', 'utf8'],
  ['oem', 'B\x81ro', 'latin1'],
] as const)('names beyond ASCII come out of the XML as %s', async (xmlEncoding, shown, encoding) => {
  const { appcmd } = await testServer({ language: 'de', unverified: { xmlEncoding } })
  await appcmd(['add', 'apppool', '/name:Büro'])

  const decode = (bytes: Uint8Array) => Buffer.from(bytes).toString(encoding)
  const { stdout } = await appcmd(['list', 'apppool', '/xml'], { decode })
  expect(stdout).toContain(`APPPOOL.NAME="${shown}"`)
})
