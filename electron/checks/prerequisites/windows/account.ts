import { lookAtAccount } from '../../../windows/account.ts'
import { batchLogon } from '../../../windows/batch-logon.ts'
import { WELL_KNOWN } from '../../../windows/sids.ts'
import type { Check } from '../../check.ts'
import type { PrerequisiteSubject } from '../subject.ts'

export const accountCheck: Check<PrerequisiteSubject> = {
  id: 'iis.pool-account',
  title: 'Account of the application pool',
  why: 'A pool whose account cannot log on stops at the first request, and IIS answers 503.',

  async look({ machine, answers, website: facts }) {
    const { website } = answers
    if (!website) return { status: 'not-tried', summary: 'It is asked for on the Website page.' }
    const { identity } = website
    if (identity.account === 'ApplicationPoolIdentity')
      return { status: 'passed', summary: 'ApplicationPoolIdentity: Windows makes it with the pool.' }
    const password = facts?.poolPassword
    const account = await lookAtAccount(machine, { user: identity.user, ...(password ? { password } : {}) })
    if (!account)
      return {
        status: 'failed',
        summary: `Windows knows no account ${identity.user}.`,
        remedy: { text: 'Correct the name: DOMAIN\\user, .\\user or user@domain.' },
      }
    const evidence = [
      { label: 'Account', value: account.name },
      { label: 'SID', value: account.sid },
    ]
    if (account.passwordAccepted === false)
      return {
        status: 'failed',
        summary: `Windows does not accept this password for ${identity.user}.`,
        evidence,
        remedy: { text: 'Type the password again, or have it reset.' },
      }
    if (account.trouble !== undefined)
      return {
        status: 'failed',
        summary: `${identity.user} cannot sign in.`,
        evidence,
        cause: account.trouble,
        remedy: { text: 'Have the account put right, or choose another one.' },
      }
    // IIS puts every pool's account into IIS_IUSRS, which holds the right once IIS is installed.
    const sids = [account.sid, WELL_KNOWN.iisUsers]
    const scratch = facts?.scratch
    if (scratch !== undefined) await machine.files.makeFolder(scratch, { access: 'private' })
    const batch =
      scratch === undefined ? 'unknown' : await batchLogon(machine, { sids, name: account.name, scratch })
    if (batch === 'denied')
      return {
        status: 'failed',
        summary: `${identity.user} may not log on as a batch job.`,
        evidence,
        cause: 'Worker processes of IIS log on this way; a group policy may have taken the right away.',
        remedy: {
          text: 'Give the account, or IIS_IUSRS, the right “Log on as a batch job” (Local Security Policy, User Rights Assignment).',
        },
      }
    if (
      batch === 'unknown' ||
      (identity.account === 'SpecificUser' && account.passwordAccepted === undefined)
    )
      return {
        status: 'warning',
        summary: `${identity.user} exists; its password or its right to log on as a batch job could not be looked at.`,
        evidence,
        remedy: {
          text: 'Go on; if the pool stops with 503, look at the password and at “Log on as a batch job”.',
        },
      }
    return { status: 'passed', summary: `${identity.user} can log on as a batch job.`, evidence }
  },
}
