import { useEffect } from 'react'
import { Page, Scroll } from '../components/page.tsx'
import { PathField } from '../components/path-field.tsx'
import { ProblemCard } from '../components/problem-card.tsx'
import { WizardFooter } from '../components/wizard-footer.tsx'
import { Working } from '../components/working.tsx'
import { messages } from '../messages/index.ts'
import { goNext } from '../navigate.ts'
import { needed } from '../rules.ts'
import type { Fault } from '../store/faults.ts'
import { useFiles } from '../store/files.ts'
import { useHosting } from '../store/hosting.ts'
import { FilesFound } from './files-found.tsx'

const text = messages.files

function check(): readonly Fault[] {
  const { source, target, serviceProblem, creatioProblem, creatioFolder, targetView } = useFiles.getState()
  const { practice } = useHosting.getState()
  return [
    ...(practice ? [] : needed('service.source', source, text.sourceName)),
    ...(serviceProblem ? [{ path: 'service.source', text: serviceProblem.what }] : []),
    ...needed('service.target', target, text.targetName),
    ...(targetView?.state === 'foreign'
      ? [{ path: 'service.target', text: targetView.problem?.what ?? text.targetForeign }]
      : []),
    ...(creatioFolder !== '' && creatioProblem
      ? [{ path: 'creatio.folder', text: creatioProblem.what }]
      : []),
  ]
}

/** Which files, into which folder, beside which Creatio. */
export default function Files() {
  const files = useFiles()
  const { lookAtSource, lookAtCreatio } = files
  useEffect(() => {
    // Opened answers bring paths that nobody has looked at yet.
    void lookAtSource()
    void lookAtCreatio()
  }, [lookAtSource, lookAtCreatio])
  const next = () => void goNext(check)
  return (
    <Page
      id="files"
      title={text.title}
      lead={text.lead}
      onEnter={next}
      footer={<WizardFooter onNext={next} />}
    >
      <Scroll label={text.regionLabel}>
        <div className="form">
          <PathField
            path="service.source"
            label={text.source}
            hint={text.sourceHint}
            value={files.source}
            kinds={['archive', 'folder']}
            required
            onText={files.setSource}
            onLeave={() => void files.lookAtSource()}
          />
          <PathField
            path="creatio.folder"
            label={text.creatio}
            hint={text.creatioHint}
            value={files.creatioFolder}
            kinds={['folder']}
            onText={files.setCreatioFolder}
            onLeave={() => void files.lookAtCreatio()}
          />
          <PathField
            path="service.target"
            label={text.target}
            hint={text.targetHint}
            value={files.target}
            kinds={['folder']}
            required
            onText={files.setTarget}
            onLeave={() => void files.lookAtTarget()}
          />
        </div>
        {files.lookingAtSource && <Working text={text.lookingService} />}
        {files.lookingAtCreatio && <Working text={text.lookingCreatio} />}
        {files.serviceProblem && <ProblemCard problem={files.serviceProblem} />}
        {files.creatioProblem && <ProblemCard problem={files.creatioProblem} />}
        {files.targetView?.problem && <ProblemCard problem={files.targetView.problem} />}
        <FilesFound />
      </Scroll>
    </Page>
  )
}
