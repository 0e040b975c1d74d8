/** What a part of netsh answers: success or not, and all of its text; nothing is ever on standard error. */
export interface NetshAnswer {
  readonly ok: boolean
  readonly text: string
}

/** `name=value` parameters, names in lower case, and whether each argument was one. */
export interface NetshParameters {
  readonly values: ReadonlyMap<string, string>
  readonly loose: readonly string[]
}
