// Show N more replies: takes the branch from the page the link leads to.
document.addEventListener('click', async (event) => {
  const link = event.target.closest('#comments a[data-more]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || link.pathname !== location.pathname) return;
  event.preventDefault();
  if (link.getAttribute('aria-busy')) return;
  link.setAttribute('aria-busy', 'true');
  try {
    const { page } = await site.read(link.href);
    const old = link.closest('.thread > li');
    const fresh = page.getElementById(link.hash.slice(1)).closest('li');
    const form = old.querySelector('form.compose');
    const first = site.adopt(old, fresh);
    old.replaceWith(fresh);
    if (form && !form.isConnected) site.place(form);
    site.focus(first || fresh);
  } catch {
    location.assign(link.href);
  }
});
