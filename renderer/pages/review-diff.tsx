import type { DiffLine, FileChange } from '../../electron/contract/plan.ts'
import { HiddenText } from '../components/hidden-text.tsx'
import { messages } from '../messages/index.ts'

const text = messages.review

const signs: Record<DiffLine['kind'], string> = { same: '', added: '+', removed: '−', gap: '' }

/** One file: its name, how many lines come and go, and the lines. Long lines wrap, nothing is cut off. */
export function ReviewDiff({ file }: { readonly file: FileChange }) {
  const { folder, name } = splitPath(file.path)
  return (
    <div>
      <div className="file-head">
        <span className="mono">{name}</span>
        {file.change === 'changed' && file.binary !== undefined && (
          <span className="secondary">{text.fileChanged}</span>
        )}
        {file.change === 'changed' && file.binary === undefined && (
          <>
            <span className="plus">+{file.added}</span>
            <span className="minus">−{file.removed}</span>
          </>
        )}
        {file.change === 'new' && <span className="plus">{text.fileNew}</span>}
        {file.change === 'unchanged' && <span className="secondary">{text.fileUnchanged}</span>}
        <span className="secondary mono file-folder">{folder}</span>
      </div>
      {file.binary !== undefined && <p className="diff-foot">{file.binary}</p>}
      {file.lines.length > 0 && (
        <div className="diff" role="table" aria-label={text.changesOf(name)}>
          {file.lines.map((line, index) => (
            <DiffRow key={index} line={line} />
          ))}
        </div>
      )}
    </div>
  )
}

function DiffRow({ line }: { readonly line: DiffLine }) {
  return (
    <div role="row" className={`diff-line diff-${line.kind}`}>
      <span role="cell" className="n">
        {line.oldLine}
      </span>
      <span role="cell" className="n">
        {line.newLine}
      </span>
      <span role="cell" className="s">
        {signs[line.kind]}
        {line.kind === 'added' && <span className="visually-hidden">{text.added}</span>}
        {line.kind === 'removed' && <span className="visually-hidden">{text.removed}</span>}
      </span>
      <span role="cell" className="diff-text">
        <HiddenText text={line.text} />
      </span>
    </div>
  )
}

/** Folder and last part of a Windows or POSIX path. */
function splitPath(path: string): { readonly folder: string; readonly name: string } {
  const at = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'))
  return { folder: path.slice(0, Math.max(at, 0)), name: path.slice(at + 1) }
}
