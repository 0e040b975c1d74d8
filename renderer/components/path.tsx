import { Fragment } from 'react'

/** After a separator; the beginning, such as `https://`, `C:\` or `\\server`, stays with what follows. */
const afterSeparator = /(?<=[^\\/:][\\/])(?![\\/])/

/** A path or an address, in the type of code; it goes on in the next line after a separator rather than within a name. */
export function Path({ text }: { readonly text: string }) {
  const parts = text.split(afterSeparator)
  return (
    <span className="mono">
      {parts.map((part, index) => (
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </span>
  )
}
