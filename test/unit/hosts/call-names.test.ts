import { expect, it } from 'vitest'
import { inputs } from '../../../electron/contract/calls.ts'
import { isKnownCall } from '../../../electron/hosts/call-names.ts'

it('knows every call of the contract and nothing that objects have by nature', () => {
  expect(Object.keys(inputs).filter((name) => !isKnownCall(name))).toEqual([])
  for (const name of ['', 'nope', 'constructor', '__proto__', 'toString'])
    expect(isKnownCall(name)).toBe(false)
})
