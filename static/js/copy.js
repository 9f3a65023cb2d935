// Copy link: a link that, with scripts, goes to the clipboard instead: of an
// article its own address, of a comment its permanent one. data-copy marks it;
// a status line beside it says so.
document.addEventListener('click', async (event) => {
  const link = event.target.closest('a[data-copy]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const bar = link.closest('.share');
  const said = bar ? bar.querySelector('[role=status]') : site.said(link.parentNode);
  try {
    await navigator.clipboard.writeText(link.href);
    said.textContent = 'Link copied';
    setTimeout(() => { if (said.textContent === 'Link copied') said.textContent = ''; }, 5000);
  } catch {
    // No clipboard, or it refused: show the address, selected, to copy by hand.
    said.textContent = link.href;
    const range = document.createRange();
    range.selectNodeContents(said);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }
});
