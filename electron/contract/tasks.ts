import * as z from 'zod/mini'

const path = z.string().check(z.minLength(1), z.maxLength(32_767))
const id = z.string().check(z.minLength(1), z.maxLength(200))

/** Small setups beside the scenarios: a fix for a prerequisite, or a change to what is installed. Each is planned and run like any other. */
export const taskSchema = z.discriminatedUnion('task', [
  /** Turns on the IIS features that the service needs and that are off. */
  z.strictObject({ task: z.literal('enable-iis-features') }),
  /** Runs an installer of the ASP.NET Core Hosting Bundle, then restarts IIS. */
  z.strictObject({ task: z.literal('install-hosting-bundle'), file: path }),
  /** Proves what is installed, with the rights that its settings need. Changes nothing. */
  z.strictObject({ task: z.literal('check-installation'), installation: id }),
  /** Switches the service's stdout log on or off, and sets the log level. */
  z.strictObject({
    task: z.literal('set-logging'),
    installation: id,
    stdout: z.boolean(),
    level: z.optional(z.enum(['Trace', 'Debug', 'Information', 'Warning', 'Error', 'Critical', 'None'])),
  }),
])

export type Task = z.infer<typeof taskSchema>
