import { SetupError } from '../../contract/problem.ts'
import type { DatabaseMaker } from '../create.ts'

const notYet = async (): Promise<never> => {
  throw new SetupError({ code: 'database.not-made', what: 'Not written yet.', next: 'Wait.' })
}

export const postgresMaker: DatabaseMaker = {
  look: notYet,
  create: notYet,
  drop: notYet,
  statements: () => [],
}
