import type { CallName } from '../contract/calls.ts'

/**
 * Every call by name, without the schemas: the preload script carries this list and not the validator. The type
 * makes a call that is missing here, or is no call, a compile error.
 */
const known: Readonly<Record<CallName, true>> = {
  'host.look': true,
  'machine.look': true,
  'dialog.open': true,
  'clipboard.write': true,
  'service.look': true,
  'target.look': true,
  'creatio.look': true,
  'database.parse': true,
  'database.test': true,
  'client.generate': true,
  'client.check': true,
  'certificate.check': true,
  'certificate.options': true,
  'certificate.look': true,
  'certificate.current': true,
  'certificate.request': true,
  'certificate.forget-request': true,
  'replacement.look': true,
  'password.check': true,
  'password.generate': true,
  'container.check': true,
  'secret.put': true,
  'secret.reveal': true,
  'secret.copy': true,
  'ports.suggest': true,
  'website.look': true,
  'website.check': true,
  'bundle.look': true,
  'script.make': true,
  'script.save': true,
  'prerequisites.check': true,
  'plan.make': true,
  'answers.save': true,
  'answers.open': true,
  'run.start': true,
  'task.run': true,
  'run.look': true,
  'run.stop': true,
  'run.retry': true,
  'run.rollback': true,
  'proof.start': true,
  'handover.look': true,
  'report.save': true,
  'logs.list': true,
  'logs.save': true,
  'practice.start': true,
  'installation.check': true,
  'interrupted.resume': true,
  'interrupted.rollback': true,
  'interrupted.discard': true,
  'operation.cancel': true,
  'window.close': true,
}

export function isKnownCall(name: string): name is CallName {
  return Object.hasOwn(known, name)
}
