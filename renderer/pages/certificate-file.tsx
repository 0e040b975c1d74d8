import { useEffect } from 'react'
import { fieldOf, saidByField } from '../certificate-problems.ts'
import { CertificateLookPanel } from '../components/certificate-look.tsx'
import { Icon } from '../components/icon.tsx'
import { PathField } from '../components/path-field.tsx'
import { ProblemCard } from '../components/problem-card.tsx'
import { SecretField } from '../components/secret-field.tsx'
import { Working } from '../components/working.tsx'
import { messages } from '../messages/index.ts'
import { useCertificate } from '../store/certificate.ts'
import { currentDraft } from '../store/slices.ts'
import { CertificateRequests } from './certificate-requests.tsx'
import { useReplaces, useWritten } from './certificate-summary.tsx'

const text = messages.certificate

const lookAgain = () => void useCertificate.getState().lookAtFile(currentDraft())

/** A certificate that is there: its file, what is needed to open it, and what is in it. */
export function CertificateFile() {
  const state = useCertificate()
  const { file, privateKey, password, look, looking, lookProblem, options, change, setFile } = state
  // What it is compared with (other installations, the service's version) may have changed on another page.
  useEffect(lookAgain, [])
  const keyAsked =
    privateKey !== '' ||
    look?.problems.some((problem) => fieldOf(problem, state) === 'certificate.privateKey')
  const passwordAsked = state.passwordAsked || password.ref !== ''
  return (
    <>
      <div className="form">
        <Completing />
        <PathField
          path="certificate.file"
          label={text.source}
          hint={text.sourceHint}
          kinds={['certificate']}
          required
          value={file}
          onText={setFile}
          onLeave={lookAgain}
        />
        {keyAsked && (
          <PathField
            path="certificate.privateKey"
            label={text.privateKey}
            hint={
              privateKey === ''
                ? text.privateKeyHint(options?.requests.length ?? 0)
                : text.privateKeyGivenHint
            }
            kinds={['private-key']}
            value={privateKey}
            onText={(value) => change({ privateKey: value })}
            onLeave={lookAgain}
          />
        )}
        {passwordAsked && (
          <div className="narrow-form">
            <SecretField
              path="certificate.password"
              label={text.password}
              hint={password.ref === '' ? text.passwordNeeded : text.passwordHint}
              slot={password}
              onSlot={(slot) => {
                change({ password: slot })
                lookAgain()
              }}
            />
          </div>
        )}
      </div>
      <div className="look-place" aria-live="polite">
        {looking && look === undefined && <Working text={text.looking} />}
        {lookProblem && !saidByField(state, lookProblem) && <ProblemCard problem={lookProblem} />}
        <Found />
      </div>
      <CertificateRequests />
    </>
  )
}

/** The look at the file, without what its fields above ask for already. */
function Found() {
  const state = useCertificate()
  const written = useWritten()
  const replaces = useReplaces()
  const { look } = state
  if (look === undefined) return null
  const problems = look.problems.filter((problem) => !saidByField(state, problem))
  if (look.certificate === undefined && problems.length === 0) return null
  const target = replaces ? text.fileNames.replaced : text.fileNames.new
  return (
    <section className="card" aria-labelledby="found">
      <div className="card-h">
        <h2 id="found">{text.found}</h2>
      </div>
      <CertificateLookPanel
        columns
        look={{ ...look, problems }}
        rows={problems.length > 0 ? [] : [[text.rewritten, text.rewrittenValue(target)], ...written]}
      />
    </section>
  )
}

/** Says for which request the file is being chosen. */
function Completing() {
  const { completing, options } = useCertificate()
  const request = options?.requests.find(({ id }) => id === completing)
  if (request === undefined) return null
  return (
    <p className="calm" role="status">
      <Icon name="Info16Regular" className="brand" />
      <span>{text.request.completing(request.subject)}</span>
    </p>
  )
}
