import { CopyButton } from './copy-button.tsx'

/** A technical value with a button that copies it. */
export function Copied({ what, value }: { readonly what: string; readonly value: string }) {
  return (
    <span className="row">
      <span className="mono">{value}</span>
      <CopyButton what={what} text={value} />
    </span>
  )
}
