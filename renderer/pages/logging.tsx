import { Switch } from '@fluentui/react-components'
import type { Answers } from '../../electron/contract/answers.ts'
import { SelectField, TextField } from '../components/fields.tsx'
import { Page, Scroll } from '../components/page.tsx'
import { WizardFooter } from '../components/wizard-footer.tsx'
import { messages } from '../messages/index.ts'
import { goNext } from '../navigate.ts'
import { useHosting } from '../store/hosting.ts'
import { useLogging } from '../store/logging.ts'
import { LoggingStdout } from './logging-stdout.tsx'

const text = messages.logging

const levels = Object.entries(text.levels) as [Answers['logging']['level'], string][]

/** Log level and stdout log. */
export default function Logging() {
  const { level, stdout, stdoutLogFile, change } = useLogging()
  const iis = useHosting((state) => state.hosting === 'iis')
  const next = () => void goNext(() => [])
  return (
    <Page
      id="logging"
      title={text.title}
      lead={text.lead}
      onEnter={next}
      footer={<WizardFooter onNext={next} />}
    >
      <Scroll label={text.regionLabel}>
        <div className="two">
          <div className="form">
            <SelectField
              path="logging.level"
              label={text.level}
              hint={text.levelHint}
              value={level}
              options={levels}
              onValue={(value) => change({ level: value })}
            />
            <Switch
              id="logging.stdout"
              label={text.stdout}
              checked={stdout}
              aria-describedby="stdout-hint"
              onChange={(_, data) => change({ stdout: data.checked })}
            />
            <p className="secondary" id="stdout-hint">
              {text.stdoutHint}
            </p>
            {iis && (
              <TextField
                path="logging.stdoutLogFile"
                label={text.file}
                hint={text.fileHint}
                value={stdoutLogFile}
                onText={(value) => change({ stdoutLogFile: value })}
                mono
              />
            )}
          </div>
          <div className="stack">
            <section className="card" aria-labelledby="meaning" aria-live="polite">
              <div className="card-h">
                <h2 id="meaning">{text.meaning}</h2>
              </div>
              <p>{text.meanings[level]}</p>
            </section>
            <LoggingStdout stdout={stdout} file={stdoutLogFile} />
          </div>
        </div>
      </Scroll>
    </Page>
  )
}
