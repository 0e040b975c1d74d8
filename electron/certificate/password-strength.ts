import type { PasswordStrength } from '../contract/certificate.ts'
import { SetupError } from '../contract/problem.ts'
import type { Secret } from '../secrets/secret.ts'

/** Asked for by the vendor's page: https://academy.creatio.com/documents?id=2565 */
const LEAST_CHARACTERS = 12
/** Longer ones are cut off or refused by some readers of PEM files: openssl's buffer has 1024 bytes. */
const MOST_CHARACTERS = 128

/** What the vendor's page recommends, and what would keep the password from being typed; a sentence each. */
const rules: readonly { readonly wanted: string; met(password: string): boolean }[] = [
  {
    wanted: `Use at least ${LEAST_CHARACTERS} characters.`,
    met: (password) => [...password].length >= LEAST_CHARACTERS,
  },
  {
    wanted: `Use at most ${MOST_CHARACTERS} characters.`,
    met: (password) => [...password].length <= MOST_CHARACTERS,
  },
  { wanted: 'Add an uppercase Latin letter.', met: (password) => /[A-Z]/.test(password) },
  { wanted: 'Add a lowercase Latin letter.', met: (password) => /[a-z]/.test(password) },
  { wanted: 'Add a digit.', met: (password) => /[0-9]/.test(password) },
  {
    wanted: 'Add a special character, such as - or _.',
    met: (password) => /[^\p{L}\p{M}\p{N}\p{C}\s]/u.test(password),
  },
  {
    wanted: 'Leave out line breaks and control characters.',
    met: (password) => !/[\p{Cc}\p{Cs}]/u.test(password),
  },
]

/**
 * The file can be carried away and tried for as long as somebody likes, so only the highest score will do: its
 * authors give it to passwords that hold out there (10^10 guesses and more).
 */
const ACCEPTABLE_SCORE = 4

/** Words that whoever tries this file would try first; the last one stands in the vendor's own example. */
const expectedWords =
  'creatio terrasoft bpmonline identity service identityservice openssl certificate signing pfx pem yoursecurepassword'.split(
    ' ',
  )

/** How good a password is for a private key in a PEM file, by the estimator zxcvbn and the vendor's recommendations. */
export async function passwordStrength(password: Secret): Promise<PasswordStrength> {
  const text = password.open()
  const { score, feedback, crackTimes } = await (await estimator()).checkAsync(text, expectedWords)
  const strong = score >= ACCEPTABLE_SCORE
  const wanted = rules.filter((rule) => !rule.met(text)).map((rule) => rule.wanted)
  if (!strong) wanted.push('Avoid common words and easily guessable patterns.')
  // What the estimator says of the pattern it found; its advice against mixing characters is not the vendor's.
  const { display } = crackTimes.offlineSlowHashingXPerSecond
  const pattern = strong || feedback.warning === null ? '' : ` ${feedback.warning}`
  return {
    score,
    acceptable: wanted.length === 0,
    summary: `For somebody who has the file, guessing the password takes ${display}.${pattern}`,
    wanted,
  }
}

/** @throws SetupError `certificate.weak-password`; the password stands nowhere in it */
export async function refuseWeakPassword(password: Secret): Promise<void> {
  const { acceptable, summary, wanted } = await passwordStrength(password)
  if (acceptable) return
  throw new SetupError({
    code: 'certificate.weak-password',
    what: 'The password is too weak for a private key.',
    cause: summary,
    next: wanted.join(' '),
  })
}

type Estimator = InstanceType<typeof import('@zxcvbn-ts/core').ZxcvbnFactory>
let loaded: Promise<Estimator> | undefined

/** Its word lists take a moment and some memory, so they are loaded with the first password. */
function estimator(): Promise<Estimator> {
  return (loaded ??= load())
}

async function load(): Promise<Estimator> {
  const [{ ZxcvbnFactory }, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ])
  return new ZxcvbnFactory({
    translations: english.translations,
    graphs: common.adjacencyGraphs,
    dictionary: { ...common.dictionary, ...english.dictionary },
    // Limits that keep the answer below some tens of milliseconds, whatever is typed.
    maxLength: 48,
    l33tMaxSubstitutions: 20,
  })
}
