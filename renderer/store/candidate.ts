import type { CreatioCandidate } from '../../electron/contract/database.ts'
import type { CreatioView } from '../../electron/contract/views.ts'

/** The chosen entry of ConnectionStrings.config; `entry` empty: the one that Creatio uses, which may be none. */
export const chosenCandidate = (
  creatio: CreatioView | undefined,
  entry: string,
): CreatioCandidate | undefined =>
  creatio?.candidates.find((candidate) => (entry === '' ? candidate.inUse : candidate.entry === entry))

/** Whether a placeholder stands for a secret: where it does, the shown text does not name it. */
export const isSecretPlaceholder = (candidate: CreatioCandidate, name: string): boolean =>
  candidate.connection === undefined
    ? /pass|pwd|secret|key/i.test(name)
    : !candidate.connection.text.includes(`[${name}]`) || /pass|pwd|secret/i.test(name)

/** The entry that Creatio uses, where the file has no other: nothing to choose. */
export const onlyCandidate = ({ candidates }: CreatioView): CreatioCandidate | undefined =>
  candidates.length === 1 ? candidates.find(({ inUse }) => inUse) : undefined
