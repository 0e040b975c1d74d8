import * as z from 'zod/mini'
import type { SetupAnswers, Answers } from './answers.ts'
import type {
  CertificateLook,
  CertificateOptionsView,
  PasswordStrength,
  PendingRequestView,
} from './certificate.ts'
import { signatureHashes, signingKeys } from './certificate.ts'
import type { ClientChangeView, ScopeView } from './client.ts'
import type { CheckReport, DatabaseLayer } from './check.ts'
import type { ConnectionView, DatabaseContentsView, GrantScriptView } from './database.ts'
import { providers } from './database.ts'
import type { PlanView } from './plan.ts'
import type { Problem } from './problem.ts'
import type { RunEvent, RunView } from './run.ts'
import { taskSchema } from './tasks.ts'
import type {
  BundleView,
  CertificateView,
  CreatioView,
  FieldNote,
  HandOverView,
  HostView,
  MachineView,
  ReplacementView,
  SavedView,
  ServiceView,
  TargetView,
  WebsiteNotes,
  WebsiteView,
} from './views.ts'

const nothing = z.strictObject({})
const path = z.string().check(z.minLength(1), z.maxLength(32_767))
const value = z.string().check(z.maxLength(65_536))
const id = z.string().check(z.minLength(1), z.maxLength(200))
/** Made up by the page, so that it can cancel what it started and tell its events from others'. */
const operation = id
/** Answers as far as they are typed; checked in full by `plan.make`, which says what is missing. */
const draft = z.record(z.string(), z.unknown())

/** Every call a page can make: what goes in, checked at the door. What comes out stands in {@link Outputs}. */
export const inputs = {
  'host.look': nothing,
  'machine.look': nothing,
  'dialog.open': z.strictObject({
    kind: z.enum(['archive', 'folder', 'certificate', 'private-key', 'answers', 'program']),
  }),
  'clipboard.write': z.strictObject({ text: value }),
  'service.look': z.strictObject({ source: path }),
  'target.look': z.strictObject({ source: path, target: path }),
  'creatio.look': z.strictObject({ folder: path }),
  /** Takes a typed connection string apart. `[hidden]` in it stands for the secret of that keyword in `basedOn`. */
  'database.parse': z.strictObject({
    connectionString: value,
    provider: z.optional(z.enum(providers)),
    basedOn: z.optional(id),
    /** Of the service's source, whose drivers are asked for. */
    draft: z.optional(draft),
  }),
  /** The connection string that the draft's database makes, from fields or an entry. */
  'database.print': z.strictObject({ draft }),
  'database.test': z.strictObject({ operation, draft }),
  /** What of the service is there already; compares with the draft's client. */
  'database.look': z.strictObject({ operation, draft }),
  'database.grants': z.strictObject({ draft }),
  'database.save-grants': z.strictObject({ draft }),
  /** `keep`: an earlier client of the target folder goes before new values. */
  'client.generate': z.strictObject({
    which: z.enum(['both', 'id', 'secret']),
    keep: z.optional(z.boolean()),
  }),
  'client.check': z.strictObject({ id: value, name: value, secret: z.optional(value) }),
  /** The scopes that the draft's client is going to have. */
  'client.scopes': z.strictObject({ draft }),
  /** The service whose client is to be changed, and its clients. */
  'client.look': z.strictObject({ operation, draft }),
  /** `days` is left out while it is no number of days. */
  'certificate.check': z.strictObject({ subject: value, days: z.optional(z.number()) }),
  /** `draft`: of the scenario whose page asks; its target tells which service has to take the certificate. */
  'certificate.options': z.strictObject({ draft }),
  /** Looks at a file; `password` is a reference. Without `draft` nothing is compared with an installation. */
  'certificate.look': z.strictObject({
    file: path,
    privateKey: z.optional(path),
    password: z.optional(id),
    draft: z.optional(draft),
  }),
  /** The certificate that an installation has now, from its file or, where that may not be read, from the running service. */
  'certificate.current': z.strictObject({ installation: id }),
  /** Makes a key and a request (PKCS#10) for an authority; says how far it is from 300 ms on, can be cancelled. */
  'certificate.request': z.strictObject({
    operation,
    key: z.enum(signingKeys),
    hash: z.optional(z.enum(signatureHashes)),
    subject: value,
    folder: path,
  }),
  'certificate.forget-request': z.strictObject({ id }),
  'replacement.look': z.strictObject({ draft }),
  'password.check': z.strictObject({ value }),
  'password.generate': z.strictObject({ name: id }),
  'container.check': z.strictObject({ draft }),
  'secret.put': z.strictObject({ name: id, value }),
  'secret.reveal': z.strictObject({ ref: id }),
  'secret.copy': z.strictObject({ ref: id }),
  'ports.suggest': nothing,
  'website.look': z.strictObject({ draft }),
  'website.check': z.strictObject({ draft }),
  'bundle.look': z.strictObject({ file: path, draft }),
  'script.make': nothing,
  'script.save': nothing,
  'prerequisites.check': z.strictObject({ operation, draft }),
  'plan.make': z.strictObject({ draft }),
  'answers.save': z.strictObject({ draft }),
  'answers.open': z.strictObject({ path: z.optional(path), content: z.optional(value) }),
  'run.start': z.strictObject({ plan: id }),
  /** A small setup of its own; see `tasks.ts`. Its events carry its own run id. */
  'task.run': z.strictObject({ operation, task: taskSchema, practice: z.boolean() }),
  'run.look': nothing,
  'run.stop': nothing,
  'run.retry': nothing,
  'run.rollback': nothing,
  'proof.start': z.strictObject({ operation }),
  'handover.look': nothing,
  'report.save': z.strictObject({ format: z.enum(['html', 'json', 'pdf']) }),
  'logs.list': nothing,
  'logs.save': nothing,
  'practice.start': z.strictObject({ operation }),
  'installation.check': z.strictObject({ operation, installation: id }),
  'interrupted.resume': z.strictObject({ id }),
  'interrupted.rollback': z.strictObject({ id }),
  'interrupted.discard': z.strictObject({ id }),
  'operation.cancel': z.strictObject({ operation }),
  'window.close': nothing,
} as const

