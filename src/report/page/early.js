// Before anything is drawn: there is a script, and this is the theme that was chosen last time.
document.documentElement.classList.add("js");
try {
  const theme = localStorage.getItem("wirecopy-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is refused: the theme is that of the system.
}
