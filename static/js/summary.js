// After a refused form, the focus goes to the error summary, so that a screen
// reader starts there.
{
  const summary = document.querySelector('[data-summary]');
  if (summary) summary.focus();
}
