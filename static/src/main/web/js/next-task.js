/** Lets the browser paint and handle input before the work goes on. */
export function nextTask() {
  return globalThis.scheduler?.yield?.() ?? new Promise((resume) => setTimeout(resume));
}
