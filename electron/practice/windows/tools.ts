import type { SimulatedTool } from './tool.ts'

/** Programs by file name without `.exe`, lower case. */
const TOOLS: Readonly<Record<string, SimulatedTool>> = {}

/** The program that a path names, or undefined when there is none of that name. */
export function toolNamed(name: string): SimulatedTool | undefined {
  return TOOLS[name]
}
