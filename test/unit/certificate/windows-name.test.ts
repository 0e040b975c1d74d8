import { expect, it } from 'vitest'
import { windowsName } from '../../../electron/certificate/windows-name.ts'

it.each([
  ['CN=Identity Service', 'CN=Identity Service'],
  ['cn=Identity Service,o=Acme , c=CY', 'CN=Identity Service, O=Acme, C=CY'],
  ['CN=Acme\\, Inc.', 'CN="Acme, Inc."'],
  ['CN=\\"7\\" = x', 'CN="""7"" = x"'],
  ['CN=\\#1', 'CN="#1"'],
  ['CN=back\\\\slash', 'CN=back\\slash'],
  ['ST=Zürich, L=8000', 'ST=Zürich, L=8000'],
])('Windows reads %s as %s', (subject, name) => {
  expect(windowsName(subject)).toBe(name)
})
