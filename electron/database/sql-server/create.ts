import { SetupError } from '../../contract/problem.ts'
import type { DatabaseMaker } from '../create.ts'

const notYet = async (): Promise<never> => {
  throw new SetupError({
    code: 'database.not-made',
    what: 'Databases of SQL Server are not made by this program.',
    next: 'Let an administrator of the server create the database.',
  })
}

export const mssqlMaker: DatabaseMaker = { look: notYet, create: notYet, drop: notYet, statements: () => [] }
