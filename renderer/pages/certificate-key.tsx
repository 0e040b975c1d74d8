import { Field, Select } from '@fluentui/react-components'
import type {
  CertificateOptionsView,
  SignatureHash,
  SigningKey,
} from '../../electron/contract/certificate.ts'
import { SelectField, useMessage } from '../components/fields.tsx'
import { messages } from '../messages/index.ts'
import { useCertificate } from '../store/certificate.ts'

const text = messages.certificate

const groups = {
  RSA: ['RSA-2048', 'RSA-3072', 'RSA-4096'],
  ECDSA: ['ECDSA-P256', 'ECDSA-P384', 'ECDSA-P521'],
} as const satisfies Record<string, readonly SigningKey[]>

/** Hashes that the certificate's own signature can have, the usual one first. With ECDSA the curve leaves no choice. */
const hashes: Readonly<Record<SigningKey, readonly [SignatureHash, ...SignatureHash[]]>> = {
  'RSA-2048': ['SHA-256', 'SHA-384', 'SHA-512'],
  'RSA-3072': ['SHA-256', 'SHA-384', 'SHA-512'],
  'RSA-4096': ['SHA-256', 'SHA-384', 'SHA-512'],
  'ECDSA-P256': ['SHA-256'],
  'ECDSA-P384': ['SHA-384'],
  'ECDSA-P521': ['SHA-512'],
}

/** How tokens are signed with a key (RFC 7518, 3.1): with RSA as the service does unless told otherwise. */
export const tokenAlgorithms: Readonly<Record<SigningKey, string>> = {
  'RSA-2048': 'RS256',
  'RSA-3072': 'RS256',
  'RSA-4096': 'RS256',
  'ECDSA-P256': 'ES256',
  'ECDSA-P384': 'ES384',
  'ECDSA-P521': 'ES512',
}

/** Why ECDSA cannot be chosen; once it is, that it may not work. */
function remarkOn({ offered, certain, why }: CertificateOptionsView['ecdsa'], chosen: boolean) {
  if (!offered) return why
  return chosen && !certain ? text.uncertain(why) : undefined
}

interface KeyFieldsProps {
  /** Before the ids of both fields: `certificate`, or `request` in the dialog. */
  readonly path: string
  readonly signingKey: SigningKey
  readonly hash: SignatureHash | ''
  readonly onChange: (change: { readonly key?: SigningKey; readonly hash: SignatureHash | '' }) => void
}

/** Kind and size of a key, and the hash that goes with it. */
export function KeyFields({ path, signingKey, hash, onChange }: KeyFieldsProps) {
  const ecdsa = useCertificate((state) => state.options?.ecdsa)
  const offered = ecdsa?.offered ?? true
  const curve = signingKey.startsWith('ECDSA')
  const remark = ecdsa === undefined ? undefined : remarkOn(ecdsa, curve)
  const message = useMessage(`${path}.key`, undefined, undefined)
  const possible = hashes[signingKey]
  const odd = hash !== '' && !possible.includes(hash)
  return (
    <div className="key-fields">
      <Field label={text.key} className="key-field" {...message}>
        <Select
          id={`${path}.key`}
          aria-describedby={remark === undefined ? undefined : `${path}.key-remark`}
          value={signingKey}
          // Another key, another usual hash: what was chosen for the former one is not carried over.
          onChange={(_, data) => onChange({ key: data.value as SigningKey, hash: '' })}
        >
          {(['RSA', 'ECDSA'] as const).map((group) => (
            <optgroup
              key={group}
              label={text.keyGroups[group]}
              disabled={group === 'ECDSA' && !offered && !curve}
            >
              {groups[group].map((key) => (
                <option key={key} value={key}>
                  {text.keys[key]}
                </option>
              ))}
            </optgroup>
          ))}
        </Select>
      </Field>
      {possible.length > 1 || odd ? (
        <SelectField
          path={`${path}.hash`}
          label={text.hash}
          className="hash-field"
          value={hash || possible[0]}
          options={[...possible, ...(odd ? [hash] : [])].map((each) => [each, each])}
          onValue={(value) => onChange({ hash: value === possible[0] ? '' : value })}
        />
      ) : (
        <div className="hash-field fixed">
          <span>{text.hash}</span>
          <span>{text.hashFixed(possible[0])}</span>
        </div>
      )}
      {remark !== undefined && (
        <p id={`${path}.key-remark`} className="secondary key-remark">
          {remark}
        </p>
      )}
    </div>
  )
}
