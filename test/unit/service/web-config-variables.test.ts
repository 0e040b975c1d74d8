import { expect, it } from 'vitest'
import { problemOf } from '../../../electron/contract/problem.ts'
import { webConfigVariables } from '../../../electron/service/web-config-variables.ts'

const read = (inner: string) =>
  Object.fromEntries(webConfigVariables(Buffer.from(`\uFEFF<configuration>${inner}</configuration>`)))

const variables = (...pairs: readonly string[]) =>
  `<system.webServer><aspNetCore><environmentVariables>${pairs
    .map((pair) => `<environmentVariable ${pair} />`)
    .join('')}</environmentVariables></aspNetCore></system.webServer>`

it('gives the variables of the service itself, by names in lower case', () => {
  const inner = `<location path="api">${variables('name="Other" value="x"')}</location>
    <!-- ${variables('name="Commented" value="x"').replaceAll('--', '')} -->
    <location path=".">${variables(`name="A" value="1 &amp; 2"`, `value='' name="B"`, 'name="C"')}</location>`
  expect(read(inner)).toEqual({ a: '1 & 2', b: '', c: '' })
})

it('is empty where nothing is set', () => {
  expect(read('<system.webServer><aspNetCore /></system.webServer>')).toEqual({})
})

it('refuses what is no web.config of the service', () => {
  let code
  try {
    read('')
  } catch (error) {
    ;({ code } = problemOf(error))
  }
  expect(code).toBe('webconfig.no-module')
})
