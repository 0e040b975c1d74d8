import type { ReactNode } from 'react'

interface PairsProps {
  readonly rows: readonly (readonly [name: string, value: ReactNode])[]
  readonly wide?: boolean
}

/** Names and values, one pair a row. */
export function Pairs({ rows, wide = false }: PairsProps) {
  return (
    <dl className={wide ? 'pairs wide' : 'pairs'}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
