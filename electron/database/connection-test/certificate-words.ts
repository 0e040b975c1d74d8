/** Why Node does not trust a server's certificate, in words. https://nodejs.org/api/tls.html#x509-certificate-error-codes */
export function distrustWords(
  code: string,
  host: string,
  selfSigned = 'The certificate is self-signed',
): string {
  if (/ALTNAME/.test(code)) return `The certificate is not made out to ${host}.`
  if (/EXPIRED/.test(code)) return 'The certificate has expired.'
  if (/NOT_YET_VALID/.test(code)) return 'The certificate is not valid yet; the clocks may differ.'
  if (/DEPTH_ZERO_SELF_SIGNED/.test(code)) return `${selfSigned}, and this machine does not know it.`
  return 'The certificate was issued by an authority that this machine does not trust.'
}

/** The end of a certificate for eyes, such as `2 Mar 2028`, in UTC. */
export function dayOf(date: Date): string {
  return date.toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  })
}
