import { expect, it } from 'vitest'
import { join } from 'node:path'
import { stateFolder } from '../../../electron/hosts/state-folder.ts'

it('follows each system, and an explicit folder first', () => {
  const local = join('C:', 'Users', 'ina', 'AppData', 'Local')
  expect(stateFolder({ LOCALAPPDATA: local }, 'win32')).toBe(join(local, 'Identity Service Setup'))
  expect(stateFolder({ XDG_STATE_HOME: '/x' }, 'linux')).toBe(join('/x', 'identity-service-setup'))
  expect(stateFolder({}, 'linux')).toMatch(/identity-service-setup$/)
  expect(stateFolder({ IDENTITY_SETUP_STATE: '/own', XDG_STATE_HOME: '/x' }, 'linux')).toBe('/own')
})
