import { expect, it } from 'vitest'
import { keyOf } from '../../../electron/steps/signing-look.ts'

const [RENEWED, FORMER] = ['A'.repeat(40), 'B'.repeat(40)]
const jwk = { kty: 'EC', crv: 'P-256', x: '5QNr', y: 'wxp-' } as const
const x5t = (thumbprint: string) => Buffer.from(thumbprint, 'hex').toString('base64url')

it.each([
  ['its certificate', { x5t: x5t(RENEWED) }, true],
  ['its name', { kid: `${RENEWED}ES256` }, true],
  ['nothing but itself', {}, true],
  ['the certificate that was renewed', { x5t: x5t(FORMER) }, false],
  ['the name of the one that was renewed', { kid: `${FORMER}ES256` }, false],
])('a key that is published with %s', (_, about, taken) => {
  const key = { ...jwk, ...about }
  expect(keyOf({ jwk, thumbprint: RENEWED })({ keys: [key] })).toBe(taken ? key : undefined)
})
