/**
 * The name in `[DbPassword]`, where that is a whole value: Creatio fills such names from HashiCorp Vault. With a colon
 * in it, it is an IPv6 address. Creatio Academy, “Store secrets in Vault”.
 */
export function placeholderIn(value: string): string | undefined {
  return /^\[([^\][:]+)\]$/.exec(value.trim())?.[1]
}
