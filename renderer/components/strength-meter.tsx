import type { PasswordStrength } from '../../electron/contract/certificate.ts'
import { messages } from '../messages/index.ts'
import { Icon } from './icon.tsx'

const text = messages.certificate.strength

/** How good a password is: in a word, in a bar of four parts, and what is still wanted as a list. */
export function StrengthMeter({ strength }: { readonly strength: PasswordStrength | undefined }) {
  const word = strength === undefined ? '' : text.words[strength.score]
  return (
    <div className="strength" role="status">
      {strength && (
        <>
          <p className="strength-head">
            <b>{word}</b>
            <span className="strength-bar" aria-hidden="true">
              {[1, 2, 3, 4].map((part) => (
                <i key={part} className={part <= strength.score ? 'strength-on' : ''} />
              ))}
            </span>
          </p>
          <p className="secondary">{strength.summary}</p>
          {strength.acceptable ? (
            <p className="strength-line">
              <Icon name="CheckmarkCircle16Filled" className="mark-passed" />
              {text.enough}
            </p>
          ) : (
            strength.wanted.length > 0 && (
              <ul aria-label={text.wanted}>
                {strength.wanted.map((line) => (
                  <li key={line} className="strength-line">
                    <Icon name="DismissCircle16Filled" className="mark-failed" />
                    {line}
                  </li>
                ))}
              </ul>
            )
          )}
        </>
      )}
    </div>
  )
}
