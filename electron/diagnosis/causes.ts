import type { Cause } from './cause.ts'
import { certificateCauses } from './certificate-causes.ts'
import { configurationCauses } from './configuration-causes.ts'
import { hostCauses } from './host-causes.ts'
import { postgresCauses } from './postgres-causes.ts'
import { sqlServerCauses } from './sql-server-causes.ts'

/** Every cause this program knows, special ones before general ones: the first that matches is told. */
export const causes: readonly Cause[] = [
  ...configurationCauses,
  ...certificateCauses,
  ...postgresCauses,
  ...sqlServerCauses,
  ...hostCauses,
]
