import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** The one browser that may talk to the host: it proves itself by a token, once, and by a cookie from then on. */
export interface Session {
  /** Stands in the address that is printed; 256 bits. */
  readonly token: string
  /** Value of `Set-Cookie` for the right token, the first time; undefined otherwise. */
  redeem(token: string): string | undefined
  /** Whether a `Cookie` header holds this session. */
  holds(cookies: string | undefined): boolean
}

/** @param port part of the cookie's name, because cookies are shared by all ports of a host. */
export function createSession(port: number): Session {
  const token = randomBytes(32).toString('base64url')
  const key = randomBytes(32).toString('base64url')
  const name = `identity-setup-${port}`
  let redeemed = false
  return {
    token,
    redeem(offered) {
      if (redeemed || !same(offered, token)) return undefined
      redeemed = true
      return `${name}=${key}; Path=/; HttpOnly; SameSite=Strict`
    },
    holds: (cookies) => valuesOf(cookies, name).some((value) => same(value, key)),
  }
}

function valuesOf(cookies: string | undefined, name: string): readonly string[] {
  return (cookies ?? '')
    .split(';')
    .map((cookie) => cookie.trim())
    .filter((cookie) => cookie.startsWith(`${name}=`))
    .map((cookie) => cookie.slice(name.length + 1))
}

/** Compares in a time that tells nothing about how much of the text was right, not even its length. */
function same(offered: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(offered), digest(expected))
}
