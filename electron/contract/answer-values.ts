import * as z from 'zod/mini'

/** What single values in answers may be. */

/** No control characters anywhere: what a line break in a name or path does further on cannot be foreseen. */
export const plain = /^[^\p{Cc}\p{Cs}]*$/u
export const text = z.string().check(z.minLength(1), z.maxLength(32_767), z.regex(plain))
export const shortText = z.string().check(z.minLength(1), z.maxLength(1000), z.regex(plain))
export const port = z.int().check(z.minimum(1), z.maximum(65_535))
export const secretReference = z.string().check(z.regex(/^(env:.+|file:.+|vault:.+|stdin)$/s))
export const secretOrGenerate = z.string().check(z.regex(/^(env:.+|file:.+|vault:.+|stdin|generate)$/s))
