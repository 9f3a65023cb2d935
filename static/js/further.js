// Show comments: opens the further article's comments in place, with one
// request. Without scripts the same button asks for the page with them open.
{
  const form = document.querySelector('form[data-further]');
  const button = form && form.querySelector('button');
  const thread = form && document.getElementById('further-thread');

  const open = async () => {
    if (!thread.firstElementChild) {
      const query = new URLSearchParams(new FormData(form));
      query.set('further', 'open');
      button.setAttribute('aria-busy', 'true');
      try {
        const { page } = await site.read(location.pathname + '?' + query);
        thread.replaceChildren(...page.getElementById('further-thread').childNodes);
      } finally {
        button.removeAttribute('aria-busy');
      }
    }
    thread.hidden = false;
    button.setAttribute('aria-expanded', 'true');
  };

  if (form) {
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      if (button.getAttribute('aria-expanded') === 'true') {
        thread.hidden = true;
        button.setAttribute('aria-expanded', 'false');
        return;
      }
      try { await open(); } catch { form.submit(); }
    });
    // An address that points at a comment in there opens it.
    const find = async () => {
      const id = location.hash.slice(1);
      if (!/^comment-\d+$/.test(id) || document.getElementById(id)) return;
      try { await open(); } catch { return; }
      const target = document.getElementById(id);
      if (target) target.scrollIntoView(); else { thread.hidden = true; button.setAttribute('aria-expanded', 'false'); }
    };
    addEventListener('hashchange', find);
    find();
  }
}
