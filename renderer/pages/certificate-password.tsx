import { useEffect, useRef, useState } from 'react'
import { announce } from '../announce.ts'
import { Button } from '../components/button.tsx'
import { SecretField } from '../components/secret-field.tsx'
import { StrengthMeter } from '../components/strength-meter.tsx'
import { messages } from '../messages/index.ts'
import { useCertificate } from '../store/certificate.ts'
import { useFaults } from '../store/faults.ts'

const text = messages.certificate

/** Milliseconds of quiet after which a password that is being typed is judged. */
const pause = 250

interface PemPasswordProps {
  readonly onCopied: (clearsAfterSeconds: number) => void
}

/** The password of `openssl.key`: typed and judged, or generated. */
export function PemPassword({ onCopied }: PemPasswordProps) {
  const { pemPassword, strength, change, judge, generate } = useCertificate()
  const [generated, setGenerated] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const make = async () => {
    clearTimeout(timer.current)
    await generate()
    useFaults.getState().set('certificate.pem.password', undefined)
    const { length } = useCertificate.getState().pemPassword
    setGenerated(length !== undefined)
    if (length !== undefined) announce(text.generated(length))
  }
  return (
    <>
      <SecretField
        path="certificate.pem.password"
        label={text.pemPassword}
        hint={
          generated && pemPassword.length !== undefined
            ? text.generated(pemPassword.length)
            : strength === undefined
              ? text.pemPasswordHint
              : undefined
        }
        slot={pemPassword}
        onSlot={(slot) => change({ pemPassword: slot })}
        onTyping={(value) => {
          setGenerated(false)
          clearTimeout(timer.current)
          timer.current = setTimeout(() => void judge(value), pause)
        }}
        onTyped={(value) => {
          clearTimeout(timer.current)
          return judge(value)
        }}
        copyable
        onCopied={onCopied}
        after={
          <Button
            appearance="transparent"
            size="small"
            icon="ArrowSync20Regular"
            label={text.generate}
            onClick={() => void make()}
          />
        }
      />
      <StrengthMeter strength={strength} />
    </>
  )
}
