import { Fragment } from 'react'

/** A path or an address, which goes on in the next line after a separator rather than within a name. */
export function Path({ text }: { readonly text: string }) {
  const parts = text.split(/(?<=[\\/]+)(?![\\/])/)
  return parts.map((part, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ))
}