export type CallName = keyof typeof inputs
export type Input<K extends CallName> = z.infer<(typeof inputs)[K]>

export interface Outputs {
  'host.look': HostView
  'machine.look': MachineView
  /** The chosen path; null when the dialog was closed. */
  'dialog.open': string | null
  'clipboard.write': null
  'service.look': ServiceView
  'target.look': TargetView
  'creatio.look': CreatioView
  'database.parse': ConnectionView
  'database.print': ConnectionView
  'database.test': readonly DatabaseLayer[]
  'database.look': DatabaseContentsView
  'database.grants': GrantScriptView
  'database.save-grants': SavedView
  /** What was asked for. `secret` is a reference; reveal and copy are calls of their own. */
  'client.generate': { readonly id?: string; readonly secret?: string }
  'client.check': readonly FieldNote[]
  'client.scopes': readonly ScopeView[]
  'client.look': ClientChangeView
  'certificate.check': CertificateView
  'certificate.options': CertificateOptionsView
  'certificate.look': CertificateLook
  'certificate.current': CertificateLook
  'certificate.request': PendingRequestView
  'certificate.forget-request': null
  'replacement.look': ReplacementView
  'password.check': PasswordStrength
  /** `secret` is a reference; reveal and copy are calls of their own. */
  'password.generate': {
    readonly secret: string
    readonly length: number
    readonly strength: PasswordStrength
  }
  'container.check': readonly FieldNote[]
  'secret.put': { readonly ref: string; readonly length: number }
  'secret.reveal': { readonly value: string }
  /** Seconds after which the clipboard is cleared; 0 when this door has no clipboard of its own. */
  'secret.copy': { readonly clearsAfterSeconds: number }
  'ports.suggest': { readonly http: number; readonly https: number }
  'website.look': WebsiteView
  'website.check': WebsiteNotes
  'bundle.look': BundleView
  /** The plan of the review page as a script that prompts for secrets. */
  'script.make': { readonly name: string; readonly text: string }
  'script.save': SavedView
  'prerequisites.check': readonly CheckReport[]
  'plan.make': { readonly plan: PlanView } | { readonly problems: readonly Problem[] }
  'answers.save': SavedView
  /** Null when the dialog was closed. */
  'answers.open': SetupAnswers | null
  'run.start': RunView
  'task.run': RunView
  'run.look': RunView | null
  'run.stop': RunView
  'run.retry': RunView
  'run.rollback': RunView
  'proof.start': readonly CheckReport[]
  'handover.look': HandOverView
  'report.save': SavedView
  /** Names and sizes of what a log bundle would hold, shown before it is saved. */
  'logs.list': readonly { readonly name: string; readonly bytes: number }[]
  'logs.save': SavedView
  'practice.start': Answers
  'installation.check': readonly CheckReport[]
  /** The answers to go on with; the run is started from the review page. */
  'interrupted.resume': SetupAnswers
  'interrupted.rollback': RunView
  'interrupted.discard': null
  'operation.cancel': null
  'window.close': null
}

/** What comes to the page unasked. */
export type PageEvent =
  | { readonly topic: 'run'; readonly event: RunEvent }
  | { readonly topic: 'database-layer'; readonly operation: string; readonly layer: DatabaseLayer }
  | { readonly topic: 'check'; readonly operation: string; readonly check: CheckReport }
  | { readonly topic: 'working'; readonly operation: string; readonly text: string }

/** A call's answer as it crosses the border: a failure is data, never an exception. */
export type Reply<K extends CallName> =
  { readonly ok: true; readonly value: Outputs[K] } | { readonly ok: false; readonly problem: Problem }

/** The page's only way to the back end: given by the preload (desktop) or made over HTTP (browser). */
export interface Bridge {
  call<K extends CallName>(name: K, input: Input<K>): Promise<Reply<K>>
  /** Returns the function that ends the subscription. */
  onEvent(listener: (event: PageEvent) => void): () => void
}
