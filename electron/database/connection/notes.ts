import type { ConnectionNote, DatabaseDrivers, Provider } from '../../contract/database.ts'
import { problemOf } from '../../contract/problem.ts'
import type { Secret } from '../../secrets/secret.ts'
import { parseConnectionString } from './connection-string.ts'
import { exactKeyword, meantKeyword } from './driver-keywords.ts'
import type { Fault } from './fault.ts'
import { vocabularyOf } from './judge.ts'
import { readKeywordValues, type KeywordValue } from './keyword-values.ts'
import { guessProvider, partOf } from './keywords.ts'
import { commonNotes } from './notes-common.ts'
import { copiedNotes } from './notes-copied.ts'
import { postgresNotes } from './notes-postgres.ts'
import { sqlServerNotes } from './notes-sql-server.ts'
import { faultsIn } from './problems.ts'
import { serviceForm } from './service-form.ts'

/**
 * Everything to be said about a connection string before anything is connected: errors first (the same as `problemsIn`
 * finds), then warnings, then what is done about it and what is good to know. Holds no secret.
 * @param drivers what the service's build connects with; left out, current drivers are taken.
 */
export function notesOn(
  text: Secret,
  provider: Provider,
  drivers?: DatabaseDrivers,
): readonly ConnectionNote[] {
  let pairs: readonly KeywordValue[]
  try {
    pairs = readKeywordValues(text.open())
  } catch (error) {
    const { what, cause, where, next } = problemOf(error)
    const column = where?.column === undefined ? '' : ` (column ${where.column})`
    return [{ level: 'error', text: [what, cause].filter(Boolean).join(' ') + column, next }]
  }
  const parts = parseConnectionString(text, provider)
  const special = provider === 'PostgreSQL' ? postgresNotes(parts, drivers) : sqlServerNotes(parts, drivers)
  const all = [
    ...faultsIn(parts, drivers).map((fault) => asNote(fault, pairs)),
    ...otherDatabase(pairs, provider),
    ...repeated(pairs, provider),
    ...copiedNotes(pairs),
    ...serviceForm(text, provider, drivers ? { drivers } : {}).notes,
    ...commonNotes(parts, provider),
    ...special,
  ]
  const order = ['error', 'warning', 'info']
  return all.toSorted((one, other) => order.indexOf(one.level) - order.indexOf(other.level))
}

function asNote({ problem, keyword, part }: Fault, pairs: readonly KeywordValue[]): ConnectionNote {
  const written = keyword ?? pairs.findLast((pair) => partOf(pair.keyword) === part)?.keyword
  return {
    level: 'error',
    ...(written === undefined ? {} : { keyword: written }),
    text: [problem.what, problem.cause].filter(Boolean).join(' '),
    next: problem.next,
  }
}

function otherDatabase(pairs: readonly KeywordValue[], provider: Provider): ConnectionNote[] {
  const guessed = guessProvider(pairs)
  if (guessed === 'unknown' || guessed === 'Oracle' || guessed === provider) return []
  const [chosen, looks] =
    provider === 'PostgreSQL' ? ['PostgreSQL', 'SQL Server'] : ['SQL Server', 'PostgreSQL']
  return [
    {
      level: 'warning',
      text: `The keywords are those of a connection string for ${looks}, and ${chosen} is chosen.`,
      next: `Choose ${looks} if the database is one.`,
    },
  ]
}

/** Both drivers take the last of a repeated keyword, whatever its spelling, and say nothing. */
function repeated(pairs: readonly KeywordValue[], provider: Provider): ConnectionNote[] {
  const vocabulary = vocabularyOf(provider)
  const names = pairs.map(
    ({ keyword }) =>
      partOf(keyword) ?? (exactKeyword(vocabulary, keyword) ?? meantKeyword(vocabulary, keyword))?.name,
  )
  return pairs.flatMap(({ keyword }, at) => {
    const name = names[at]
    const more = name !== undefined && names.indexOf(name) !== at && names.lastIndexOf(name) === at
    if (!more) return []
    return [
      {
        level: 'warning' as const,
        keyword,
        text: `“${keyword}” says again what was said before; the last one counts.`,
        next: 'Take the earlier one out.',
      },
    ]
  })
}
