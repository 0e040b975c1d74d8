import { certificate } from './certificate.ts'
import { checks } from './checks.ts'
import { clientChange } from './client-change.ts'
import { client } from './client.ts'
import { common } from './common.ts'
import { connect } from './connect.ts'
import { container } from './container.ts'
import { database } from './database.ts'
import { files } from './files.ts'
import { finish } from './finish.ts'
import { frame, leave, logBundle } from './frame.ts'
import { hosting } from './hosting.ts'
import { install } from './install.ts'
import { installation } from './installation.ts'
import { logging } from './logging.ts'
import { proof } from './proof.ts'
import { replacement } from './replacement.ts'
import { review } from './review.ts'
import { scenarios } from './scenarios.ts'
import { start } from './start.ts'
import { tasks } from './tasks.ts'
import { website } from './website.ts'

export const en = {
  certificate,
  checks,
  client,
  clientChange,
  common,
  connect,
  container,
  database,
  files,
  finish,
  frame,
  hosting,
  install,
  installation,
  leave,
  logBundle,
  logging,
  proof,
  replacement,
  review,
  scenarios,
  start,
  tasks,
  website,
}
