import { effect } from "../../vendor/signals-core/signals-core.js";
import { stored } from "./stored.js";

export const THEMES = ["auto", "light", "dark"];

export const theme = stored("theme", "auto", (value) => THEMES.includes(value));

export function startTheme() {
  effect(() => {
    document.documentElement.dataset.theme = theme.value;
  });
}
