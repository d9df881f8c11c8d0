import { effect } from "../../vendor/signals-core/signals-core.js";
import { render } from "../../vendor/lit-html/lit-html.js";

/** Renders a view into the element of an id, in place of what it has without scripts, and again when a signal of it changes. */
export function mount(id, view) {
  const element = document.getElementById(id);
  element.replaceChildren();
  effect(() => render(view(), element));
}
