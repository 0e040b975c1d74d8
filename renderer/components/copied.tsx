import { CopyButton } from './copy-button.tsx'
import { Path } from './path.tsx'

/** A technical value with a button that copies it. */
export function Copied({ what, value }: { readonly what: string; readonly value: string }) {
  return (
    <span className="row">
      <Path text={value} />
      <CopyButton what={what} text={value} />
    </span>
  )
}
