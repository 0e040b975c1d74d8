import { SetupError } from '../contract/problem.ts'
import { errnoOf } from './file-problem.ts'

/** Where a request went, without user, password and query: those may be secret. */
function shown(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`
}

function host(url: URL): string {
  return url.hostname
}

/** What went wrong between here and a server, by the error of Node's sockets, TLS or HTTP reader. */
export function networkError(thrown: unknown, url: URL): SetupError {
  if (thrown instanceof SetupError) return thrown
  const code = errnoOf(thrown) ?? ''
  const details = [
    thrown instanceof Error && thrown.message !== '' ? `${code} ${thrown.message}`.trim() : code,
  ]
  const make = (problem: { code: string; what: string; next: string; cause?: string }) =>
    new SetupError({ ...problem, details }, { cause: thrown })

  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return make({
      code: 'http.name',
      what: `The name “${host(url)}” is not known to this machine.`,
      next: 'Check the spelling, or add the name to DNS or to the hosts file.',
    })
  if (
    code === 'ECONNREFUSED' ||
    code === 'EHOSTUNREACH' ||
    code === 'ENETUNREACH' ||
    code === 'EADDRNOTAVAIL'
  )
    return make({
      code: 'http.refused',
      what: `Nothing answers at ${shown(url)}.`,
      cause:
        code === 'ECONNREFUSED'
          ? 'No program listens on that port, or a firewall refuses the connection.'
          : 'There is no way from this machine to that address.',
      next: 'Check that the service runs, its port, and the firewall.',
    })
  if (code === 'ETIMEDOUT') return timedOut(url)
  if (isTls(code)) return make({ code: 'http.tls', ...tlsWords(code, url) })
  if (code === 'ERR_INVALID_CHAR' || code === 'ERR_UNESCAPED_CHARACTERS') return invalidAddress(shown(url))
  return make({
    code: 'http.reset',
    what: `${shown(url)} broke the connection off before it had answered.`,
    cause: code.startsWith('HPE_')
      ? 'What answered there does not speak HTTP; it may expect HTTPS.'
      : 'The service ended, expects HTTPS, or something between closed the connection.',
    next: 'Check the log of the service and whether the address begins with http or https.',
  })
}

function isTls(code: string): boolean {
  return (
    code === 'EPROTO' ||
    /^(ERR_SSL_|ERR_TLS_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH)/.test(
      code,
    )
  )
}

function tlsWords(code: string, url: URL): { what: string; cause: string; next: string } {
  const what = `A secure connection to ${shown(url)} could not be made.`
  if (code === 'CERT_HAS_EXPIRED')
    return { what, cause: 'Its certificate has expired.', next: 'Replace the certificate of that server.' }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return {
      what,
      cause: `Its certificate is not made out to “${host(url)}”.`,
      next: 'Use a name that stands in the certificate, or replace the certificate.',
    }
  if (/^(DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|CERT_)/.test(code))
    return {
      what,
      cause: 'Its certificate is self-signed or comes from an authority that this machine does not trust.',
      next: 'Add the certificate of the authority to the trusted ones, or replace the certificate.',
    }
  return {
    what,
    cause: 'What answered there does not speak TLS, or no version of it that is still allowed.',
    next: 'Check the port and whether the address begins with http or https.',
  }
}

export function timedOut(url: URL, timeoutMs?: number): SetupError {
  const within = timeoutMs === undefined ? 'in time' : `within ${timeoutMs / 1000} seconds`
  return new SetupError({
    code: 'http.timeout',
    what: `${shown(url)} did not answer ${within}.`,
    cause: 'The service is still starting, is stuck, or a firewall drops the connection.',
    next: 'Check the log of the service and the firewall, then try again.',
  })
}

export function tooLong(url: URL, maxBytes: number): SetupError {
  return new SetupError({
    code: 'http.too-long',
    what: `${shown(url)} answered with more than ${Math.round(maxBytes / 1024)} KiB.`,
    next: 'Check that this is the address of the right service.',
  })
}

export function invalidAddress(address: string): SetupError {
  return new SetupError({
    code: 'http.address',
    what: `“${address.slice(0, 200)}” is not the address of a service.`,
    next: 'Enter an address that begins with http:// or https://.',
  })
}

export function cancelled(url: URL): SetupError {
  return new SetupError({
    code: 'http.cancelled',
    what: `The request to ${shown(url)} was cancelled.`,
    next: 'Start the step again when you want to go on.',
  })
}
