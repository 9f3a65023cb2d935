// Copy link: a link to the canonical address that, with scripts, goes to the
// clipboard instead. data-copy marks the link; its group holds a status line.
document.addEventListener('click', async (event) => {
  const link = event.target.closest('a[data-copy]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const said = link.closest('.share').querySelector('[role=status]');
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
