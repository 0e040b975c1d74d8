import { Pairs } from '../components/pairs.tsx'
import { Pill } from '../components/pill.tsx'
import { messages } from '../messages/index.ts'
import { useFiles } from '../store/files.ts'
import { useHosting } from '../store/hosting.ts'

const text = messages.logging

/** Where the stdout log goes, what it costs, and how it is switched off again. */
export function LoggingStdout({ stdout, file }: { readonly stdout: boolean; readonly file: string }) {
  const iis = useHosting((state) => state.hosting === 'iis')
  const target = useFiles((state) => state.target)
  return (
    <section className="card" aria-labelledby="stdout" aria-live="polite">
      <div className="card-h">
        <h2 id="stdout">{text.stdoutTitle}</h2>
        <Pill tone={stdout ? 'warning' : 'plain'}>{stdout ? text.on : text.off}</Pill>
      </div>
      <Pairs
        rows={
          iis
            ? [
                [
                  text.where,
                  file !== '' ? (
                    <span className="mono">{text.files(file)}</span>
                  ) : target === '' ? (
                    text.folder
                  ) : (
                    <Files target={target} />
                  ),
                ],
                [text.later, text.laterText],
              ]
            : [[text.where, text.container]]
        }
      />
      {stdout && iis && <p className="way-warning">{text.costs}</p>}
    </section>
  )
}

/** web.config of the vendor names the log files by `.\logs\stdout`, below the folder of the service. */
function Files({ target }: { readonly target: string }) {
  const separator = target.includes('\\') ? '\\' : '/'
  const folder = target.endsWith(separator) ? target : target + separator
  return <span className="mono">{text.files(`${folder}logs${separator}stdout`)}</span>
}
