interface CheckNowProps {
  readonly title: string
  readonly steps: readonly string[]
}

/** What only people can do: see that everything that signs in still does. */
export function CheckNow({ title, steps }: CheckNowProps) {
  return (
    <section className="card" aria-labelledby="check-now">
      <div className="card-h">
        <h2 id="check-now">{title}</h2>
      </div>
      <ol className="numbered">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </section>
  )
}
