import { sameName } from '../../configuration/element.ts'
import { cryptographicException, type Script, textIn } from './script.ts'

/** Removes a certificate with its key. A binding of HTTP.sys that names it stays, as on a real server. */
export const removeCertificate: Script = (question, server) => {
  const { state } = server
  const thumbprint = textIn(question, 'thumbprint')
  const inCa = sameName('CA', textIn(question, 'store'))
  const store: readonly { readonly thumbprint: string }[] = inCa ? (state.issuers ?? []) : state.certificates
  if (!store.some((each) => sameName(each.thumbprint, thumbprint))) return { removed: false }
  if (!state.token.elevated) throw cryptographicException(server, 5)
  if (inCa) {
    const left = state.issuers!.filter((each) => !sameName(each.thumbprint, thumbprint))
    if (left.length > 0) state.issuers = left
    else delete state.issuers
  } else state.certificates = state.certificates.filter((each) => !sameName(each.thumbprint, thumbprint))
  return { removed: true }
}
