import { useEffect, type ReactNode } from 'react'
import type { ReplacementView } from '../../electron/contract/views.ts'
import { announce } from '../announce.ts'
import { CertificateLookPanel } from '../components/certificate-look.tsx'
import { Pairs } from '../components/pairs.tsx'
import { Pill } from '../components/pill.tsx'
import { ProblemCard } from '../components/problem-card.tsx'
import { Working } from '../components/working.tsx'
import { messages } from '../messages/index.ts'
import { useReplacement } from '../store/replacement.ts'

const text = messages.replacement.installation
const common = messages.installation

/** What was found at the chosen installation: how it is set up, and the certificate it has now. */
export function InstallationFound() {
  const { view, problem, looking, target, typing } = useReplacement()
  const name = view?.name
  useEffect(() => {
    if (name !== undefined) announce(`${name}: ${text.current}`)
  }, [name])
  if (looking) return <Working text={text.looking} />
  if (problem) return <ProblemCard problem={problem} />
  if (view) return <Found view={view} />
  return <p className="secondary">{target === '' && typing ? text.nothingTyped : text.nothing}</p>
}

function Found({ view }: { readonly view: ReplacementView }) {
  const rows: (readonly [string, ReactNode])[] = [
    [common.url, <span className="mono">{view.publicUrl}</span>],
    // The panel below names the file as well, unless it came from the running service.
    ...(view.current?.file === view.pfx
      ? []
      : [[text.pfx, <span className="mono">{view.pfx}</span>] as const]),
    ...(view.inImage ? [[text.inImage, text.inImageText] as const] : []),
  ]
  return (
    <>
      <section className="card" aria-labelledby="found">
        <div className="card-h">
          <h2 id="found">{view.name}</h2>
          <Pill tone="plain">{view.recorded ? common.recorded : common.bySettings}</Pill>
        </div>
        <Pairs rows={rows} />
      </section>
      {view.unknown && <ProblemCard problem={view.unknown} tone="warning" />}
      {view.current && (
        <section className="card" aria-labelledby="current">
          <div className="card-h">
            <h2 id="current">{text.current}</h2>
          </div>
          <CertificateLookPanel look={view.current} />
        </section>
      )}
    </>
  )
}
