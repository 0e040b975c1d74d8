import { parseSubject } from './subject.ts'

/**
 * A distinguished name as Windows reads it: values with signs of their own stand in quotes, and backslashes escape
 * nothing. https://learn.microsoft.com/windows/win32/api/wincrypt/nf-wincrypt-certstrtonamew
 * @throws SetupError `certificate.subject`
 */
export function windowsName(subject: string): string {
  return parseSubject(subject)
    .parts.map(({ type, value }) => `${type}=${quoted(value)}`)
    .join(', ')
}

function quoted(value: string): string {
  return /[,+="<>#;]|^ | $/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}
