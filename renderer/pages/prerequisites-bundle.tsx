import type { ReactNode } from 'react'
import type { BundleView } from '../../electron/contract/views.ts'
import { PathField } from '../components/path-field.tsx'
import { Pairs } from '../components/pairs.tsx'
import { Pill } from '../components/pill.tsx'
import { ProblemCard } from '../components/problem-card.tsx'
import { Working } from '../components/working.tsx'
import { messages } from '../messages/index.ts'
import { useBundle } from '../store/bundle.ts'
import { currentDraft } from '../store/slices.ts'

const text = messages.tasks.bundle

/** Id of the field; two checks may ask for the same file. */
export const bundlePath = (check: string): string => `bundle.${check}`

/** The installer to be run: chosen, then looked at before anything can be pressed. */
export function BundleChoice({ check }: { readonly check: string }) {
  const { file, view, looking, problem, setFile, look } = useBundle()
  return (
    <>
      <PathField
        path={bundlePath(check)}
        label={text.file}
        hint={text.hint}
        value={file}
        onText={setFile}
        onLeave={() => void look(currentDraft())}
        kinds={['program']}
        required
      />
      <div aria-live="polite">
        {looking && <Working text={text.looking} />}
        {problem && <ProblemCard problem={problem} />}
        {view && <Look view={view} />}
      </div>
    </>
  )
}

function Look({ view }: { readonly view: BundleView }) {
  const rows: (readonly [string, ReactNode])[] = [
    [text.product, view.product],
    [text.version, <span className="mono">{view.version}</span>],
    [text.signer, view.signer ?? text.noSigner],
    [
      text.signature,
      <Pill tone={view.trusted ? 'passed' : 'failed'}>{view.trusted ? text.trusted : text.notTrusted}</Pill>,
    ],
  ]
  if (view.refused !== undefined)
    rows.push([text.refused, <span className="error-text">{view.refused}</span>])
  return (
    <div className="bundle-look">
      <Pairs rows={rows} />
    </div>
  )
}
