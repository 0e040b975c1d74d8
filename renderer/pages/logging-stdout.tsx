import { Caution } from '../components/caution.tsx'
import { Pairs } from '../components/pairs.tsx'
import { Path } from '../components/path.tsx'
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
                  file === '' && target === '' ? text.folder : <Files prefix={file || usualPrefix(target)} />,
                ],
                [text.later, text.laterText],
              ]
            : [[text.where, text.container]]
        }
      />
      {stdout && iis && <Caution text={text.costs} />}
    </section>
  )
}

const Files = ({ prefix }: { readonly prefix: string }) => <Path text={text.files(prefix)} />

/** web.config of the vendor names the log files by `.\logs\stdout`, below the folder of the service. */
function usualPrefix(target: string): string {
  const separator = target.includes('\\') ? '\\' : '/'
  const folder = target.endsWith(separator) ? target : target + separator
  return `${folder}logs${separator}stdout`
}
