import { expect, it } from 'vitest'
import { ecdsaSupport } from '../../../electron/certificate/ecdsa.ts'
import { profileFor } from '../../../electron/certificate/profile.ts'

it.each([
  // The service's own runtime decides where it is too old, whatever Creatio is beside it.
  [{ runtimeVersion: '6.0.36' }, false, true],
  [{ runtimeVersion: '2.2.0' }, false, true],
  [{ runtimeVersion: '6.0.36', creatioVersion: '8.3.2' }, false, true],
  // .NET 8 came two releases before ECDSA.
  [{ runtimeVersion: '8.0.10' }, true, false],
  [{ runtimeVersion: '10.0.0-rc.1' }, true, false],
  [{ runtimeVersion: '8.0.10', creatioVersion: '8.2.2' }, false, true],
  [{ runtimeVersion: '8.0.10', creatioVersion: '8.2.3' }, true, true],
  [{ creatioVersion: '8.2.2.9999' }, false, true],
  [{ creatioVersion: '8.2.3.1166' }, true, true],
  [{ creatioVersion: '8.3' }, true, true],
  [{ creatioVersion: '8.2' }, false, true],
  [{ creatioVersion: '10.0.1' }, true, true],
  [{ creatioVersion: '7.18.5' }, false, true],
  [{}, false, false],
  [{ runtimeVersion: 'unknown', creatioVersion: '' }, false, false],
] as const)('of %j: offered %s, certain %s', (versions, offered, certain) => {
  const support = ecdsaSupport(versions)
  expect(support).toMatchObject({ offered, certain })
  expect(support.why).toMatch(/^(ECDSA|The service) .*8\.2\.3.*\.$/)
})

it.each([
  [14_393, '3DES'],
  [17_134, '3DES'],
  [17_763, 'AES-256'],
  [20_348, 'AES-256'],
  [undefined, 'AES-256'],
] as const)('for the Windows build %s: %s', (windowsBuild, profile) => {
  const { suggested, why } = profileFor(windowsBuild)
  expect(suggested).toBe(profile)
  expect(why).toMatch(/^[A-Z].*\.$/)
  // Not known, the installer is told of both: the build may be an old one all the same.
  expect(/\b3DES\b/.test(why)).toBe(windowsBuild === undefined)
})
