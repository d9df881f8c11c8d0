import { failure } from "../state/conversion.js";
import { has, t } from "../state/language.js";

/** Why there is no result, in the reader's language where the page has words for it; the API's are English. */
export function failureText() {
  const { code, message } = failure.value;
  return has(`failure-${code}`) ? t(`failure-${code}`) : message;
}
