import { useEffect } from 'react'
import { CheckField, SelectField } from '../components/fields.tsx'
import { Page, Scroll } from '../components/page.tsx'
import { WizardFooter } from '../components/wizard-footer.tsx'
import { Icon } from '../components/icon.tsx'
import { messages } from '../messages/index.ts'
import { goNext } from '../navigate.ts'
import { chosenCandidate } from '../store/candidate.ts'
import { useFaults, type Fault } from '../store/faults.ts'
import { useFiles } from '../store/files.ts'
import { useHosting } from '../store/hosting.ts'
import { testPassed, useDatabase } from '../store/database.ts'
import type { DatabaseWay } from '../store/database-data.ts'
import { currentDraft } from '../store/slices.ts'
import { valueFaults } from './database-faults.ts'
import { DatabaseContents, standsOut, toneOf } from './database-contents.tsx'
import { DatabaseForm } from './database-form.tsx'
import { DatabaseMade } from './database-made.tsx'
import { DatabaseTest } from './database-test.tsx'

const text = messages.database
const anywayPath = 'database.anyway'

/** Tests a connection that nobody tested yet; one that failed is tested again only when that is asked for. */
async function check(): Promise<readonly Fault[]> {
  const faults = valueFaults()
  if (faults.length > 0) return faults
  const { test, anyway, runTest } = useDatabase.getState()
  if (anyway) return []
  if (test === undefined) await runTest(currentDraft())
  return testPassed(useDatabase.getState().test) ? [] : [{ path: anywayPath, text: text.testFault }]
}

/** The database: read from Creatio, given as a string or in fields, or yet to be made; tested layer by layer. */
export default function Database() {
  const { way, entry, placeholders, change, makeOwn, test, anyway, setAnyway } = useDatabase()
  const creatio = useFiles((state) => state.creatio)
  const practice = useHosting((state) => state.practice)
  const asked = useFaults((state) => state.texts[anywayPath] !== undefined)

  useEffect(() => {
    // Ask nothing that can be read: an untouched page takes what Creatio's configuration says.
    const { server, user, way: now } = useDatabase.getState()
    if (now === 'fields' && server === '' && user === '' && (creatio?.candidates.length ?? 0) > 0)
      change({ way: 'creatio' })
  }, [creatio, change])
  const untested = test === undefined
  useEffect(() => {
    // What was read elsewhere can be tested unasked. Typed values are tested when the installer has typed them all.
    const { test: ran, runTest } = useDatabase.getState()
    const read = way === 'creatio' || way === 'practice'
    if (read && ran === undefined && valueFaults().length === 0) void runTest(currentDraft())
  }, [creatio, way, entry, placeholders, untested])

  const ways: DatabaseWay[] = [
    ...(practice ? (['practice'] as const) : []),
    'creatio',
    'connection-string',
    'fields',
    'new',
  ]
  const beside = chosenCandidate(creatio, entry)?.connection
  const next = () => void goNext(check)
  const failed = test !== undefined && !test.running && !testPassed(test)
  return (
    <Page
      id="database"
      title={text.title}
      lead={way === 'new' ? text.leadNew : text.lead}
      onEnter={next}
      footer={<WizardFooter onNext={next} note={<Note failed={failed} />} />}
    >
      <Scroll label={text.regionLabel}>
        <div className="two database">
          <div className="form">
            <SelectField
              path="database.from"
              label={text.way}
              value={way}
              options={ways.map((option) => [option, text.ways[option]] as const)}
              onValue={(value) => (value === 'new' ? makeOwn(beside) : change({ way: value }))}
            />
            <DatabaseForm />
          </div>
          <div className="stack">
            {way === 'new' && <DatabaseMade />}
            <DatabaseTest />
            {(asked || anyway) && !testPassed(test) && (
              <CheckField path={anywayPath} label={text.anyway} checked={anyway} onChecked={setAnyway} />
            )}
            <DatabaseContents />
          </div>
        </div>
      </Scroll>
    </Page>
  )
}

function Note({ failed }: { readonly failed: boolean }) {
  const summary = useDatabase(
    ({ test }) => test?.layers.find((layer) => layer.state === 'failed')?.summary ?? test?.problem?.what,
  )
  const found = useDatabase(({ contents }) => contents?.view)
  if (failed && summary !== undefined) return <Said tone="failed" text={summary} />
  if (found !== undefined && standsOut(found.verdict)) {
    const tone = toneOf(found.verdict)
    return <Said tone={tone === 'failed' ? 'failed' : 'warning'} text={found.summary} />
  }
  return text.note
}

interface SaidProps {
  readonly tone: 'failed' | 'warning'
  readonly text: string
}

const Said = ({ tone, text: said }: SaidProps) => (
  <span className={tone === 'failed' ? 'error-text' : 'row'}>
    <Icon
      name={tone === 'failed' ? 'DismissCircle16Filled' : 'Warning16Filled'}
      className={`mark-${tone}`}
      label={messages.common.marks[tone]}
    />
    {said}
  </span>
)
