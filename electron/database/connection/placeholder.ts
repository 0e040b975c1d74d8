import { printValue } from './keyword-values.ts'

/**
 * The name in `[DbPassword]`, where that is a whole value: Creatio fills such names from HashiCorp Vault. With a colon
 * in it, it is an IPv6 address. Creatio Academy, “Store secrets in Vault”.
 */
export function placeholderIn(value: string): string | undefined {
  return /^\[([^\][:]+)\]$/.exec(value.trim())?.[1]
}

/** A value with the quotes that it needs to be read back, and to be taken as it is: not for the name of one in a vault. */
export function printLiteral(value: string): string {
  const printed = printValue(value)
  return printed === value && placeholderIn(value) !== undefined ? `"${value}"` : printed
}
