/** The site. */
export default function Website() {
  return null
}
