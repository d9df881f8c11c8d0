// Runs before the first paint, so that the page does not flash in another theme or direction. A classic script, since
// modules run later.
try {
  const { dataset } = document.documentElement;
  dataset.theme = JSON.parse(localStorage.getItem("ratemesh.theme")) ?? "auto";
  const language = JSON.parse(localStorage.getItem("ratemesh.language")) ?? navigator.language.split("-")[0];
  document.documentElement.dir = language === "ar" ? "rtl" : "ltr";
} catch {
  // The defaults stay.
}
